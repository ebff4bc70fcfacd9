#include "readers/officialrow.h"
#include "segments/segmenttable.h"
#include "support/testmain.h"

#include <QTest>

using namespace earmark;
using namespace earmark::readers;
using namespace earmark::segments;
using namespace Qt::StringLiterals;

class TestSegmentTable final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void internsLabelSets()
    {
        SegmentTable table;
        const std::string_view both[]{"/m/09x0r", "/t/dd00088"};
        const std::string_view turned[]{"/t/dd00088", "/m/09x0r"};
        QVERIFY(table.append(keyOf("aaaaaaaaaaa"), both));
        QVERIFY(table.append(keyOf("bbbbbbbbbbb"), both));
        QVERIFY(table.append(keyOf("ccccccccccc"), turned));
        QCOMPARE(table.labelCount(), std::size_t{2});
        QCOMPARE(table.setCount(), std::size_t{2}); // the order of the file is kept
        QCOMPARE(table.set(0), table.set(1));
        QCOMPARE(table.midList(2), QByteArray("/t/dd00088,/m/09x0r"));
        QCOMPARE(table.state(1), ClipState::Absent);
        table.setClip(1, {ClipState::Ready});
        QCOMPARE(table.state(1), ClipState::Ready);
    }

    void growsAndKeepsWhatItHas()
    {
        SegmentTable table;
        table.reserve(10);
        constexpr int rows = 200'000; // more than a huge page of each column
        for (int row = 0; row < rows; ++row)
            QVERIFY(table.append(numbered(row), {{row % 3 == 0 ? "/m/a" : "/m/b"}}));
        QCOMPARE(table.size(), Row{rows});
        for (int row = 0; row < rows; row += 999) {
            QCOMPARE(table.key(static_cast<Row>(row)), numbered(row));
            QCOMPARE(table.midList(static_cast<Row>(row)), QByteArray(row % 3 == 0 ? "/m/a" : "/m/b"));
            QCOMPARE(table.state(static_cast<Row>(row)), ClipState::Absent);
        }
        QCOMPARE(table.setCount(), std::size_t{2});
        QCOMPARE(table.ids().size(), std::size_t{rows});
    }

    void manyDistinctSets()
    {
        SegmentTable table;
        std::vector<std::string> mids;
        for (int label = 0; label < 300; ++label)
            mids.push_back("/m/" + std::to_string(label));
        for (int row = 0; row < 30'000; ++row) {
            const std::string_view labels[]{mids[static_cast<std::size_t>(row % 300)],
                                            mids[static_cast<std::size_t>(row / 300)]};
            QVERIFY(table.append(numbered(row), labels));
        }
        QCOMPARE(table.setCount(), std::size_t{30'000});
        QCOMPARE(table.midList(12'345), QByteArray("/m/45,/m/41"));
    }

    void refusesTooManyLabelsUnchanged()
    {
        constexpr std::size_t most = 70'000;
        SegmentTable table(most);
        std::vector<std::string> mids;
        for (std::size_t label = 0; label < most - 1; ++label)
            mids.push_back("/m/" + std::to_string(label));
        QVERIFY(table.append(numbered(0), std::vector<std::string_view>(mids.begin(), mids.end())));
        QVERIFY(!table.append(numbered(1), {{"/m/x", "/m/y"}}));
        QCOMPARE(table.labelCount(), most - 1);
        QCOMPARE(table.setCount(), std::size_t{1});
        QCOMPARE(table.size(), Row{1});
        QVERIFY(table.append(numbered(1), {{"/m/y", "/m/7"}}));
        QVERIFY(!table.append(numbered(2), {{"/m/x"}}));
        QVERIFY(table.append(numbered(2), {{"/m/y"}}));
        SegmentTable other;
        QVERIFY(other.append(numbered(3), {{"/m/7"}}));
        QVERIFY(table.append(other));
        QCOMPARE(table.midList(3), QByteArray("/m/7"));
        QVERIFY(other.append(numbered(4), {{"/m/x"}}));
        QVERIFY(!table.append(other));
    }

    void countsVideos_data()
    {
        QTest::addColumn<QByteArrayList>("ids");
        QTest::addColumn<int>("videos");
        QTest::newRow("none") << QByteArrayList{} << 0;
        QTest::newRow("in order") << QByteArrayList{"-aaaaaaaaaa", "-aaaaaaaaaa", "0aaaaaaaaaa"} << 2;
        QTest::newRow("in no order") << QByteArrayList{"baaaaaaaaaa", "aaaaaaaaaab", "baaaaaaaaaa",
                                                       "-aaaaaaaaaa", "aaaaaaaaaab"}
                                     << 3;
    }
    void countsVideos()
    {
        QFETCH(QByteArrayList, ids);
        QFETCH(int, videos);
        SegmentTable table;
        for (Row row = 0; const QByteArray &id : ids) {
            const SegmentKey key{*YtId::parse(id.toStdString()), row, row + 1};
            QVERIFY(table.append(key, {{"/m/a"}}));
            ++row;
        }
        QCOMPARE(table.videoCount(), static_cast<std::size_t>(videos));
    }

    void addsAnotherTable()
    {
        SegmentTable table;
        QVERIFY(table.append(numbered(0), {{"/m/a", "/m/b"}}));
        SegmentTable other;
        QVERIFY(other.append(numbered(1), {{"/m/c"}}));
        QVERIFY(other.append(numbered(2), {{"/m/a", "/m/b"}}));
        QVERIFY(other.append(numbered(3), {{"/m/b", "/m/c"}}));
        QVERIFY(table.append(other));
        QCOMPARE(table.size(), Row{4});
        QCOMPARE(table.key(3), numbered(3));
        QCOMPARE(table.midList(1), QByteArray("/m/c"));
        QCOMPARE(table.midList(3), QByteArray("/m/b,/m/c"));
        QCOMPARE(table.set(2), table.set(0));
        QCOMPARE(table.setCount(), std::size_t{3});
        QCOMPARE(table.labelCount(), std::size_t{3});
    }

    void remembersClips()
    {
        SegmentTable table;
        for (int row = 0; row < 4; ++row)
            QVERIFY(table.append(numbered(row), {{"/m/a"}}));
        QVERIFY(table.reasons().empty());
        table.setClip(1, {ClipState::Failed, Verdict::Undecided, u"permanent: This video is private."_s});
        table.setClip(3, {ClipState::Failed, Verdict::Undecided, u"permanent: This video is private."_s});
        table.setClip(2, {ClipState::Short, Verdict::Reject});
        QCOMPARE(table.reason(1), u"permanent: This video is private."_s);
        QCOMPARE(table.reason(2), QString());
        QCOMPARE(table.reasonTexts().size(), std::size_t{2}); // the empty one and this
        QCOMPARE(table.verdict(2), Verdict::Reject);
        QCOMPARE(table.state(2), ClipState::Short);
        QVERIFY(table.append(numbered(4), {{"/m/b"}}));
        QCOMPARE(table.reason(4), QString());
        table.remove(std::vector<Row>{0, 2});
        QCOMPARE(table.reason(0), u"permanent: This video is private."_s);
        QCOMPARE(table.reason(1), u"permanent: This video is private."_s);
        QCOMPARE(table.reason(2), QString());
        table.setClip(0, {ClipState::Ready, Verdict::Keep});
        QCOMPARE(table.reason(0), QString());
        ClipColumn nothing(table.size());
        table.swapClips(nothing);
        QCOMPARE(table.state(1), ClipState::Absent);
        QCOMPARE(table.verdict(0), Verdict::Undecided);
        QCOMPARE(table.reason(1), QString());
    }

    void findsRows_data()
    {
        QTest::addColumn<QByteArrayList>("ids");
        QTest::newRow("sorted") << QByteArrayList{"-aaaaaaaaaa", "0aaaaaaaaaa", "_aaaaaaaaaa", "aaaaaaaaaaa"};
        QTest::newRow("shuffled") << QByteArrayList{"aaaaaaaaaaa", "-aaaaaaaaaa", "_aaaaaaaaaa",
                                                    "0aaaaaaaaaa"};
        QTest::newRow("one") << QByteArrayList{"aaaaaaaaaaa"};
        QTest::newRow("none") << QByteArrayList{};
    }
    void findsRows()
    {
        QFETCH(QByteArrayList, ids);
        SegmentTable table;
        const std::string_view label[]{"/m/09x0r"};
        for (const QByteArray &id : ids)
            QVERIFY(table.append(keyOf(id.toStdString()), label));
        QVERIFY(table.index().empty());
        for (Row row = 0; row < table.size(); ++row)
            QCOMPARE(table.find(table.key(row)), std::optional(row));
        QVERIFY(!table.find(keyOf("zzzzzzzzzzz")));
        QVERIFY(!table.find(keyOf("-----------")));
    }

    void removesRows()
    {
        SegmentTable table;
        const std::string_view label[]{"/m/09x0r"};
        for (const auto id : {"bbbbbbbbbbb", "aaaaaaaaaaa", "bbbbbbbbbbb", "ccccccccccc"})
            QVERIFY(table.append(keyOf(id), label));
        QCOMPARE(table.index(), std::vector<Row>{2});
        table.remove(std::vector<Row>{2});
        QVERIFY(table.index().empty());
        QCOMPARE(table.size(), Row{3});
        QCOMPARE(table.find(keyOf("ccccccccccc")), std::optional(Row{2}));
    }

    void writesTheOfficialLine()
    {
        SegmentTable table;
        const std::string_view mids[]{"/m/09x0r", "/t/dd00088"};
        QVERIFY(table.append({*YtId::parse("--PJHxphWEs"), 30'000, 40'000}, mids));
        QVERIFY(table.append({*YtId::parse("Agi5ySKb1tY"), 23'700, 33'750}, std::span(mids, 1)));
        QCOMPARE(splitLine(table, 0), u"--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/t/dd00088\""_s);
        QCOMPARE(splitLine(table, 1), u"Agi5ySKb1tY, 23.700, 33.750, \"/m/09x0r\""_s);
    }

private:
    static SegmentKey numbered(int row)
    {
        const auto ms = static_cast<std::uint32_t>(row) * 10;
        return {*YtId::parse(std::to_string(10'000'000'000 + row)), ms, ms + 10'000};
    }
    static SegmentKey keyOf(std::string_view id) { return {*YtId::parse(id), 0, 10'000}; }
};

QTEST_APPLESS_MAIN(TestSegmentTable)
#include "tst_segmenttable.moc"
