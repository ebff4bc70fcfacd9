#include "audio/peaks.h"

#include "support/testmain.h"

#include <QTest>

using namespace earmark::audio;

class TestPeaks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesAClick_data();
    void seesAClick();
    void takesAllChannels();
    void handlesNothing();
    void handlesMoreColumnsThanFrames();
};

void TestPeaks::seesAClick_data()
{
    QTest::addColumn<int>("frame");
    QTest::addColumn<std::size_t>("column");
    QTest::newRow("first") << 0 << std::size_t(0);
    QTest::newRow("middle") << 220'500 << std::size_t(500);
    QTest::newRow("before a column's end") << 220'499 << std::size_t(499);
    QTest::newRow("last") << 440'999 << std::size_t(999);
}

void TestPeaks::seesAClick()
{
    QFETCH(const int, frame);
    QFETCH(const std::size_t, column);
    Pcm pcm{std::vector<std::int16_t>(441'000), 44100, 1};
    pcm.samples[static_cast<std::size_t>(frame)] = -32768;
    const auto result = peaks(pcm, 1000);
    QCOMPARE(result.size(), std::size_t(1000));
    for (std::size_t i = 0; i < result.size(); ++i)
        QCOMPARE(result[i].low, i == column ? -1.0F : 0.0F);
}

void TestPeaks::takesAllChannels()
{
    const auto result = peaks(Pcm{{16384, -8192, 0, 0}, 8000, 2}, 2);
    QCOMPARE(result[0].high, 0.5F);
    QCOMPARE(result[0].low, -0.25F);
    QCOMPARE(result[1].high, 0.0F);
}

void TestPeaks::handlesNothing()
{
    QVERIFY(peaks(Pcm{}, 100).empty());
    QVERIFY(peaks(Pcm{{1, 2, 3}, 8000, 1}, 0).empty());
    QVERIFY(peaks(Pcm{{1, 2, 3}, 8000, 1}, -1).empty());
}

void TestPeaks::handlesMoreColumnsThanFrames()
{
    const auto result = peaks(Pcm{{16384, -16384}, 8000, 1}, 8);
    QCOMPARE(result.size(), std::size_t(8));
    QCOMPARE(result[3].high, 0.5F);
    QCOMPARE(result[4].low, -0.5F);
}

QTEST_GUILESS_MAIN(TestPeaks)
#include "tst_peaks.moc"
