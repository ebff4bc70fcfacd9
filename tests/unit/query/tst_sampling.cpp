#include "query/filter.h"
#include "query/queryparser.h"
#include "readers/splitreader.h"
#include "segments/sampling.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QRandomGenerator>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace earmark;
using namespace earmark::classes;
using namespace earmark::query;
using namespace earmark::readers;
using namespace earmark::segments;
using namespace Qt::StringLiterals;

namespace {

struct Segment
{
    SegmentKey key;
    std::vector<std::string> mids;
};

/// Classes from very frequent to very rare, up to four a segment; some segments share their video.
std::vector<Segment> randomSegments(QRandomGenerator &random, int count)
{
    std::vector<Segment> segments;
    for (int i = 0; i < count; ++i) {
        Segment segment;
        const QByteArray id = QByteArray::number(100'000'000 + i / 2 * 7'919).rightJustified(11, '-');
        segment.key = {*YtId::parse(id.toStdString()), static_cast<std::uint32_t>(i % 2 * 5'000), 10'000};
        std::set<std::string> mids;
        for (int j = random.bounded(1, 5); j > 0; --j)
            mids.insert("/m/" + std::to_string(static_cast<int>(10 * std::pow(random.generateDouble(), 3))));
        segment.mids.assign(mids.begin(), mids.end());
        segments.push_back(std::move(segment));
    }
    return segments;
}

SegmentTable tableOf(const std::vector<Segment> &segments)
{
    SegmentTable table;
    for (const Segment &segment : segments)
        table.append(segment.key, std::vector<std::string_view>(segment.mids.begin(), segment.mids.end()));
    table.index();
    return table;
}

std::vector<Row> allRows(const SegmentTable &table)
{
    std::vector<Row> rows(table.size());
    std::iota(rows.begin(), rows.end(), Row{0});
    return rows;
}

std::vector<SegmentKey> keysOf(const SegmentTable &table, const std::vector<Row> &rows)
{
    std::vector<SegmentKey> keys;
    for (const Row row : rows)
        keys.push_back(table.key(row));
    std::ranges::sort(keys);
    return keys;
}

bool has(const SegmentTable &table, Row row, const QByteArray &mid)
{
    return std::ranges::any_of(table.labels(row), [&](LabelNumber label) { return table.mid(label) == mid; });
}

/// What the header promises, in the plainest way: one clip after the other.
std::vector<Row> plainSample(const SegmentTable &table, const std::vector<Row> &found,
                             const std::vector<QByteArray> &classes, Row count, std::uint64_t seed)
{
    std::vector<Row> ordered;
    for (Row size = 1; size <= found.size(); ++size) {
        for (const Row row : sampleAtRandom(table, found, size, seed)) {
            if (std::ranges::find(ordered, row) == ordered.end())
                ordered.push_back(row);
        }
    }
    std::multimap<std::pair<std::ptrdiff_t, QByteArray>, QByteArray> rarestFirst;
    for (const QByteArray &mid : classes) {
        const auto rows = std::ranges::count_if(found, [&](Row row) { return has(table, row, mid); });
        rarestFirst.insert({{rows, mid}, mid});
    }
    std::vector<Row> chosen;
    for (const auto &[rarity, mid] : rarestFirst) {
        auto got = std::ranges::count_if(chosen, [&](Row row) { return has(table, row, mid); });
        for (const Row row : ordered) {
            if (got < count && has(table, row, mid) && std::ranges::find(chosen, row) == chosen.end()) {
                chosen.push_back(row);
                ++got;
            }
        }
    }
    std::ranges::sort(chosen);
    return chosen;
}

} // namespace

class TestSampling final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Over random tables, parts of them and classes: the promise, the outcome, the plain way's rows.
    void perClass_data()
    {
        QTest::addColumn<int>("segments");
        QTest::addColumn<int>("count");
        for (const int segments : {0, 1, 30, 200}) {
            for (const int count : {0, 1, 3, 20, 1'000})
                QTest::addRow("%d of %d", count, segments) << segments << count;
        }
    }
    void perClass()
    {
        QFETCH(int, segments);
        QFETCH(int, count);
        QRandomGenerator random(static_cast<quint32>(segments + count));
        for (std::uint64_t seed = 0; seed < 5; ++seed) {
            const SegmentTable table = tableOf(randomSegments(random, segments));
            std::vector<Row> found = allRows(table);
            std::erase_if(found, [&](Row) { return seed > 0 && random.bounded(4) == 0; });
            std::vector<QByteArray> classes{"/m/0", "/m/9", "/m/nowhere"};
            if (seed > 1)
                classes = classesToSample(table, found, {});
            const auto wanted = static_cast<Row>(count);
            const Sample sample = samplePerClass(table, found, classes, wanted, seed);

            QVERIFY(std::ranges::is_sorted(sample.rows));
            QVERIFY(std::ranges::includes(found, sample.rows));
            QCOMPARE(sample.classes.size(), classes.size());
            for (const ClassOutcome &outcome : sample.classes) {
                const auto withIt = [&](Row row) { return has(table, row, outcome.mid); };
                QCOMPARE(outcome.asked, wanted);
                QCOMPARE(outcome.available, static_cast<Row>(std::ranges::count_if(found, withIt)));
                QCOMPARE(outcome.got, static_cast<Row>(std::ranges::count_if(sample.rows, withIt)));
                QVERIFY(outcome.got >= std::min(outcome.asked, outcome.available));
                QCOMPARE(outcome.reason().isEmpty(), outcome.got >= outcome.asked);
            }
            QVERIFY(std::ranges::is_sorted(sample.classes, {}, &ClassOutcome::available));
            QCOMPARE(sample.rows, plainSample(table, found, classes, wanted, seed));
        }
    }

    void orderOfTheFileIsNoMatter()
    {
        QRandomGenerator random(7);
        std::vector<Segment> segments = randomSegments(random, 500);
        const SegmentTable table = tableOf(segments);
        std::ranges::shuffle(segments, random);
        for (Segment &segment : segments)
            std::ranges::shuffle(segment.mids, random);
        const SegmentTable other = tableOf(segments);
        const auto classes = classesToSample(table, allRows(table), {});
        const auto otherClasses = classesToSample(other, allRows(other), {});
        for (const std::uint64_t seed : {0, 1, 42}) {
            const Sample sample = samplePerClass(table, allRows(table), classes, 9, seed);
            const Sample again = samplePerClass(other, allRows(other), otherClasses, 9, seed);
            QCOMPARE(keysOf(table, sample.rows), keysOf(other, again.rows));
            QCOMPARE(sample.classes, again.classes);
            QCOMPARE(keysOf(table, sampleAtRandom(table, allRows(table), 50, seed)),
                     keysOf(other, sampleAtRandom(other, allRows(other), 50, seed)));
        }
    }

    /// The same on every machine and with every compiler: written down once.
    void sameForEver()
    {
        const auto split = readSampleSplit();
        VERIFY_OK(split);
        const std::vector<Row> rows = sampleAtRandom(split->table, allRows(split->table), 3, 1);
        QStringList stems;
        for (const Row row : rows)
            stems.append(split->table.key(row).stem());
        QCOMPARE(stems.join(u' '), u"Y2QcOD8uCu0E_0_10 YaKhM6zyL--k_330_340 YbDNz4NDWzaM_70_80"_s);
    }

    void atRandom()
    {
        QRandomGenerator random(8);
        const SegmentTable table = tableOf(randomSegments(random, 400));
        std::vector<Row> found = allRows(table);
        std::erase_if(found, [](Row row) { return row % 3 == 0; });
        std::vector<Row> smaller;
        for (const Row count : {0, 1, 10, 100, 266, 267, 1'000}) {
            const std::vector<Row> rows = sampleAtRandom(table, found, count, 5);
            QCOMPARE(rows.size(), std::min<std::size_t>(count, found.size()));
            QVERIFY(std::ranges::is_sorted(rows));
            QVERIFY(std::ranges::includes(found, rows));
            QVERIFY(std::ranges::includes(rows, smaller));
            smaller = rows;
        }
        QVERIFY(sampleAtRandom(table, found, 10, 5) != sampleAtRandom(table, found, 10, 6));
    }

    /// Every row comes as often as any other: 1,000 seeds, 10 of 100 rows.
    void isEven()
    {
        QRandomGenerator random(9);
        const SegmentTable table = tableOf(randomSegments(random, 100));
        std::vector<int> times(table.size());
        for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
            for (const Row row : sampleAtRandom(table, allRows(table), 10, seed))
                ++times[row];
        }
        // 100 expected, standard deviation 9.5: six of them.
        QVERIFY2(std::ranges::min(times) > 43, qPrintable(QString::number(std::ranges::min(times))));
        QVERIFY2(std::ranges::max(times) < 157, qPrintable(QString::number(std::ranges::max(times))));
    }

    void classes_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("asked for") << u"label:Dog|label:Bark"_s << QStringList{u"Bark"_s, u"Dog"_s};
        QTest::newRow("excluded is not asked for") << u"dog -label:Bark"_s << QStringList{u"Dog"_s};
        QTest::newRow("all of what is found") << u"id:bbb"_s << QStringList{u"Dog"_s, u"Music"_s};
        QTest::newRow("nothing found") << u"id:xxx"_s << QStringList();
    }
    void classes()
    {
        QFETCH(QString, query);
        const SegmentTable table =
            tableOf({{{*YtId::parse("aaaaaaaaaaa"), 0, 10'000}, {"/m/0bt9lr", "/m/05tny_"}},
                     {{*YtId::parse("bbbbbbbbbbb"), 0, 10'000}, {"/m/04rlf", "/m/0bt9lr"}},
                     {{*YtId::parse("ccccccccccc"), 0, 10'000}, {"/m/09x0r"}}});
        const Filter filter(table, Classes());
        const auto parsed = parseQuery(query);
        QVERIFY(parsed.has_value());
        std::vector<Row> found;
        filter.run(*parsed, found);
        QStringList names;
        for (const QByteArray &mid : classesToSample(table, found, filter.soughtLabels(*parsed)))
            names.append(Classes().displayName(mid));
        names.sort();
        QTEST(names, "names");
    }

    void reasons_data()
    {
        QTest::addColumn<int>("got");
        QTest::addColumn<QString>("reason");
        QTest::newRow("none") << 0 << u"no segment has it"_s;
        QTest::newRow("one") << 1 << u"only one segment has it"_s;
        QTest::newRow("some") << 59 << u"only 59 segments have it"_s;
        QTest::newRow("enough") << 100 << QString();
        QTest::newRow("more") << 120 << QString();
    }
    void reasons()
    {
        QFETCH(int, got);
        const auto rows = static_cast<Row>(got);
        QTEST((ClassOutcome{.mid = "/m/0bt9lr", .asked = 100, .got = rows, .available = rows}.reason()),
              "reason");
    }
};

QTEST_APPLESS_MAIN(TestSampling)
#include "tst_sampling.moc"
