#include "demo/synth.h"

#include "support/testmain.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace earmark;
using demo::Synth;

namespace {

std::vector<std::int16_t> rendered(const char *ytid, qint64 first, qint64 count)
{
    std::vector<std::int16_t> samples(static_cast<std::size_t>(count), -1);
    Synth(*YtId::parse(ytid)).render(first, samples);
    return samples;
}

double correlation(const std::vector<std::int16_t> &a, const std::vector<std::int16_t> &b)
{
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += double(a[i]) * b[i];
        aa += double(a[i]) * a[i];
        bb += double(b[i]) * b[i];
    }
    return ab / std::sqrt(aa * bb);
}

/// What a change of a sample's value leaves: in it the noise stands out against the note.
std::vector<std::int16_t> differences(std::vector<std::int16_t> samples)
{
    for (int round = 0; round < 2; ++round)
        for (std::size_t i = samples.size() - 1; i > 0; --i)
            samples[i] = static_cast<std::int16_t>(samples[i] - samples[i - 1]);
    samples.erase(samples.begin(), samples.begin() + 2);
    return samples;
}

constexpr qint64 Second = Synth::SampleRate;

} // namespace

class TestSynth final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyStretchIsTheSame_data();
    void anyStretchIsTheSame();
    void isSilentOutside();
    void isOfPleasantLoudness();
    void idsAndSecondsDiffer();
    void aShiftByOneSampleShows();
};

void TestSynth::anyStretchIsTheSame_data()
{
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("count");
    QTest::newRow("one sample") << 12'345LL << 1LL;
    QTest::newRow("across a second") << Second - 7 << 20LL;
    QTest::newRow("whole seconds") << 2 * Second << Second;
    QTest::newRow("several seconds") << Second / 2 << 2 * Second + 1;
    QTest::newRow("nothing") << 5LL << 0LL;
}

void TestSynth::anyStretchIsTheSame()
{
    QFETCH(qint64, first);
    QFETCH(qint64, count);
    const auto whole = rendered("-0RWZT-miFs", 0, 4 * Second);
    QCOMPARE(rendered("-0RWZT-miFs", first, count),
             std::vector<std::int16_t>(whole.begin() + first, whole.begin() + first + count));
}

void TestSynth::isSilentOutside()
{
    const auto before = rendered("-0RWZT-miFs", -10, 20);
    QVERIFY(std::all_of(before.begin(), before.begin() + 10, [](auto sample) { return sample == 0; }));
    QCOMPARE(std::vector(before.begin() + 10, before.end()), rendered("-0RWZT-miFs", 0, 10));
    const auto after = rendered("-0RWZT-miFs", Synth::Frames - 10, 20);
    QVERIFY(std::any_of(after.begin(), after.begin() + 10, [](auto sample) { return sample != 0; }));
    QVERIFY(std::all_of(after.begin() + 10, after.end(), [](auto sample) { return sample == 0; }));
    QCOMPARE(rendered("-0RWZT-miFs", -100, 20), std::vector<std::int16_t>(20, 0));
}

void TestSynth::isOfPleasantLoudness()
{
    const auto samples = rendered("--PJHxphWEs", 0, 60 * Second);
    const auto [low, high] = std::ranges::minmax(samples);
    QVERIFY2(std::max<int>(-low, high) <= 16'384, "louder than -6 dBFS");
    QVERIFY2(std::max<int>(-low, high) >= 13'000, "much quieter than -6 dBFS");
    double power = 0;
    for (std::size_t i = 0; i < 60; ++i) { // the last 2 ms of a second: the note has gone, the noise is left
        for (std::size_t n = 1; n <= 88; ++n)
            power += std::pow(samples[(i + 1) * Second - n] / 32768.0, 2) / (60 * 88);
    }
    const double noise = 10 * std::log10(power);
    QVERIFY2(noise > -38 && noise < -34, qPrintable(QString::number(noise)));
}

void TestSynth::idsAndSecondsDiffer()
{
    const auto clip = rendered("--PJHxphWEs", 30 * Second, 10 * Second);
    QCOMPARE(correlation(clip, clip), 1.0);
    for (const char *other : {"--PJHxphWEt", "-0RWZT-miFs", "aaaaaaaaaaa", "aaaaaaaaaab", "___________"}) {
        const double found = correlation(clip, rendered(other, 30 * Second, 10 * Second));
        QVERIFY2(std::abs(found) < 0.3, qPrintable(QString::number(found)));
    }
    for (qint64 second = 0; second <= 60; ++second) {
        const double found = correlation(clip, rendered("--PJHxphWEs", second * Second, 10 * Second));
        QVERIFY2(second == 30 || std::abs(found) < 0.3, qPrintable(QString::number(found)));
    }
}

void TestSynth::aShiftByOneSampleShows()
{
    const auto clip = differences(rendered("--PJHxphWEs", 30 * Second, 2 * Second));
    for (const qint64 shift : {-1, 1}) {
        const double found =
            correlation(clip, differences(rendered("--PJHxphWEs", 30 * Second + shift, 2 * Second)));
        QVERIFY2(found < 0.5, qPrintable(QString::number(found)));
    }
}

QTEST_GUILESS_MAIN(TestSynth)
#include "tst_synth.moc"
