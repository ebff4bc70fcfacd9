#include "query/filter.h"
#include "query/queryparser.h"
#include "readers/splitreader.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::classes;
using namespace earmark::query;
using namespace earmark::readers;
using namespace earmark::segments;
using namespace Qt::StringLiterals;

class TestFilter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto add = [this](std::string_view id, std::uint32_t start, std::uint32_t end,
                                std::vector<std::string_view> mids, ClipState state,
                                Verdict verdict = Verdict::Undecided, const QString &reason = {}) {
            QVERIFY(m_table.append({*YtId::parse(id), start, end}, mids));
            m_table.setClip(m_table.size() - 1, {state, verdict, reason});
        };
        // Dog, Bark, Music, Speech, Growling; Heart murmur is blacklisted, and the last but two are unknown.
        add("-0RWZT-miFs", 0, 10'000, {"/m/0bt9lr", "/m/05tny_"}, ClipState::Ready, Verdict::Keep);
        add("aaaaaaaaaaa", 30'000, 40'000, {"/m/04rlf"}, ClipState::Absent);
        add("bbbbbbbbbbb", 30'000, 33'700, {"/m/0bt9lr", "/m/04rlf"}, ClipState::Failed, Verdict::Undecided,
            u"permanent: This vidéo is Private."_s);
        add("ccccccccDog", 23'700, 33'700, {"/m/09x0r"}, ClipState::Absent);
        add("ddddddddddd", 60'000, 70'000, {"/m/unknown"}, ClipState::Ready, Verdict::Reject);
        add("eeeeeeeeeee", 90'000, 100'000, {"/m/0ghcn6", "/m/09x0r", "/m/04rlf"}, ClipState::Short);
        add("fffffffffff", 90'001, 100'001, {"/m/01jg1z"}, ClipState::Failed, Verdict::Undecided,
            u"transient: The network was away."_s);
        add("ggggggggggg", 0, 10'000, {"/m/own"}, ClipState::Absent);
        m_table.index();
        const auto measure = [this](Row row, ClipMarks marks, const Measures &measures) {
            m_table.setClip(row,
                            {m_table.state(row), m_table.verdict(row), m_table.reason(row), marks, measures});
        };
        measure(0, Flagged | Doubted,
                {.peak = -600, .loudness = -2300, .silence = 0, .bandwidth = 16'000 / 4, .clipped = 0});
        measure(4, Duplicate, {.peak = Measures::Silence, .silence = 65'535});
        measure(5, Noted | Duplicate,
                {.peak = 0,
                 .loudness = -1050,
                 .silence = 32'768,
                 .bandwidth = 4'000 / 4,
                 .clipped = 3,
                 .truePeak = 60});
        // Too short for a loudness; three quarters are silent.
        measure(7, {}, {.peak = -2300, .loudness = Measures::Unknown, .silence = 49'151, .bandwidth = 5'000});

        const auto labels = LabelMap::read(test::writeFile(
            m_folder.filePath(u"labels.csv"_s), "0,/m/09x0r,\"Speech\"\n1,/m/own,\"Café noise\"\n"));
        VERIFY_OK(labels);
        m_classes.labels = std::make_shared<const LabelMap>(*labels);
        const auto ratings = QualityRatings::read(test::writeFile(
            m_folder.filePath(u"ratings.csv"_s), "/m/0bt9lr,10,9\n/m/04rlf,10,5\n/m/09x0r,10,10\n"));
        VERIFY_OK(ratings);
        m_classes.ratings = std::make_shared<const QualityRatings>(*ratings);
    }

    void rows_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QList<int>>("rows");
        const auto row = [](const char *query, const QList<int> &rows) {
            QTest::newRow(query) << QString::fromUtf8(query) << rows;
        };
        row("", {0, 1, 2, 3, 4, 5, 6, 7});
        row("dog", {0, 2});
        row("DOG", {0, 2});
        row("Dóg", {0, 2});
        row("Dog", {0, 2, 3});
        row("do music", {2});
        row("dog | speech", {0, 2, 3, 5});
        row("-dog", {1, 3, 4, 5, 6, 7});
        row("cafe", {7});
        row("unknown", {4});
        row("nothing", {});
        row("a", {0, 1, 6, 7}); // Bark, the id, Heart murmur, Café noise
        row("aaaaaaaaaaaa", {});

        row("label:Dog", {0, 2});
        row("label:dog", {0, 2});
        row("label:Do", {});
        row("label:/m/0bt9lr", {0, 2});
        row("label:/m/unknown", {4});
        row("label:\"cafe NOISE\"", {7});
        row("label:Animal", {});

        row("under:Animal", {0, 2, 5});
        row("under:Dog", {0, 2, 5});
        row("under:Cat", {5}); // growling has four parents
        row("under:\"Roaring cats (lions, tigers)\"", {5});
        row("under:\"Human sounds\"", {3, 5, 6}); // abstract
        row("under:/m/0jbk", {0, 2, 5});
        row("under:Bark", {0});
        row("under:\"Café noise\"", {7}); // only in the label file
        row("under:/m/unknown", {4});
        row("under:Nonsense", {});
        row("under:Animal -label:Music", {0});
        row("under:Animal -under:Cat dog", {0, 2});

        row("id:-0RW", {0});
        row("id:-0rw", {});
        row("id:Dog", {3});
        row("id:a", {1});
        row("id:-", {0});
        row("id:miFs", {0});
        row("id:-0RWZT-miFs", {0});
        row("id:fffg", {}); // the end of one id and the beginning of the next
        row("id:ddddddddddd", {4});
        row("id:dddddddddddd", {});

        row("start:0", {0, 7});
        row("start:23.7", {3});
        row("start:23.7..30", {1, 2, 3});
        row("start:>30", {4, 5, 6});
        row("start:>=30", {1, 2, 4, 5, 6});
        row("start:>90", {6});
        row("start:<=90", {0, 1, 2, 3, 4, 5, 7});
        row("start:1:30", {5});
        row("start:90.0005..91", {6});
        row("start:90.0005", {});
        row("end:30..60", {1, 2, 3});
        row("end:33.7", {2, 3});
        row("duration:<10", {2});
        row("duration:10", {0, 1, 3, 4, 5, 6, 7});
        row("duration:>10", {});
        row("duration:3.7", {2});
        row("duration:>9999999999", {});
        row("duration:<9999999999", {0, 1, 2, 3, 4, 5, 6, 7});

        row("labels:1", {1, 3, 4, 6, 7});
        row("labels:>=2", {0, 2, 5});
        row("labels:>3", {});
        row("labels:2..3", {0, 2, 5});
        row("labels:>2.5", {5});

        row("quality:>=0.9", {0, 3}); // the least reliable counts, what is not rated does not
        row("quality:>0.9", {3});
        row("quality:0.5", {1, 2, 5});
        row("quality:<0.95", {0, 1, 2, 5});
        row("-quality:<0.95", {3, 4, 6, 7});

        row("state:ready", {0, 4});
        row("state:failed label:Music", {2});
        row("reason:private", {2});
        row("reason:VIDEO", {2});
        row("reason:transient", {6});
        row("reason:e", {2, 6});
        row("verdict:keep", {0});
        row("verdict:reject", {4});
        row("verdict:undecided state:ready", {});
        row("is:blacklisted", {6});
        row("is:flagged", {0});
        row("is:doubted is:flagged", {0});
        row("is:noted", {5});
        row("is:duplicate", {4, 5});
        row("-is:duplicate state:ready", {0});
        row("is:clipped", {5});
        row("loudness:<-40", {4});
        row("loudness:-23", {0});
        row("loudness:-23..-10", {0, 5});
        row("peak:>=-6", {0, 5});
        row("peak:>-6", {5});
        row("peak:0", {5});
        row("silence:>0.5", {4, 7});
        row("silence:0.5", {5});
        row("silence:0.75", {7});
        row("silence:0.5..0.75", {5, 7});
        row("truepeak:>0", {5});
        row("truepeak:<=0.6", {5});
        row("silence:1", {4});
        row("-silence:>0.5 state:ready", {0});
        row("bandwidth:<8000", {4, 5});
        row("bandwidth:16000", {0});
        row("-is:blacklisted start:>60", {5});

        row("-(dog | music)", {3, 4, 6, 7});
        row("(label:Dog | id:ggg) (start:0 | state:failed)", {0, 2, 7});
        row("-(label:Dog -label:Bark) labels:2", {0});
        row("label:Dog | label:Music | label:Speech | start:60", {0, 1, 2, 3, 4, 5});
        row("-label:Dog -label:Music -label:Speech", {4, 6, 7});
        row("-(-(-label:Dog))", {1, 3, 4, 5, 6, 7});
    }
    void rows()
    {
        QFETCH(QString, query);
        const auto parsed = parseQuery(query);
        QVERIFY2(parsed.has_value(), parsed ? "" : qUtf8Printable(parsed.error().text));
        std::vector<Row> rows{99};
        Filter(m_table, m_classes).run(*parsed, rows);
        QTEST(QList<int>(rows.begin(), rows.end()), "rows");
    }

    void noTable()
    {
        const SegmentTable table;
        std::vector<Row> rows{1, 2, 3};
        for (const QString &query : {u""_s, u"dog"_s, u"id:a -label:Dog start:0"_s}) {
            Filter(table, Classes()).run(*parseQuery(query), rows);
            QVERIFY(rows.empty());
        }
    }

    /// More rows, label sets and classes than are asked at a time.
    void manyOfEverything()
    {
        SegmentTable table;
        constexpr int labels = 300;
        constexpr int count = 20'000;
        std::vector<std::string> mids;
        for (int label = 0; label < labels; ++label)
            mids.push_back("/m/x" + std::to_string(label));
        const auto pair = [](int row) { return std::pair(row % labels, row / labels % labels); };
        for (int row = 0; row < count; ++row) {
            const auto [a, b] = pair(row);
            const std::vector<std::string_view> both{mids[static_cast<std::size_t>(a)],
                                                     mids[static_cast<std::size_t>(b)]};
            const auto key = std::to_string(10'000'000'000 + row);
            QVERIFY(table.append({*YtId::parse(key), 0, 10'000}, std::span(both).first(a == b ? 1 : 2)));
        }
        QString none; // and-ed, so that each class is asked for by itself
        QString any;
        for (int label = 0; label < 200; ++label) {
            none += u" -label:/m/x%1"_s.arg(label);
            any += (any.isEmpty() ? u"label:/m/x%1"_s : u" | label:/m/x%1"_s).arg(label);
        }
        const Filter filter(table, Classes());
        std::vector<Row> rows;
        filter.run(*parseQuery(none), rows);
        std::vector<Row> expected;
        for (int row = 0; row < count; ++row) {
            if (pair(row).first >= 200 && pair(row).second >= 200)
                expected.push_back(static_cast<Row>(row));
        }
        QCOMPARE(rows, expected);
        filter.run(*parseQuery(any), rows);
        QCOMPARE(rows.size(), count - expected.size());
        filter.run(*parseQuery(u"label:/m/x7 id:7"_s), rows);
        expected.clear();
        for (int row = 0; row < count; ++row) {
            if ((pair(row).first == 7 || pair(row).second == 7) && QString::number(row).contains(u'7'))
                expected.push_back(static_cast<Row>(row));
        }
        QCOMPARE(rows, expected);
    }

    void unknownClasses_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("position"); // -1: all are known
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("text");
        QTest::newRow("known") << u"label:Bark under:animal | label:/m/unknown nonsense"_s << -1 << 0
                               << QString();
        QTest::newRow("known, not in the table") << u"under:\"Violin, fiddle\""_s << -1 << 0 << QString();
        QTest::newRow("swapped") << u"dog label:Brak"_s << 4 << 10
                                 << u"there is no class “Brak”; did you mean “Bark”?"_s;
        QTest::newRow("deep") << u"start:0 (dog | -under:\"muzic\")"_s << 16 << 13
                              << u"there is no class “muzic”; did you mean “Music”?"_s;
        QTest::newRow("beginning") << u"label:Mus"_s << 0 << 9
                                   << u"there is no class “Mus”; did you mean “Music”?"_s;
        QTest::newRow("nothing is near")
            << u"label:xyzzyplugh"_s << 0 << 16 << u"there is no class “xyzzyplugh”"_s;
        QTest::newRow("only in the label file")
            << u"label:\"Café nose\""_s << 0 << 17
            << u"there is no class “Café nose”; did you mean “Café noise”?"_s;
    }
    void unknownClasses()
    {
        QFETCH(QString, query);
        QFETCH(int, position);
        const auto error = Filter(m_table, m_classes).check(*parseQuery(query));
        QCOMPARE(error.has_value(), position >= 0);
        if (!error)
            return;
        QCOMPARE(error->position, position);
        QTEST(static_cast<int>(error->length), "length");
        QTEST(error->text, "text");
    }

    void soughtLabels_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QStringList>("mids");
        QTest::newRow("label") << u"label:Dog"_s << QStringList{u"/m/0bt9lr"_s};
        QTest::newRow("word") << u"bar"_s << QStringList{u"/m/05tny_"_s};
        QTest::newRow("under") << u"under:Dog"_s
                               << QStringList{u"/m/0bt9lr"_s, u"/m/05tny_"_s, u"/m/0ghcn6"_s};
        QTest::newRow("several") << u"(label:Music | start:0) Speech"_s
                                 << QStringList{u"/m/04rlf"_s, u"/m/09x0r"_s};
        QTest::newRow("not") << u"label:Dog -label:Music -(speech | under:Animal)"_s
                             << QStringList{u"/m/0bt9lr"_s};
        QTest::newRow("none") << u"start:0 is:blacklisted"_s << QStringList{};
    }
    void soughtLabels()
    {
        QFETCH(QString, query);
        const std::vector<bool> sought = Filter(m_table, m_classes).soughtLabels(*parseQuery(query));
        QStringList mids;
        for (std::size_t label = 0; label < sought.size(); ++label) {
            if (sought[label])
                mids.append(QString::fromLatin1(m_table.mid(static_cast<LabelNumber>(label))));
        }
        QTEST(mids, "mids");
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
    QTemporaryDir m_folder;
    SegmentTable m_table;
    Classes m_classes;
};

QTEST_APPLESS_MAIN(TestFilter)
#include "tst_filter.moc"
