#include "audio/timeline.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::audio;

namespace {

constexpr int Rate = 48000;
constexpr qint64 Packet = 960; // 20 ms

/// Packets of 20 ms from `start` on, their times rounded to a millisecond as Matroska does it.
std::vector<Block> packets(double start, int count)
{
    std::vector<Block> blocks;
    for (int i = 0; i < count; ++i)
        blocks.push_back({std::round((start + i * 0.02) * 1000) / 1000, Packet});
    return blocks;
}

std::vector<Block> joined(std::vector<Block> a, const std::vector<Block> &b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void undoesRounding_data();
    void undoesRounding();
    void takesADelayAsStated_data();
    void takesADelayAsStated();
    void countsWhereNoTimeIsSaid();
    void countsThroughTimesThatStray();
    void soundMayBeginLateAtTheBeginning();
    void finds_data();
    void finds();
};

void TestTimeline::undoesRounding_data()
{
    QTest::addColumn<double>("start"); // seconds
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("packet"); // samples
    QTest::addColumn<int>("count");
    QTest::addColumn<double>("within"); // seconds

    const double sample = 1 / 44100.0;
    QTest::newRow("anywhere") << 28.9787 << 44100 << 1024 << 500 << sample / 2;
    QTest::newRow("AAC from zero, whole packets") << 1248 * 1024 * sample << 44100 << 1024 << 500 << 1e-9;
    QTest::newRow("AAC from zero, whole samples") << 1278003 * sample << 44100 << 1024 << 500 << 1e-9;
    // Thirty packets of FFmpeg 7's size say less than five hundred of FFmpeg 5's, but not another start.
    QTest::newRow("PCM as FFmpeg 5 reads it") << 1248 * 1024 * sample << 44100 << 1024 << 130 << 1e-9;
    QTest::newRow("PCM as FFmpeg 7 reads it") << 312 * 4096 * sample << 44100 << 4096 << 32 << 1e-9;
    QTest::newRow("PCM from the start") << 0.0 << 44100 << 4096 << 32 << 1e-9;
    QTest::newRow("FLAC") << 7 * 4608 * sample << 44100 << 4608 << 40 << 1e-9;
    QTest::newRow("packets of whole milliseconds") << 28.98 << 48000 << 960 << 600 << 1e-9;
}

void TestTimeline::undoesRounding()
{
    QFETCH(const double, start);
    QFETCH(const int, rate);
    QFETCH(const int, packet);
    QFETCH(const int, count);
    QFETCH(const double, within);
    std::vector<Block> blocks;
    for (int i = 0; i < count; ++i)
        blocks.push_back({std::round((start + i * packet / double(rate)) * 1000) / 1000, packet});
    const auto run = findRun(blocks, rate, {}, {start + 1, start + 1.5}, u"x.mka"_s);
    VERIFY_OK(run);
    QVERIFY2(std::abs(run->start - start) <= within,
             QByteArray::number((run->start - start) * rate, 'f', 6).constData());
    QCOMPARE(run->first, std::size_t(0));
    QCOMPARE(run->last, blocks.size());
    QVERIFY(std::abs(run->end - run->start - count * packet / double(rate)) < 1e-9);
}

void TestTimeline::takesADelayAsStated_data()
{
    QTest::addColumn<double>("read");  // ms, of the first block; the others follow each 20 ms
    QTest::addColumn<double>("other"); // ms that every third block is read later
    QTest::addColumn<bool>("inMilliseconds");
    QTest::addColumn<double>("start"); // ms
    // Opus with a delay of 6.5 ms, which libavformat takes off as 7: block 0 is read as -7 and begins at
    // -6.5.
    QTest::newRow("WebM, blocks at 0, 20, 40") << 29'000 - 7.0 << 0.0 << true << 29'000 - 6.5;
    QTest::newRow("WebM, blocks a millisecond later") << 29'000 - 6.0 << 0.0 << true << 29'000 - 5.5;
    QTest::newRow("not said to be WebM, blocks at 0, 20, 40") << 29'000 - 7.0 << 0.0 << false << 29'000 - 6.5;
    // Packets lie on their grid from -6.5 ms on, and the tie is rounded up.
    QTest::newRow("Ogg or MP4") << 29'000 - 6.0 << 0.0 << false << 29'000 - 6.5;
    QTest::newRow("mkvmerge, whose ticks are finer") << 29'000 - 7.0 << 1.0 << true << 29'000 - 6.5;
    QTest::newRow("off any grid") << 29'000 - 3.0 << 0.0 << false << 29'000 - 2.5;
}

void TestTimeline::takesADelayAsStated()
{
    QFETCH(const double, read);
    QFETCH(const double, other);
    QFETCH(const bool, inMilliseconds);
    QFETCH(const double, start);
    std::vector<Block> blocks;
    for (int i = 0; i < 600; ++i)
        blocks.push_back({(read + i * 20 + (i % 3 == 2 ? other : 0)) / 1000, Packet});
    const auto run = findRun(blocks, Rate, {-0.0065, 0.0005, inMilliseconds, false}, {30, 40}, u"x.mka"_s);
    VERIFY_OK(run);
    QVERIFY2(std::abs(run->start - start / 1000) < 1e-6,
             QByteArray::number(run->start * 1000, 'f', 4).constData());
}

void TestTimeline::countsThroughTimesThatStray()
{
    // The first frame of MPEG-TS in a playlist: its packets but the first have the time of the one before.
    auto blocks = packets(0, 600);
    for (int i = 1; i < 8; ++i)
        blocks[static_cast<std::size_t>(i)].time = (i - 1) * 0.02;
    const auto run = findRun(blocks, Rate, {}, {0, 10}, u"x.mka"_s);
    VERIFY_OK(run);
    QVERIFY(std::abs(run->start) < 1e-6);
    QCOMPARE(run->last, blocks.size());
}

void TestTimeline::soundMayBeginLateAtTheBeginning()
{
    const auto blocks = packets(3.2, 600);
    COMPARE_ERROR(findRun(blocks, Rate, {}, {1, 11}, u"x.mka"_s), ErrorCode::BadMedia);
    SectionFacts facts;
    facts.isFromBeginning = true;
    const auto run = findRun(blocks, Rate, facts, {1, 11}, u"x.mka"_s);
    VERIFY_OK(run);
    QVERIFY(std::abs(run->start - 3.2) < 1e-6);
    // What lies before a hole is the beginning.
    COMPARE_ERROR(findRun(joined(packets(0, 25), blocks), Rate, facts, {1, 11}, u"x.mka"_s),
                  ErrorCode::BadMedia);
}

void TestTimeline::countsWhereNoTimeIsSaid()
{
    auto blocks = packets(29, 600);
    blocks[0].time.reset();
    blocks[1].time.reset();
    blocks[100].time.reset();
    const auto run = findRun(blocks, Rate, {}, {30, 40}, u"x.mka"_s);
    VERIFY_OK(run);
    QVERIFY(std::abs(run->start - 29) < 1e-6);
}

void TestTimeline::finds_data()
{
    QTest::addColumn<std::vector<Block>>("blocks");
    QTest::addColumn<Span>("span");
    QTest::addColumn<QString>("trouble"); // a part of the error's text; empty: none
    QTest::addColumn<double>("start");
    QTest::addColumn<double>("end");

    const Span usual{30, 40};
    QTest::newRow("all there") << packets(29, 600) << usual << QString() << 29.0 << 41.0;
    QTest::newRow("ends early") << packets(29, 400) << usual << QString() << 29.0 << 37.0;
    QTest::newRow("begins a packet late") << packets(30.02, 600) << usual << QString() << 30.02 << 42.02;
    QTest::newRow("begins late") << packets(30.03, 600) << usual << u"begins at 0:30.03"_s << 0.0 << 0.0;
    QTest::newRow("an encoder's delay at 0")
        << packets(0.048, 600) << Span{0, 10} << QString() << 0.048 << 12.048;
    QTest::newRow("begins late at 0")
        << packets(0.2, 600) << Span{0, 10} << u"begins at 0:00.2"_s << 0.0 << 0.0;
    QTest::newRow("nothing") << std::vector<Block>() << usual << u"no sound between 0:30 and 0:40"_s << 0.0
                             << 0.0;
    QTest::newRow("only before") << packets(20, 400) << usual << u"no sound"_s << 0.0 << 0.0;
    QTest::newRow("only after") << packets(41, 400) << usual << u"no sound"_s << 0.0 << 0.0;
    QTest::newRow("a packet missing")
        << joined(packets(29, 200), packets(33.02, 400)) << usual << u"gap at 0:33"_s << 0.0 << 0.0;
    QTest::newRow("doubled") << joined(packets(29, 200), packets(32.9, 400)) << usual << u"gap at 0:33"_s
                             << 0.0 << 0.0;
    QTest::newRow("gap before") << joined(packets(28, 50), packets(29.5, 600)) << usual << QString() << 29.5
                                << 41.5;
    QTest::newRow("gap behind") << joined(packets(29, 575), packets(42, 50)) << usual << QString() << 29.0
                                << 40.5;
    QTest::newRow("gap over the start")
        << joined(packets(29, 40), packets(30.5, 600)) << usual << u"gap at 0:30"_s << 0.0 << 0.0;
    QTest::newRow("gap over the end")
        << joined(packets(29, 525), packets(41, 50)) << usual << u"gap at 0:39.5"_s << 0.0 << 0.0;
    auto absurd = packets(29, 600);
    absurd[200].time = std::numeric_limits<double>::max();
    QTest::newRow("an absurd time") << absurd << usual << u"gap at 0:33"_s << 0.0 << 0.0;
}

void TestTimeline::finds()
{
    QFETCH(const std::vector<Block>, blocks);
    QFETCH(const Span, span);
    QFETCH(const QString, trouble);
    QFETCH(const double, start);
    QFETCH(const double, end);
    const auto run = findRun(blocks, Rate, {}, span, u"x.mka"_s);
    if (!trouble.isEmpty()) {
        COMPARE_ERROR(run, ErrorCode::BadMedia);
        QVERIFY2(run.error().text.contains(trouble), qPrintable(run.error().text));
        QVERIFY(run.error().text.contains(u"x.mka"_s));
        return;
    }
    VERIFY_OK(run);
    QVERIFY2(std::abs(run->start - start) < 0.0005, QByteArray::number(run->start).constData());
    QVERIFY2(std::abs(run->end - end) < 0.0005, QByteArray::number(run->end).constData());
}

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
