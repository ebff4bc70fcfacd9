#include "audio/spectrogram.h"

#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace earmark::audio;
using namespace earmark::test;
using Kind = FrequencyAxis::Kind;

namespace {

constexpr int Rate = 44100;
constexpr int Width = 400;
constexpr int Height = 300;

Pcm mono(std::vector<std::int16_t> samples, int rate = Rate)
{
    return {std::move(samples), rate, 1};
}

IndexPicture draw(const Pcm &pcm, Kind kind, int range = 80, int width = Width, int height = Height)
{
    return drawSpectrum(spectrumLevels(pcm), width, height, kind, range);
}

int brightestRow(const IndexPicture &picture, int x)
{
    int best = 0;
    for (int y = 1; y < picture.height; ++y) {
        if (picture.row(y)[x] > picture.row(best)[x])
            best = y;
    }
    return best;
}

/// The brightest in this column.
int brightest(const IndexPicture &picture, int x)
{
    return picture.row(brightestRow(picture, x))[x];
}

} // namespace

class TestSpectrogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aToneIsALine_data();
    void aToneIsALine();
    void aClickIsAColumn_data();
    void aClickIsAColumn();
    void silenceIsBlack();
    void fullScaleIsTheBrightest();
    void levelsAreTrue_data();
    void levelsAreTrue();
    void aSweepGoesUp();
    void noiseIsEven();
    void channelsAreMixed();
    void placesAndFrequenciesAgree_data();
    void placesAndFrequenciesAgree();
    void anySize_data();
    void anySize();
    void anySound_data();
    void anySound();
    void aLongSoundIsBounded();
    void stops();
};

void TestSpectrogram::aToneIsALine_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("rate");
    QTest::addColumn<double>("hz");
    for (const auto &[name, kind] : {std::pair{"mel", Kind::Mel}, std::pair{"linear", Kind::Linear}}) {
        for (const double hz : {50.0, 440.0, 1000.0, 5000.0, 15'000.0, 22'000.0})
            QTest::addRow("%s, %g Hz", name, hz) << kind << Rate << hz;
        QTest::addRow("%s, 8 kHz sound", name) << kind << 8000 << 3000.0;
        QTest::addRow("%s, 96 kHz sound", name) << kind << 96'000 << 30'000.0;
    }
}

void TestSpectrogram::aToneIsALine()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, rate);
    QFETCH(const double, hz);
    const auto picture = draw(mono(tone(static_cast<std::size_t>(2 * rate), rate, hz, 0.5), rate), kind);
    const FrequencyAxis axis(kind, rate);
    // Where the label of that frequency stands: within a row, or the half bin by which an FFT is off.
    const double row = (1 - axis.place(hz)) * Height - 0.5;
    const double binHz = rate / 2.0 / (spectrumLevels(mono(tone(1000, rate, hz, 0.5), rate)).bins - 1);
    const double off = std::max(1.0, (axis.place(hz + binHz / 2) - axis.place(hz)) * Height + 1);
    for (int x = 0; x < Width; ++x) {
        QVERIFY2(std::abs(brightestRow(picture, x) - row) <= off,
                 qPrintable(QStringLiteral("%1, not %2").arg(brightestRow(picture, x)).arg(row)));
        // At the very ends the sound is mirrored, which bends the tone.
        if (x < 8 || x >= Width - 8)
            continue;
        // A line and not a field: two octaves away is nothing.
        for (const double other : {hz / 4, hz * 4}) {
            const auto y = static_cast<int>((1 - axis.place(other)) * Height);
            if (y >= 0 && y < Height && hz > 4 * binHz)
                QVERIFY(picture.row(y)[x] < 80);
        }
    }
}

void TestSpectrogram::aClickIsAColumn_data()
{
    QTest::addColumn<int>("frame");
    QTest::addColumn<int>("seconds");
    for (const int frame : {0, 1, 300, 220'500, 440'700, 440'999})
        QTest::addRow("%d", frame) << frame << 10;
    QTest::newRow("in a long sound") << 60 * Rate << 120;
}

void TestSpectrogram::aClickIsAColumn()
{
    QFETCH(const int, frame);
    QFETCH(const int, seconds);
    Pcm pcm = mono(std::vector<std::int16_t>(static_cast<std::size_t>(seconds * Rate)));
    pcm.samples[static_cast<std::size_t>(frame)] = 32767;
    const auto picture = draw(pcm, Kind::Linear);
    const int column = frame * Width / static_cast<int>(pcm.frames());
    // Seen by windows of 23 ms only: that is one column here, and what it overlaps.
    for (int x = 0; x < Width; ++x) {
        const int light = brightest(picture, x);
        if (x == column)
            QVERIFY2(light > 50, qPrintable(QString::number(light)));
        else if (std::abs(x - column) > 1)
            QCOMPARE(light, 0);
    }
    // All frequencies alike; at the ends there are two clicks, for the sound is mirrored.
    if (frame < 10 || frame > pcm.frames() - 10)
        return;
    const auto [least, most] = [&] {
        std::pair<int, int> range{255, 0};
        for (int y = 5; y < Height - 5; ++y) {
            range.first = std::min<int>(range.first, picture.row(y)[column]);
            range.second = std::max<int>(range.second, picture.row(y)[column]);
        }
        return range;
    }();
    QVERIFY(most - least < 10);
}

void TestSpectrogram::silenceIsBlack()
{
    for (const Kind kind : {Kind::Mel, Kind::Linear}) {
        const auto picture = draw(mono(std::vector<std::int16_t>(Rate)), kind, 120);
        QCOMPARE(picture.pixels.size(), std::size_t(Width * Height));
        QVERIFY(std::ranges::all_of(picture.pixels, [](int index) { return index == 0; }));
    }
}

void TestSpectrogram::fullScaleIsTheBrightest()
{
    // In the middle of a bin, so that none of it is lost between two.
    const double hz = 100.0 * Rate / 1024;
    for (const Kind kind : {Kind::Mel, Kind::Linear}) {
        const auto picture = draw(mono(tone(Rate, Rate, hz, 1.0)), kind, 80, Width, 1200);
        QVERIFY(brightest(picture, Width / 2) >= 254);
    }
}

void TestSpectrogram::levelsAreTrue_data()
{
    QTest::addColumn<double>("db");
    for (const double db : {-6.0, -20.0, -40.0, -60.0})
        QTest::addRow("%g dB", db) << db;
}

void TestSpectrogram::levelsAreTrue()
{
    QFETCH(const double, db);
    const auto levels = spectrumLevels(mono(tone(Rate, Rate, 100.0 * Rate / 1024, std::pow(10, db / 20))));
    const int level = *std::max_element(levels.column(50), levels.column(50) + levels.bins);
    QCOMPARE(level, SpectrumLevels::FullScale + static_cast<int>(db * SpectrumLevels::StepsPerDb));
}

void TestSpectrogram::aSweepGoesUp()
{
    Pcm pcm = mono({});
    double phase = 0;
    for (int i = 0; i < 5 * Rate; ++i) {
        phase += 2 * std::numbers::pi * (200 + 3000.0 * i / Rate) / Rate;
        pcm.samples.push_back(static_cast<std::int16_t>(std::lround(10'000 * std::sin(phase))));
    }
    for (const Kind kind : {Kind::Mel, Kind::Linear}) {
        const auto picture = draw(pcm, kind);
        const FrequencyAxis axis(kind, Rate);
        for (int x = 0; x < Width; ++x) {
            const double hz = 200 + 3000 * 5 * (x + 0.5) / Width;
            // As far as it comes in two windows.
            const double near = 1 + (axis.place(hz + 140) - axis.place(hz)) * Height;
            QVERIFY(std::abs(brightestRow(picture, x) - (1 - axis.place(hz)) * Height) <= near);
        }
    }
}

void TestSpectrogram::noiseIsEven()
{
    const auto picture = draw(mono(noise(5 * Rate, 0.5, 1)), Kind::Linear);
    QVERIFY(std::ranges::all_of(picture.pixels, [](int index) { return index > 50 && index < 220; }));
}

void TestSpectrogram::channelsAreMixed()
{
    const auto left = tone(Rate, Rate, 1000, 0.5);
    const auto right = tone(Rate, Rate, 4000, 0.5);
    for (const int channels : {2, 3}) {
        Pcm pcm{{}, Rate, channels};
        for (std::size_t i = 0; i < left.size(); ++i) {
            pcm.samples.push_back(left[i]);
            pcm.samples.insert(pcm.samples.end(), static_cast<std::size_t>(channels - 1), right[i]);
        }
        const auto picture = draw(pcm, Kind::Linear, 60);
        for (const double hz : {1000.0, 4000.0})
            QVERIFY(picture.row(static_cast<int>((1 - hz / (Rate / 2.0)) * Height))[Width / 2] > 180);
        QCOMPARE(picture.row(Height - static_cast<int>(2500 / (Rate / 2.0) * Height))[Width / 2],
                 std::uint8_t(0));
    }
}

void TestSpectrogram::placesAndFrequenciesAgree_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("mel") << Kind::Mel;
    QTest::newRow("linear") << Kind::Linear;
}

void TestSpectrogram::placesAndFrequenciesAgree()
{
    QFETCH(const Kind, kind);
    const FrequencyAxis axis(kind, Rate);
    QCOMPARE(axis.highest(), 22'050.0);
    QCOMPARE(axis.place(0), 0.0);
    QCOMPARE(axis.place(22'050), 1.0);
    double before = -1;
    for (const double hz : {0.0, 20.0, 100.0, 1000.0, 5000.0, 22'050.0}) {
        const double place = axis.place(hz);
        QVERIFY(place > before);
        QVERIFY(std::abs(axis.hz(place) - hz) < 1e-6);
        before = place;
    }
    QVERIFY(kind == Kind::Linear || axis.place(1000) > 0.2);
}

void TestSpectrogram::anySize_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("nothing") << 0 << 0;
    QTest::newRow("no width") << 0 << 10;
    QTest::newRow("no height") << 10 << 0;
    QTest::newRow("less than nothing") << -5 << -5;
    QTest::newRow("a pixel") << 1 << 1;
    QTest::newRow("a column") << 1 << 300;
    QTest::newRow("a row") << 300 << 1;
    QTest::newRow("not a multiple") << 65 << 67;
    QTest::newRow("larger than the levels") << 5000 << 2000;
}

void TestSpectrogram::anySize()
{
    QFETCH(const int, width);
    QFETCH(const int, height);
    const auto levels = spectrumLevels(mono(tone(Rate, Rate, 440, 0.5)));
    for (const Kind kind : {Kind::Mel, Kind::Linear}) {
        for (const int range : {-1, 40, 120, 1000}) {
            const auto picture = drawSpectrum(levels, width, height, kind, range);
            const bool isThere = width > 0 && height > 0;
            QCOMPARE(picture.width, isThere ? width : 0);
            QCOMPARE(picture.height, isThere ? height : 0);
            QCOMPARE(picture.pixels.size(), static_cast<std::size_t>(picture.width * picture.height));
            // However small, what is there is seen.
            if (isThere)
                QVERIFY(range < 40 || std::ranges::max(picture.pixels) > 200);
        }
    }
}

void TestSpectrogram::anySound_data()
{
    QTest::addColumn<Pcm>("sound");
    QTest::addColumn<bool>("isThere");
    QTest::newRow("nothing") << Pcm{} << false;
    QTest::newRow("no frames") << mono({}) << false;
    QTest::newRow("no rate") << mono({1, 2, 3}, 0) << false;
    QTest::newRow("a frame") << mono({20'000}) << true;
    QTest::newRow("two") << mono({20'000, -20'000}) << true;
    QTest::newRow("shorter than a window") << mono(tone(500, Rate, 2000, 0.5)) << true;
    QTest::newRow("a window") << mono(tone(1024, Rate, 2000, 0.5)) << true;
    QTest::newRow("a frame more") << mono(tone(1025, Rate, 2000, 0.5)) << true;
    QTest::newRow("1 Hz") << mono(tone(1000, 10, 1, 0.5), 1) << true;
    QTest::newRow("a strange rate") << mono(tone(100'000, 44'100, 1, 0.5), 1'000'000'000) << true;
}

void TestSpectrogram::anySound()
{
    QFETCH(const Pcm, sound);
    QFETCH(const bool, isThere);
    const auto levels = spectrumLevels(sound);
    QCOMPARE(levels.columns > 0, isThere);
    QCOMPARE(levels.cells.size(), static_cast<std::size_t>(levels.columns * levels.bins));
    for (const Kind kind : {Kind::Mel, Kind::Linear}) {
        const auto picture = drawSpectrum(levels, Width, Height, kind, 80);
        QCOMPARE(picture.pixels.size(), std::size_t(Width * Height));
        QCOMPARE(std::ranges::max(picture.pixels) > 0, isThere);
    }
}

/// Ten minutes take as many columns as ten hours would, and a click of one sample is still seen.
void TestSpectrogram::aLongSoundIsBounded()
{
    Pcm pcm = mono(std::vector<std::int16_t>(600 * 8000), 8000);
    pcm.samples[1'234'567] = 32767;
    const auto levels = spectrumLevels(pcm);
    QVERIFY(levels.columns <= SpectrumLevels::MostColumns &&
            levels.columns > SpectrumLevels::MostColumns / 2);
    const auto picture = drawSpectrum(levels, Width, Height, Kind::Mel, 80);
    QVERIFY(brightest(picture, static_cast<int>(1'234'567LL * Width / pcm.frames())) > 50);
}

void TestSpectrogram::stops()
{
    std::stop_source source;
    source.request_stop();
    QCOMPARE(spectrumLevels(mono(tone(Rate, Rate, 440, 0.5)), source.get_token()).columns, 0);
}

QTEST_GUILESS_MAIN(TestSpectrogram)
#include "tst_spectrogram.moc"
