#include "audio/formatter.h"

#include "audio/measure.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <ctime>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::audio;
using namespace earmark::test;

namespace {

constexpr int Seconds = 45;
constexpr int Rate = 44100;

/// Two unlike channels, interleaved: a mix of them is neither.
std::vector<std::int16_t> stereoNoise(int rate, int seconds)
{
    return noise(static_cast<std::size_t>(rate) * 2 * static_cast<std::size_t>(seconds), 0.4, 7);
}

Samples piece(const std::vector<std::int16_t> &samples, double from, double length)
{
    const auto first = static_cast<std::size_t>(std::llround(from * Rate));
    return Samples(samples).subspan(first, static_cast<std::size_t>(std::llround(length * Rate)));
}

} // namespace

/// Sources and sections are made by the ffmpeg program, with the options that a download uses; what comes out
/// is held against the whole source as that program decodes it.
class TestFormatter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void accuracy_data();
    void accuracy();
    void lengthIsExact_data();
    void lengthIsExact();
    void keepsDigitalSilence_data();
    void keepsDigitalSilence();
    void oneChannelKeepsItsLevelInTwo();
    void losesNoSampleAtTheStart();
    void silenceStandsBeforeLateSound();
    void cost();

private:
    QString path(const QString &name) const { return m_dir.filePath(name); }
    const std::vector<std::int16_t> &whole(const QString &source);

    QTemporaryDir m_dir;
    QHash<QString, std::vector<std::int16_t>> m_whole;
};

void TestFormatter::initTestCase()
{
    QVERIFY(m_dir.isValid());
    for (const int rate : {44100, 48000})
        QVERIFY(writePlainWav(path(u"noise%1.wav"_s.arg(rate)), stereoNoise(rate, Seconds), rate, 2));
    const auto make = [this](int rate, const QString &options, const QString &name) {
        return ffmpeg(QStringList{u"-i"_s, path(u"noise%1.wav"_s.arg(rate))} +
                      options.split(u' ', Qt::SkipEmptyParts) + QStringList{path(name)});
    };
    QCOMPARE(make(44100, u"-c:a aac -b:a 160k -movflags +faststart"_s, u"faststart.m4a"_s), QByteArray());
    QCOMPARE(make(44100,
                  u"-c:a aac -b:a 160k -movflags +frag_keyframe+empty_moov+default_base_moof+dash "
                  "-frag_duration 10000000"_s,
                  u"fragmented.m4a"_s),
             QByteArray());
    QCOMPARE(make(48000, u"-c:a libopus -b:a 160k -dash 1 -cluster_time_limit 10000"_s, u"opus.webm"_s),
             QByteArray());
    QCOMPARE(make(48000, u"-c:a libopus -b:a 160k"_s, u"opus.ogg"_s), QByteArray());
    QCOMPARE(make(44100, u"-c:a libmp3lame -b:a 192k"_s, u"mp3.mp3"_s), QByteArray());
    QCOMPARE(make(48000, u"-c:a flac"_s, u"flac.flac"_s), QByteArray());
}

const std::vector<std::int16_t> &TestFormatter::whole(const QString &source)
{
    auto found = m_whole.find(source);
    if (found == m_whole.end())
        found = m_whole.insert(source, decodeWhole(path(source), Rate));
    return *found;
}

void TestFormatter::accuracy_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("startMs");
    QTest::addColumn<QStringList>("options");

    const QStringList plain;
    // Without this, ffmpeg moves a section that begins before 0 (an encoder's delay) so that it begins at 0.
    const QStringList unmoved{u"-avoid_negative_ts"_s, u"disabled"_s};
    for (const char *source : {"faststart.m4a", "fragmented.m4a", "opus.webm", "opus.ogg", "flac.flac",
                               "noise44100.wav", "noise48000.wav", "mp3.mp3"}) {
        for (const int start : {0, 20'000, 7'300, 31'500, 23'456}) {
            for (const QStringList &options : {plain, unmoved}) {
                const bool mp3 = QByteArray(source) == "mp3.mp3";
                if (options == plain && start == 0 && (mp3 || QByteArray(source) == "faststart.m4a"))
                    continue;
                if (options == unmoved && start > 20'000)
                    continue;
                QTest::addRow("%s at %d%s", source, start, options == plain ? "" : ", unmoved")
                    << QString::fromLatin1(source) << start << options;
            }
        }
    }
}

void TestFormatter::accuracy()
{
    QFETCH(const QString, source);
    QFETCH(const int, startMs);
    QFETCH(const QStringList, options);

    const double start = startMs / 1000.0;
    constexpr double Length = 4;
    const QString section = path(u"section.mka"_s);
    QCOMPARE(cutSection(path(source), std::max(start - 1, 0.0), start + Length + 1, section, options),
             QByteArray());

    const auto clip = formatClip({section, path(u"clip.wav"_s), startMs, startMs + 4000, Rate, 1});
    VERIFY_OK(clip);
    QCOMPARE(clip->audio.samples, qint64(4 * Rate));
    QVERIFY(!clip->isShort);
    const auto pcm = readWav(path(u"clip.wav"_s));
    VERIFY_OK(pcm);

    const auto &reference = whole(source);
    QVERIFY(!reference.empty());
    for (const double at : {0.1, 3.5}) {
        const double offset =
            offsetMs(piece(reference, start + at, 0.15), piece(pcm->samples, at, 0.15), Rate, 40);
        QVERIFY2(std::abs(offset) < 1.0, QByteArray::number(offset).constData());
    }
}

void TestFormatter::lengthIsExact_data()
{
    QTest::addColumn<int>("startMs");
    QTest::addColumn<int>("endMs");
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("channels");
    QTest::addColumn<qint64>("samples");
    QTest::newRow("as usual") << 20'000 << 30'000 << 44100 << 1 << qint64(441'000);
    QTest::newRow("two channels") << 20'000 << 30'000 << 44100 << 2 << qint64(441'000);
    QTest::newRow("source's rate") << 20'000 << 30'000 << 48000 << 1 << qint64(480'000);
    QTest::newRow("low rate") << 20'000 << 30'000 << 16000 << 1 << qint64(160'000);
    QTest::newRow("high rate") << 20'000 << 30'000 << 96000 << 1 << qint64(960'000);
    QTest::newRow("odd") << 20'001 << 29'334 << 22050 << 1 << qint64(205'793);
    QTest::newRow("one millisecond") << 20'000 << 20'001 << 44100 << 1 << qint64(44);
}

void TestFormatter::lengthIsExact()
{
    QFETCH(const int, startMs);
    QFETCH(const int, endMs);
    QFETCH(const int, rate);
    QFETCH(const int, channels);
    QFETCH(const qint64, samples);
    for (const QString &source : {u"fragmented.m4a"_s, u"opus.webm"_s}) {
        const QString section = path(u"section.mka"_s);
        QCOMPARE(cutSection(path(source), 19, 31, section), QByteArray());
        const QString target = path(u"clip.wav"_s);
        const auto clip = formatClip({section, target, startMs, endMs, rate, channels});
        VERIFY_OK(clip);
        QCOMPARE(clip->audio.samples, samples);
        QCOMPARE(clip->audio.sampleRate, rate);
        QVERIFY(!clip->isShort);
        const auto info = readWavInfo(target);
        VERIFY_OK(info);
        QCOMPARE(info->frames, samples);
        QCOMPARE(info->channels, channels);
        QCOMPARE(info->sampleRate, rate);
        QFile file(target);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256), clip->audio.sha256);
        const auto pcm = readWav(target);
        VERIFY_OK(pcm);
        QCOMPARE(clip->audio.measures, measure(*pcm));
        QCOMPARE(file.size(), 44 + samples * channels * 2);
    }
}

void TestFormatter::keepsDigitalSilence_data()
{
    QTest::addColumn<QString>("encoder");
    QTest::addColumn<int>("rate"); // of the clip
    QTest::newRow("another rate") << u"-c:a pcm_s16le"_s << 16'000;
    QTest::newRow("24 bit") << u"-c:a pcm_s24le"_s << Rate;
    QTest::newRow("FLAC, another rate") << u"-c:a flac"_s << 48'000;
    QTest::newRow("AAC") << u"-c:a aac -b:a 128k"_s << Rate;
    QTest::newRow("Opus") << u"-c:a libopus -b:a 128k"_s << Rate;
}

void TestFormatter::keepsDigitalSilence()
{
    QFETCH(const QString, encoder);
    QFETCH(const int, rate);
    // Half a second of noise, two of nothing, half of noise.
    auto sound = noise(3 * Rate, 0.4, 7);
    std::fill(sound.begin() + Rate / 2, sound.begin() + 5 * Rate / 2, std::int16_t{0});
    QVERIFY(writePlainWav(path(u"gap.wav"_s), sound, Rate, 1));
    const QString section = path(u"gap.mka"_s);
    QCOMPARE(ffmpeg(QStringList{u"-i"_s, path(u"gap.wav"_s)} + encoder.split(u' ') + QStringList{section}),
             QByteArray());
    const auto clip = formatClip({section, path(u"clip.wav"_s), 100, 2900, rate, 1});
    VERIFY_OK(clip);
    const auto pcm = readWav(path(u"clip.wav"_s));
    VERIFY_OK(pcm);
    // Away from the edges, where a codec smears its noise.
    for (auto i = static_cast<std::size_t>(rate); i < static_cast<std::size_t>(rate) * 3 / 2; ++i)
        QCOMPARE(pcm->samples[i], std::int16_t{0});
    // The noise has not lost any of it.
    QVERIFY(clip->audio.measures.rmsDb() > -25);
}

void TestFormatter::oneChannelKeepsItsLevelInTwo()
{
    QVERIFY(writePlainWav(path(u"sine.wav"_s), tone(3 * Rate, Rate, 997, 0.5), Rate, 1));
    const auto clip = formatClip({path(u"sine.wav"_s), path(u"clip.wav"_s), 500, 2500, Rate, 2});
    VERIFY_OK(clip);
    QVERIFY2(std::abs(clip->audio.measures.peakDb() + 6.02) < 0.01,
             QByteArray::number(clip->audio.measures.peakDb()).constData());
    const auto pcm = readWav(path(u"clip.wav"_s));
    VERIFY_OK(pcm);
    const auto source = tone(3 * Rate, Rate, 997, 0.5);
    for (std::size_t i = 0; i < pcm->samples.size(); ++i)
        QCOMPARE(pcm->samples[i], source[Rate / 2 + i / 2]);
}

void TestFormatter::losesNoSampleAtTheStart()
{
    const auto sound = noise(12 * Rate, 0.4, 3);
    QVERIFY(writePlainWav(path(u"mono.wav"_s), sound, Rate, 1));
    QCOMPARE(ffmpeg({u"-i"_s, path(u"mono.wav"_s), u"-c:a"_s, u"flac"_s, path(u"mono.flac"_s)}),
             QByteArray());
    for (const int start : {0, 5'000}) {
        QCOMPARE(cutSection(path(u"mono.flac"_s), std::max(start / 1000 - 1, 0), start / 1000 + 5,
                            path(u"section.mka"_s)),
                 QByteArray());
        VERIFY_OK(formatClip({path(u"section.mka"_s), path(u"clip.wav"_s), start, start + 4000, Rate, 1}));
        const auto pcm = readWav(path(u"clip.wav"_s));
        VERIFY_OK(pcm);
        QVERIFY(std::ranges::equal(
            pcm->samples, Samples(sound).subspan(static_cast<std::size_t>(start) * Rate / 1000, 4 * Rate)));
    }
}

void TestFormatter::silenceStandsBeforeLateSound()
{
    QCOMPARE(ffmpeg({u"-itsoffset"_s, u"3.2"_s, u"-t"_s, u"5"_s, u"-i"_s, path(u"noise44100.wav"_s),
                     u"-c:a"_s, u"flac"_s, path(u"late.mka"_s)}),
             QByteArray());
    FormatRequest request{path(u"late.mka"_s), path(u"clip.wav"_s), 1000, 6000, Rate, 1};
    COMPARE_ERROR(formatClip(request), ErrorCode::BadMedia); // it may have been cut off
    request.isFromBeginning = true;
    const auto clip = formatClip(request);
    VERIFY_OK(clip);
    QVERIFY(!clip->isShort);
    QCOMPARE(clip->audio.samples, qint64{5 * Rate});
    const auto pcm = readWav(path(u"clip.wav"_s));
    VERIFY_OK(pcm);
    constexpr auto Late = static_cast<std::size_t>(2.2 * Rate);
    // FLAC has long packets: 48 times, rounded to the millisecond, leave a tenth of one open.
    constexpr std::size_t Few = 5;
    QVERIFY(std::all_of(pcm->samples.begin(), pcm->samples.begin() + Late - Few,
                        [](auto sample) { return sample == 0; }));
    QVERIFY(std::abs(offsetMs(piece(whole(u"noise44100.wav"_s), 0, 0.15),
                              Samples(pcm->samples).subspan(Late, Rate * 15 / 100), Rate, 10)) < 0.1);
}

void TestFormatter::cost()
{
    for (const QString &source : {u"fragmented.m4a"_s, u"opus.webm"_s}) {
        QCOMPARE(cutSection(path(source), 19, 31, path(u"section.mka"_s)), QByteArray());
        constexpr int Times = 20;
        const std::clock_t before = std::clock();
        for (int i = 0; i < Times; ++i)
            VERIFY_OK(formatClip({path(u"section.mka"_s), path(u"clip.wav"_s), 20'000, 30'000, Rate, 1}));
        const double each = static_cast<double>(std::clock() - before) * 1000 / CLOCKS_PER_SEC / Times;
        qInfo("%s: %.1f ms of CPU for 10 s", qPrintable(source), each);
        // Many times what it takes, for slow and instrumented builds: this only notices a disaster.
        QVERIFY(each < 1000);
    }
}

QTEST_GUILESS_MAIN(TestFormatter)
#include "tst_formatter.moc"
