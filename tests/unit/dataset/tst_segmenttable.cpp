#include "dataset/segmenttable.h"
#include "dataset/splitline.h"

#include <QTest>

using namespace earmark;
using namespace earmark::dataset;
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
        table.setClip(1, ClipState::Ready);
        QCOMPARE(table.state(1), ClipState::Ready);
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
    static SegmentKey keyOf(std::string_view id) { return {*YtId::parse(id), 0, 10'000}; }
};

QTEST_APPLESS_MAIN(TestSegmentTable)
#include "tst_segmenttable.moc"
