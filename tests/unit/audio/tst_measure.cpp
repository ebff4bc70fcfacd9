#include "audio/measure.h"

#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QTemporaryDir>

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::audio;
using namespace earmark::test;

namespace {

constexpr int Rate = 44100;

Pcm mono(std::vector<std::int16_t> samples, int rate = Rate)
{
    return {std::move(samples), rate, 1};
}

Pcm stereo(const std::vector<std::int16_t> &left, const std::vector<std::int16_t> &right, int rate = Rate)
{
    Pcm pcm{{}, rate, 2};
    for (std::size_t i = 0; i < left.size(); ++i) {
        pcm.samples.push_back(left[i]);
        pcm.samples.push_back(right[i]);
    }
    return pcm;
}

std::vector<std::int16_t> joined(std::vector<std::int16_t> first, const std::vector<std::int16_t> &second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::vector<std::int16_t> constant(std::size_t count, int value)
{
    return std::vector<std::int16_t>(count, static_cast<std::int16_t>(value));
}

double levelOf(double db)
{
    return std::pow(10, db / 20);
}

} // namespace

class TestMeasure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void levels_data();
    void levels();
    void truePeak_data();
    void truePeak();
    void truePeakIsThatOfTheWholeSound_data();
    void truePeakIsThatOfTheWholeSound();
    void silence_data();
    void silence();
    void clipped_data();
    void clipped();
    void offset();
    void bandwidth_data();
    void bandwidth();
    void bandwidthOfWhatWasResampled_data();
    void bandwidthOfWhatWasResampled();
    void knowsNothingOfNothing();
    void takesAnyRate_data();
    void takesAnyRate();
};

/// Loudness: ITU-R BS.1770 gives a full-scale sine of 997 Hz in one channel -3.01 LUFS, and EBU Tech 3341's
/// first test a stereo sine of 1 kHz at -23 dBFS -23 LUFS.
void TestMeasure::levels_data()
{
    QTest::addColumn<Pcm>("sound");
    QTest::addColumn<double>("peak");
    QTest::addColumn<double>("rms");
    QTest::addColumn<double>("lufs"); // not a number: none
    constexpr double None = std::numeric_limits<double>::quiet_NaN();
    const auto sine = tone(10 * Rate, Rate, 1000, 0.5);
    const auto reference = tone(20 * Rate, Rate, 1000, levelOf(-23));
    QTest::newRow("half a sine") << mono(sine) << -6.02 << -9.03 << -9.03;
    QTest::newRow("997 Hz, full scale") << mono(tone(10 * Rate, Rate, 997, 1)) << 0.0 << -3.01 << -3.01;
    QTest::newRow("EBU 3341, case 1") << stereo(reference, reference) << -23.0 << -26.01 << -23.0;
    QTest::newRow("the same in mono") << mono(reference) << -23.0 << -26.01 << -26.0;
    QTest::newRow("one channel silent") << stereo(sine, constant(sine.size(), 0)) << -6.02 << -12.04 << -9.03;
    QTest::newRow("48 kHz") << mono(tone(480'000, 48000, 1000, 0.5), 48000) << -6.02 << -9.03 << -9.03;
    // The gate leaves the silence out of the loudness, but not out of the RMS.
    QTest::newRow("then silence") << mono(joined(sine, constant(sine.size(), 0))) << -6.02 << -12.04 << -9.03;
    QTest::newRow("digital silence") << mono(constant(Rate, 0)) << -120.0 << -120.0 << -120.0;
    QTest::newRow("shorter than a gate") << mono(tone(Rate / 4, Rate, 1000, 0.5)) << -6.02 << -9.03 << None;
    QTest::newRow("as long as a gate")
        << mono(tone(Rate * 2 / 5, Rate, 1000, 0.5)) << -6.02 << -9.03 << -9.03;
    QTest::newRow("a sample") << mono({-32768}) << 0.0 << 0.0 << None;
    QTest::newRow("the smallest sample") << mono(constant(Rate, 1)) << -90.31 << -90.31 << -120.0;
}

void TestMeasure::levels()
{
    QFETCH(const Pcm, sound);
    QFETCH(const double, peak);
    QFETCH(const double, rms);
    QFETCH(const double, lufs);
    const Measures measures = measure(sound);
    QVERIFY(measures.areKnown());
    QVERIFY2(std::abs(measures.peakDb() - peak) <= 0.02, qPrintable(QString::number(measures.peakDb())));
    QVERIFY2(std::abs(measures.rmsDb() - rms) <= 0.02, qPrintable(QString::number(measures.rmsDb())));
    QCOMPARE(measures.hasLoudness(), !std::isnan(lufs));
    // Tech 3341 allows 0.1.
    QVERIFY2(std::isnan(lufs) || std::abs(measures.lufs() - lufs) <= 0.1,
             qPrintable(QString::number(measures.lufs())));
}

/// EBU Tech 3341, cases 15 to 19: sines of a quarter of the rate whose samples miss the tops of the wave.
void TestMeasure::truePeak_data()
{
    QTest::addColumn<double>("amplitude");
    QTest::addColumn<int>("part");     // of the sample rate
    QTest::addColumn<double>("phase"); // degrees
    QTest::addColumn<double>("dbtp");
    QTest::newRow("case 15") << 0.5 << 4 << 0.0 << -6.0;
    QTest::newRow("case 16") << 0.5 << 4 << 45.0 << -6.0;
    QTest::newRow("case 17") << 0.5 << 6 << 60.0 << -6.0;
    QTest::newRow("case 18") << 0.5 << 8 << 67.5 << -6.0;
    QTest::newRow("case 19") << 1.41 << 4 << 45.0 << 3.0;
}

void TestMeasure::truePeak()
{
    QFETCH(const double, amplitude);
    QFETCH(const int, part);
    QFETCH(const double, phase);
    QFETCH(const double, dbtp);
    constexpr int Rate48 = 48'000;
    std::vector<std::int16_t> sine;
    for (int i = 0; i < Rate48; ++i) {
        // Faded in and out, as the standard's are: an edge has tops of its own.
        const double fade = std::min({1.0, i / 480.0, (Rate48 - 1 - i) / 480.0});
        const double angle = 2 * std::numbers::pi * (static_cast<double>(i) / part + phase / 360);
        sine.push_back(static_cast<std::int16_t>(std::lround(32'767 * fade * amplitude * std::sin(angle))));
    }
    const Measures measures = measure(stereo(std::vector<std::int16_t>(sine.size(), 0), sine, Rate48));
    QVERIFY(measures.hasTruePeak());
    // Tech 3341 allows +0.2 and -0.4.
    const double error = measures.truePeakDb() - dbtp;
    QVERIFY2(error <= 0.2 && error >= -0.4, qPrintable(QString::number(measures.truePeakDb())));
    QVERIFY(measures.truePeak >= measures.peak);
}

/// Against libebur128, given every sample.
void TestMeasure::truePeakIsThatOfTheWholeSound_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("channels");
    QTest::addColumn<double>("share"); ///< of the time that is loud
    for (const int rate : {8'000, 44'100, 96'000, 192'000}) {
        for (const int channels : {1, 2}) {
            for (const double share : {0.0, 0.0001, 0.01, 0.3, 1.0})
                QTest::addRow("%d Hz, %d channels, %g loud", rate, channels, share)
                    << rate << channels << share;
        }
    }
}

void TestMeasure::truePeakIsThatOfTheWholeSound()
{
    QFETCH(const int, rate);
    QFETCH(const int, channels);
    QFETCH(const double, share);
    std::mt19937 random(static_cast<std::uint32_t>(rate + channels)); // NOLINT: the same sounds in every run
    std::normal_distribution<double> noise(0, 200);
    std::uniform_real_distribution<double> chance(0, 1);
    Pcm pcm{{}, rate, channels};
    int loudLeft = 0;
    for (int i = 0; i < rate * 5 / 2; ++i) {
        if (loudLeft == 0 && chance(random) < share / 20)
            loudLeft = 20;
        const double gain = loudLeft > 0 ? 40 : 1;
        loudLeft -= loudLeft > 0;
        for (int channel = 0; channel < channels; ++channel)
            pcm.samples.push_back(
                static_cast<std::int16_t>(std::clamp(gain * noise(random), -32'000.0, 32'000.0)));
    }
    ebur128_state *state = ebur128_init(static_cast<unsigned>(channels), static_cast<unsigned long>(rate),
                                        EBUR128_MODE_TRUE_PEAK);
    QVERIFY(state != nullptr);
    QCOMPARE(ebur128_add_frames_short(state, pcm.samples.data(), static_cast<std::size_t>(pcm.frames())), 0);
    double highest = 0;
    for (unsigned channel = 0; channel < static_cast<unsigned>(channels); ++channel) {
        double peak = 0;
        QCOMPARE(ebur128_true_peak(state, channel, &peak), 0);
        highest = std::max(highest, peak);
    }
    ebur128_destroy(&state);
    const double expected = std::max(std::round(2'000 * std::log10(highest)), double{Measures::Silence});
    QCOMPARE(int{measure(pcm).truePeak}, static_cast<int>(expected));
}

void TestMeasure::silence_data()
{
    QTest::addColumn<Pcm>("sound");
    QTest::addColumn<double>("share");
    const auto loud = tone(5 * Rate, Rate, 440, 0.5);
    const auto quiet = constant(5 * Rate, 0);
    QTest::newRow("none") << mono(loud) << 0.0;
    QTest::newRow("all") << mono(quiet) << 1.0;
    QTest::newRow("half") << mono(joined(loud, quiet)) << 0.5;
    QTest::newRow("three quarters") << mono(joined(constant(3 * Rate, 0), tone(Rate, Rate, 440, 0.5)))
                                    << 0.75;
    QTest::newRow("a quiet room") << mono(noise(Rate, levelOf(-61), 1)) << 1.0;
    QTest::newRow("a less quiet one") << mono(tone(Rate, Rate, 440, levelOf(-56))) << 0.0;
    QTest::newRow("one channel only") << stereo(loud, quiet) << 0.0;
    QTest::newRow("a rest shorter than a block")
        << mono(joined(constant(9 * 882, 0), constant(98, 9000))) << 1 - 98.0 / (9 * 882 + 98);
}

void TestMeasure::silence()
{
    QFETCH(const Pcm, sound);
    QFETCH(const double, share);
    // As it is written: in ten-thousandths.
    QCOMPARE((Measures{.silence = 65'534}.silentSteps()), Measures::ShareSteps - 1);
    QCOMPARE((Measures{.silence = 1}.silentSteps()), 1);
    const double steps = measure(sound).silentSteps() / double{Measures::ShareSteps};
    QVERIFY2(std::abs(steps - share) <= 0.00005 + 1e-9, qPrintable(QString::number(steps)));
}

void TestMeasure::clipped_data()
{
    QTest::addColumn<Pcm>("sound");
    QTest::addColumn<std::uint32_t>("samples");
    QTest::newRow("none") << mono(tone(Rate, Rate, 440, 0.99)) << 0U;
    QTest::newRow("as loud as possible") << mono(tone(Rate, Rate, 440, 1)) << 0U;
    QTest::newRow("two on end") << mono({0, 32767, 32767, 0, -32768, -32768, 0}) << 0U;
    QTest::newRow("three on end") << mono({0, 32767, 32767, 32767, 0}) << 3U;
    QTest::newRow("below") << mono({0, -32768, -32768, -32767, -32768}) << 4U;
    QTest::newRow("both sides") << mono({32767, 32767, 32767, -32768, -32768, -32768}) << 6U;
    QTest::newRow("from one side to the other") << mono({32767, 32767, -32768, -32768}) << 0U;
    QTest::newRow("in one channel") << stereo({0, 32767, 32767, 32767, 0}, {0, 1, 2, 3, 4}) << 3U;
    QTest::newRow("not across channels") << stereo({32767, 32767}, {32767, 32767}) << 0U;
    QTest::newRow("flat, but not at full scale") << mono(constant(1000, 32766)) << 0U;
}

void TestMeasure::clipped()
{
    QFETCH(const Pcm, sound);
    QFETCH(const std::uint32_t, samples);
    QCOMPARE(measure(sound).clipped, samples);
}

void TestMeasure::offset()
{
    auto sound = tone(Rate, Rate, 441, 0.25);
    QVERIFY(std::abs(measure(mono(sound)).dc()) < 1e-4);
    for (auto &sample : sound)
        sample = static_cast<std::int16_t>(sample - 3277);
    QVERIFY(std::abs(measure(mono(sound)).dc() + 0.1) < 1e-4);
    QCOMPARE(measure(mono(constant(10, -32768))).dc(), -1.0);
}

void TestMeasure::bandwidth_data()
{
    QTest::addColumn<Pcm>("sound");
    QTest::addColumn<double>("hz");
    QTest::addColumn<double>("within");
    auto click = constant(10 * Rate, 0);
    click[5 * Rate] = 32767;
    auto burst = constant(10 * Rate, 0);
    std::ranges::copy(noise(Rate / 5, 0.1, 1), burst.begin() + 3 * Rate);
    QTest::newRow("noise") << mono(noise(10 * Rate, 0.5, 1)) << 22'050.0 << 30.0;
    QTest::newRow("a tone") << mono(tone(10 * Rate, Rate, 1000, 0.9)) << 1000.0 << 150.0;
    QTest::newRow("a faint high tone") << mono(tone(10 * Rate, Rate, 15'000, 0.001)) << 15'000.0 << 150.0;
    QTest::newRow("digital silence") << mono(constant(10 * Rate, 0)) << 0.0 << 0.0;
    QTest::newRow("dither alone") << mono(noise(10 * Rate, levelOf(-90), 1)) << 0.0 << 0.0;
    QTest::newRow("a click") << mono(click) << 0.0 << 0.0;
    QTest::newRow("a fifth of a second") << mono(burst) << 22'050.0 << 30.0;
    QTest::newRow("96 kHz") << mono(noise(96'000, 0.5, 1), 96'000) << 48'000.0 << 60.0;
    QTest::newRow("8 kHz") << mono(noise(80'000, 0.5, 1), 8000) << 4000.0 << 10.0;
    QTest::newRow("stereo") << stereo(tone(Rate, Rate, 500, 0.5), tone(Rate, Rate, 6000, 0.5)) << 6000.0
                            << 150.0;
    const auto high = tone(Rate, Rate, 9000, 0.5);
    auto opposite = high;
    for (std::int16_t &sample : opposite)
        sample = static_cast<std::int16_t>(-sample);
    QTest::newRow("opposite channels") << stereo(high, opposite) << 9000.0 << 150.0;
    QTest::newRow("shorter than a piece") << mono(tone(1000, Rate, 5000, 0.5)) << 5000.0 << 300.0;
}

void TestMeasure::bandwidth()
{
    QFETCH(const Pcm, sound);
    QFETCH(const double, hz);
    QFETCH(const double, within);
    QVERIFY(measure(sound).bandwidthHz() <= sound.sampleRate / 2.0);
    QVERIFY2(std::abs(measure(sound).bandwidthHz() - hz) <= within,
             qPrintable(QString::number(measure(sound).bandwidthHz())));
}

void TestMeasure::bandwidthOfWhatWasResampled_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<QString>("options");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    // ffmpeg's own resampler lets through mirror images just above.
    QTest::newRow("8 kHz") << 8000 << u"-ar 44100"_s << 3800.0 << 4800.0;
    QTest::newRow("8 kHz, soxr") << 8000 << u"-af aresample=44100:resampler=soxr"_s << 3800.0 << 4200.0;
    QTest::newRow("8 kHz, dithered")
        << 8000 << u"-af aresample=44100:resampler=soxr:osf=s16:dither_method=triangular"_s << 3800.0
        << 4200.0;
    QTest::newRow("16 kHz") << 16000 << u"-af aresample=44100:resampler=soxr"_s << 7700.0 << 8300.0;
    QTest::newRow("MP3, cut at 16 kHz")
        << 44100 << u"-c:a libmp3lame -b:a 128k -cutoff 16000"_s << 15'400.0 << 16'800.0;
    QTest::newRow("as it was") << 44100 << u"-c:a pcm_s16le"_s << 22'000.0 << 22'060.0;
}

void TestMeasure::bandwidthOfWhatWasResampled()
{
    QFETCH(const int, rate);
    QFETCH(const QString, options);
    QFETCH(const double, least);
    QFETCH(const double, most);
    const QTemporaryDir dir;
    const QString from = dir.filePath(u"from.wav"_s);
    const QString through = dir.filePath(options.contains(u"mp3"_s) ? u"through.mp3"_s : u"through.wav"_s);
    const QString to = dir.filePath(u"to.wav"_s);
    QVERIFY(writePlainWav(from, noise(static_cast<std::size_t>(5 * rate), 0.3, 3), rate, 1));
    QCOMPARE(ffmpeg(QStringList{u"-i"_s, from} + options.split(u' ') + QStringList{through}), QByteArray());
    QCOMPARE(ffmpeg({u"-i"_s, through, u"-c:a"_s, u"pcm_s16le"_s, to}), QByteArray());
    const auto sound = readWav(to);
    VERIFY_OK(sound);
    QCOMPARE(sound->sampleRate, Rate);
    const double hz = measure(*sound).bandwidthHz();
    QVERIFY2(hz >= least && hz <= most, qPrintable(QString::number(hz)));
}

void TestMeasure::knowsNothingOfNothing()
{
    QCOMPARE(measure(Pcm{}), Measures{});
    QCOMPARE(measure(Pcm{{}, Rate, 2}), Measures{});
    QVERIFY(!measure(Pcm{}).areKnown());
    std::stop_source stopped;
    stopped.request_stop();
    QVERIFY(!measure(mono(constant(Rate, 1)), stopped.get_token()).areKnown());
}

void TestMeasure::takesAnyRate_data()
{
    QTest::addColumn<int>("rate");
    for (const int rate : {1, 15, 100, 8000, 11'025, 96'000, 192'000, 384'000, 1'000'000'000})
        QTest::addRow("%d Hz", rate) << rate;
}

void TestMeasure::takesAnyRate()
{
    QFETCH(const int, rate);
    for (const int channels : {1, 2, 6, 100}) {
        const Measures measures = measure(Pcm{noise(6000, 0.5, 1), rate, channels});
        QVERIFY(std::abs(measures.peakDb() + 6.02) < 0.1);
        QVERIFY(measures.bandwidthHz() <= std::min(rate / 2.0, 65'535 * Measures::BandwidthStep) + 4);
    }
}

QTEST_GUILESS_MAIN(TestMeasure)
#include "tst_measure.moc"
