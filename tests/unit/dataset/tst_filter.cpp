#include "dataset/filter.h"
#include "dataset/splitreader.h"
#include "support/resulttest.h"

using namespace earmark;
using namespace earmark::dataset;
using namespace Qt::StringLiterals;

class TestFilter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto add = [this](std::string_view id, std::vector<std::string_view> mids, ClipState state) {
            QVERIFY(m_table.append({*YtId::parse(id), 0, 10'000}, mids));
            m_table.setClip(m_table.size() - 1, state);
        };
        // Dog, Bark, Music, Speech, Bird
        add("-0RWZT-miFs", {"/m/0bt9lr", "/m/05tny_"}, ClipState::Ready);
        add("aaaaaaaaaaa", {"/m/04rlf"}, ClipState::Absent);
        add("bbbbbbbbbbb", {"/m/0bt9lr", "/m/04rlf"}, ClipState::Failed);
        add("ccccccccDog", {"/m/09x0r"}, ClipState::Absent);
        add("ddddddddddd", {"/m/unknown"}, ClipState::Ready);
        m_table.index();
    }

    void rows_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QList<int>>("rows");
        const auto row = [](const char *query, const QList<int> &rows) {
            QTest::newRow(query) << QString::fromUtf8(query) << rows;
        };
        row("", {0, 1, 2, 3, 4});
        row("dog", {0, 2});
        row("DOG", {0, 2});
        row("Dóg", {0, 2});
        row("Dog", {0, 2, 3});
        row("do music", {2});
        row("dog | speech", {0, 2, 3});
        row("-dog", {1, 3, 4});
        row("label:Dog", {0, 2});
        row("label:Do", {});
        row("label:/m/0bt9lr", {0, 2});
        row("label:/m/unknown", {4});
        row("unknown", {4});
        row("id:-0RW", {0});
        row("id:-0rw", {});
        row("state:ready", {0, 4});
        row("state:failed label:Music", {2});
        row("-(dog | music)", {3, 4});
        row("nothing", {});
    }
    void rows()
    {
        QFETCH(QString, query);
        const auto parsed = parseQuery(query);
        QVERIFY(parsed.has_value());
        std::vector<Row> rows{99};
        Filter(m_table, Classes()).run(*parsed, rows);
        QTEST(QList<int>(rows.begin(), rows.end()), "rows");
    }

    void theBalancedSplit()
    {
        const QString path = test::sharedData(u"balanced_train_segments.csv"_s);
        if (path.isEmpty())
            return; // the table above holds without it
        const auto split = readSplit(path);
        VERIFY_OK(split);
        const Filter filter(split->table, Classes());
        std::vector<Row> rows;
        const auto count = [&](QStringView query) {
            filter.run(*parseQuery(query), rows);
            return rows.size();
        };
        // Counted independently, by exact mid in the file.
        QCOMPARE(count(u"label:Animal"), std::size_t{734});
        QCOMPARE(count(u"label:Music"), std::size_t{6'244});
        QCOMPARE(count(u"label:\"Musical instrument\""), std::size_t{532});
        QCOMPARE(count(u"label:Car"), std::size_t{296});
    }

private:
    SegmentTable m_table;
};

QTEST_APPLESS_MAIN(TestFilter)
#include "tst_filter.moc"
