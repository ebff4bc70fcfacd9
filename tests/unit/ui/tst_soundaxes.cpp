#include "ui/clip/soundaxes.h"

#include "support/testmain.h"
#include "ui/clip/colourmap.h"

#include <QColor>
#include <QTest>

#include <cmath>

using namespace earmark;
using namespace earmark::ui;
using namespace Qt::StringLiterals;

namespace {

QStringList labels(const std::vector<Tick> &ticks)
{
    QStringList all;
    for (const Tick &tick : ticks)
        all.append(tick.label);
    return all;
}

/// What the eye makes of a colour, 0 to 1 (CIE Y).
double luminance(QRgb colour)
{
    const auto linear = [](int value) { return std::pow(value / 255.0, 2.2); };
    return 0.2126 * linear(qRed(colour)) + 0.7152 * linear(qGreen(colour)) + 0.0722 * linear(qBlue(colour));
}

} // namespace

class TestSoundAxes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timeSteps_data();
    void timeSteps();
    void frequencies_data();
    void frequencies();
    void texts();
    void coloursRiseInLightness_data();
    void coloursRiseInLightness();
};

void TestSoundAxes::timeSteps_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("expected");
    QTest::newRow("ten seconds") << 10.0 << 600 << u"0 1 2 3 4 5 6 7 8 9 10"_s;
    QTest::newRow("narrow") << 10.0 << 250 << u"0 2 4 6 8 10"_s;
    QTest::newRow("very narrow") << 10.0 << 60 << u"0 10"_s;
    QTest::newRow("short") << 0.5 << 300 << u"0.0 0.1 0.2 0.3 0.4 0.5"_s;
    QTest::newRow("a moment") << 0.01 << 300 << u"0.000 0.002 0.004 0.006 0.008 0.010"_s;
    QTest::newRow("a minute and a half") << 90.0 << 300 << u"0 15 30 45 1:00 1:15 1:30"_s;
    QTest::newRow("ten minutes") << 600.0 << 300 << u"0 2:00 4:00 6:00 8:00 10:00"_s;
    QTest::newRow("nothing") << 0.0 << 300 << u""_s;
    QTest::newRow("no room") << 10.0 << 0 << u""_s;
    QTest::newRow("days") << 1e6 << 50 << u"0"_s;
}

void TestSoundAxes::timeSteps()
{
    QFETCH(const double, seconds);
    QFETCH(const int, length);
    QFETCH(const QString, expected);
    QCOMPARE(labels(timeTicks(seconds, length, 40)).join(u' '), expected);
}

void TestSoundAxes::frequencies_data()
{
    QTest::addColumn<audio::FrequencyAxis::Kind>("kind");
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("expected");
    using Kind = audio::FrequencyAxis::Kind;
    QTest::newRow("mel") << Kind::Mel << 44100 << 400 << u"100 500 1k 2k 3k 5k 10k 15k 20k"_s;
    QTest::newRow("mel, low") << Kind::Mel << 44100 << 100 << u"1k 5k 10k"_s;
    QTest::newRow("linear") << Kind::Linear << 44100 << 300 << u"1k 3k 5k 10k 15k 20k"_s;
    QTest::newRow("8 kHz") << Kind::Mel << 8000 << 150 << u"100 500 1k 2k 3k"_s;
    QTest::newRow("96 kHz") << Kind::Linear << 96'000 << 300 << u"2k 5k 10k 15k 20k 40k"_s;
    QTest::newRow("no room") << Kind::Mel << 44100 << 0 << u""_s;
}

void TestSoundAxes::frequencies()
{
    QFETCH(const audio::FrequencyAxis::Kind, kind);
    QFETCH(const int, rate);
    QFETCH(const int, length);
    QFETCH(const QString, expected);
    QCOMPARE(labels(frequencyTicks({kind, rate}, length, 16)).join(u' '), expected);
}

void TestSoundAxes::texts()
{
    QCOMPARE(timeText(0), u"0.00 s"_s);
    QCOMPARE(timeText(3.4251), u"3.43 s"_s);
    QCOMPARE(timeText(63.42), u"1:03.42"_s);
    QCOMPARE(frequencyText(849.6), u"850 Hz"_s);
    QCOMPARE(frequencyText(12'345), u"12,345 Hz"_s);
}

void TestSoundAxes::coloursRiseInLightness_data()
{
    QTest::addColumn<ColourMap>("map");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("direction");
    for (const bool dark : {false, true}) {
        QTest::addRow("viridis, %d", dark) << ColourMap::Viridis << dark << 1;
        QTest::addRow("inferno, %d", dark) << ColourMap::Inferno << dark << 1;
    }
    QTest::newRow("grey on dark") << ColourMap::Grey << true << 1;
    QTest::newRow("grey on light") << ColourMap::Grey << false << -1;
}

/// So that they are told apart by those too who see no hues.
void TestSoundAxes::coloursRiseInLightness()
{
    QFETCH(const ColourMap, map);
    QFETCH(const bool, dark);
    QFETCH(const int, direction);
    const auto colours = coloursOf(map, dark);
    for (std::size_t i = 8; i < colours.size(); ++i)
        QVERIFY(direction * (luminance(colours[i]) - luminance(colours[i - 8])) > 0);
    QVERIFY(std::abs(luminance(colours.front()) - luminance(colours.back())) > 0.6);
    for (const QRgb colour : colours)
        QCOMPARE(qAlpha(colour), 255);
}

QTEST_GUILESS_MAIN(TestSoundAxes)
#include "tst_soundaxes.moc"
