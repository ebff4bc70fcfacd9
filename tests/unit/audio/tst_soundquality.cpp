#include "audio/formatter.h"

#include "audio/pcm.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QTemporaryDir>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::audio;
using namespace earmark::test;

namespace {

double decibels(double ratio)
{
    return 20 * std::log10(std::max(ratio, 1e-9));
}

std::vector<std::int16_t> interleaved(const std::vector<std::vector<std::int16_t>> &channels)
{
    std::vector<std::int16_t> result;
    for (std::size_t i = 0; i < channels.front().size(); ++i) {
        for (const auto &channel : channels)
            result.push_back(channel[i]);
    }
    return result;
}

} // namespace

/// What the way to another rate and fewer channels does to the sound. The sources are PCM in Matroska, so
/// that no codec takes part.
class TestSoundQuality : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tones_data();
    void tones();
    void mixIsTheMean();
    void stereoStaysApart();
    void monoBecomesStereo();
    void surroundIsMixedWithoutClipping();
    void untouchedSoundIsBitExact();
    void isTheSameEachTime();
    void edgesAreWhole();

private:
    QString path(const QString &name) const { return m_dir->filePath(name); }
    /// The middle of the clip, away from a resampler's edges.
    Pcm format(const std::vector<std::int16_t> &samples, int rate, int channels, int toRate,
               int toChannels = 1, qint64 startMs = 500, qint64 endMs = 2500)
    {
        if (!writePlainWav(path(u"in.wav"_s), samples, rate, channels))
            return {};
        if (!ffmpeg(
                 {u"-i"_s, path(u"in.wav"_s), u"-c"_s, u"copy"_s, u"-f"_s, u"matroska"_s, path(u"in.mka"_s)})
                 .isEmpty())
            return {};
        const auto clip =
            formatClip({path(u"in.mka"_s), path(u"out.wav"_s), startMs, endMs, toRate, toChannels});
        if (!clip) {
            qWarning("%s", qPrintable(clip.error().text));
            return {};
        }
        return readWav(path(u"out.wav"_s)).value_or(Pcm{});
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestSoundQuality::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestSoundQuality::tones_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("to");
    QTest::addColumn<double>("hertz");
    QTest::addColumn<bool>("survives");
    QTest::newRow("1 kHz, 48 to 44.1 kHz") << 48000 << 2 << 44100 << 1000.0 << true;
    QTest::newRow("20 kHz, 48 to 44.1 kHz") << 48000 << 2 << 44100 << 19500.0 << true;
    QTest::newRow("above Nyquist, 48 to 44.1 kHz") << 48000 << 2 << 44100 << 23000.0 << false;
    QTest::newRow("1 kHz, 48 to 16 kHz") << 48000 << 1 << 16000 << 1000.0 << true;
    QTest::newRow("above Nyquist, 48 to 16 kHz") << 48000 << 1 << 16000 << 9000.0 << false;
    QTest::newRow("1 kHz, 8 to 44.1 kHz") << 8000 << 1 << 44100 << 1000.0 << true;
    QTest::newRow("1 kHz, 96 to 44.1 kHz") << 96000 << 2 << 44100 << 1000.0 << true;
    QTest::newRow("above Nyquist, 96 to 44.1 kHz") << 96000 << 2 << 44100 << 30000.0 << false;
    QTest::newRow("1 kHz, 11.025 to 8 kHz") << 11025 << 1 << 8000 << 1000.0 << true;
}

void TestSoundQuality::tones()
{
    QFETCH(const int, from);
    QFETCH(const int, channels);
    QFETCH(const int, to);
    QFETCH(const double, hertz);
    QFETCH(const bool, survives);
    const auto one = tone(static_cast<std::size_t>(from) * 3, from, hertz, 0.5);
    const Pcm pcm =
        format(interleaved(std::vector(static_cast<std::size_t>(channels), one)), from, channels, to);
    QCOMPARE(pcm.frames(), qint64(to) * 2);
    double energy = 0;
    for (const std::int16_t sample : pcm.samples)
        energy += double(sample) * sample;
    const double rms = std::sqrt(energy / static_cast<double>(pcm.samples.size())) / 32768;
    if (!survives) {
        // Nothing but the dither, not even folded back to another frequency.
        QVERIFY2(decibels(rms) < -90, QByteArray::number(decibels(rms)).constData());
        return;
    }
    const double level = decibels(toneLevel(pcm.samples, to, hertz) / 0.5);
    QVERIFY2(std::abs(level) < 0.1, QByteArray::number(level).constData());
    // All of the energy is in the tone: no other frequency, no wobble.
    QVERIFY(std::abs(decibels(rms * std::sqrt(2.0) / toneLevel(pcm.samples, to, hertz))) < 0.01);
}

void TestSoundQuality::mixIsTheMean()
{
    const auto left = tone(44100 * 3, 44100, 400, 0.8);
    const auto right = tone(44100 * 3, 44100, 900, 0.4);
    const Pcm pcm = format(interleaved({left, right}), 44100, 2, 44100);
    QCOMPARE(pcm.frames(), 88200);
    for (std::size_t i = 0; i < pcm.samples.size(); ++i) {
        const double mean = (left[i + 22050] + right[i + 22050]) / 2.0;
        QVERIFY2(std::abs(pcm.samples[i] - mean) <= 2, QByteArray::number(pcm.samples[i] - mean).constData());
    }
}

void TestSoundQuality::stereoStaysApart()
{
    const Pcm pcm = format(interleaved({tone(48000 * 3, 48000, 400, 0.8), tone(48000 * 3, 48000, 900, 0.4)}),
                           48000, 2, 44100, 2);
    QCOMPARE(pcm.frames(), 88200);
    std::vector<std::int16_t> left;
    std::vector<std::int16_t> right;
    for (std::size_t i = 0; i < pcm.samples.size(); i += 2) {
        left.push_back(pcm.samples[i]);
        right.push_back(pcm.samples[i + 1]);
    }
    QVERIFY(std::abs(toneLevel(left, 44100, 400) - 0.8) < 0.01);
    QVERIFY(std::abs(toneLevel(right, 44100, 900) - 0.4) < 0.01);
    QVERIFY(decibels(toneLevel(left, 44100, 900)) < -90);
    QVERIFY(decibels(toneLevel(right, 44100, 400)) < -90);
}

void TestSoundQuality::monoBecomesStereo()
{
    const Pcm pcm = format(tone(44100 * 3, 44100, 400, 0.5), 44100, 1, 44100, 2);
    QCOMPARE(pcm.frames(), 88200);
    for (std::size_t i = 0; i < pcm.samples.size(); i += 2)
        QVERIFY(std::abs(pcm.samples[i] - pcm.samples[i + 1]) <= 2);
}

void TestSoundQuality::surroundIsMixedWithoutClipping()
{
    const auto loud = tone(48000 * 3, 48000, 500, 1.0);
    const Pcm pcm = format(interleaved(std::vector(6, loud)), 48000, 6, 44100);
    QCOMPARE(pcm.frames(), 88200);
    const double level = toneLevel(pcm.samples, 44100, 500);
    QVERIFY2(level > 0.8 && level <= 1.001, QByteArray::number(level).constData());
    QVERIFY(decibels(toneLevel(pcm.samples, 44100, 1500)) < -80); // clipping would show at odd multiples
}

void TestSoundQuality::untouchedSoundIsBitExact()
{
    const auto samples = noise(44100 * 3, 1.0, 9);
    const Pcm pcm = format(samples, 44100, 1, 44100);
    // The millisecond's rounding is averaged, not undone to the last sample.
    bool found = false;
    for (int shift = -8; shift <= 8 && !found; ++shift)
        found = std::equal(pcm.samples.begin(), pcm.samples.end(), samples.begin() + 22050 + shift);
    QVERIFY(found);
}

void TestSoundQuality::isTheSameEachTime()
{
    const auto samples = noise(48000 * 2 * 3, 0.5, 10);
    const Pcm first = format(samples, 48000, 2, 44100);
    QVERIFY(!first.samples.empty());
    QCOMPARE(format(samples, 48000, 2, 44100).samples, first.samples);
}

void TestSoundQuality::edgesAreWhole()
{
    // From the file's first sample to its last: nothing is lost in the resampler.
    const auto samples = tone(48000 * 3, 48000, 441, 0.5);
    const Pcm pcm = format(samples, 48000, 1, 44100, 1, 0, 3000);
    QCOMPARE(pcm.frames(), 3 * 44100);
    const Samples all(pcm.samples);
    QVERIFY(std::abs(toneLevel(all.first(4410), 44100, 441) - 0.5) < 0.02);
    QVERIFY(std::abs(toneLevel(all.last(4410), 44100, 441) - 0.5) < 0.02);
}

QTEST_GUILESS_MAIN(TestSoundQuality)
#include "tst_soundquality.moc"
