#include "segments/sort.h"

#include "support/testmain.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <numeric>

using namespace earmark;
using namespace earmark::segments;
using namespace Qt::StringLiterals;

class TestSort final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (int label = 0; label < 40; ++label) {
            m_mids.push_back("/m/" + std::to_string(label));
            // Some names are equal, and some begin as others do.
            m_names.push_back(u"Name %1"_s.arg(label * 7 % 23));
        }
        QRandomGenerator random(5);
        fill(m_sorted, random, true);
        fill(m_shuffled, random, false);
    }

    void sortsAsAStableSortDoes_data()
    {
        QTest::addColumn<SortKey>("key");
        QTest::addColumn<bool>("shuffled");
        constexpr std::pair<const char *, SortKey> keys[]{
            {"file", SortKey::File},         {"id", SortKey::Id},
            {"start", SortKey::Start},       {"end", SortKey::End},
            {"duration", SortKey::Duration}, {"labels", SortKey::Labels},
            {"state", SortKey::State},       {"verdict", SortKey::Verdict},
            {"loudness", SortKey::Loudness}, {"peak", SortKey::Peak},
            {"silence", SortKey::Silence},   {"bandwidth", SortKey::Bandwidth}};
        for (const auto &[name, key] : keys) {
            QTest::newRow(name) << key << false;
            QTest::addRow("%s, ids in no order", name) << key << true;
        }
    }
    void sortsAsAStableSortDoes()
    {
        QFETCH(SortKey, key);
        QFETCH(bool, shuffled);
        const SegmentTable &table = shuffled ? m_shuffled : m_sorted;
        std::vector<Row> expected(table.size());
        std::iota(expected.begin(), expected.end(), Row{0});
        const auto by = [&expected](const auto &value) { std::ranges::stable_sort(expected, {}, value); };
        switch (key) {
        case SortKey::File:
            break;
        case SortKey::Id:
            by([&](Row row) { return table.key(row).ytid.toString(); });
            break;
        case SortKey::Start:
            by([&](Row row) { return table.key(row).startMs; });
            break;
        case SortKey::End:
            by([&](Row row) { return table.key(row).endMs; });
            break;
        case SortKey::Duration:
            by([&](Row row) { return table.key(row).durationMs(); });
            break;
        case SortKey::Labels:
            by([&, all = namesOf(table)](Row row) {
                QStringList names;
                for (const LabelNumber label : table.labels(row))
                    names.append(all[label]);
                return names;
            });
            break;
        case SortKey::State:
            by([&](Row row) { return table.state(row); });
            break;
        case SortKey::Verdict:
            by([&](Row row) { return table.verdict(row); });
            break;
        case SortKey::Loudness:
            by([&](Row row) {
                return std::pair(!table.measures(row).areKnown(), table.measures(row).loudness);
            });
            break;
        case SortKey::Peak:
            by([&](Row row) { return std::pair(!table.measures(row).areKnown(), table.measures(row).peak); });
            break;
        case SortKey::Silence:
            by([&](Row row) {
                return std::pair(!table.measures(row).areKnown(), table.measures(row).silence);
            });
            break;
        case SortKey::Bandwidth:
            by([&](Row row) {
                return std::pair(!table.measures(row).areKnown(), table.measures(row).bandwidth);
            });
            break;
        }
        QCOMPARE(sortedRows(table, key, namesOf(table)), expected);
    }

    void nothingToSort()
    {
        const SegmentTable table;
        for (const SortKey key : {SortKey::Id, SortKey::Start, SortKey::Labels, SortKey::State})
            QVERIFY(sortedRows(table, key, {}).empty());
        std::vector<Row> found;
        arrange(found, {}, true);
        QVERIFY(found.empty());
    }

    void arranges_data()
    {
        QTest::addColumn<QList<Row>>("found");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<QList<Row>>("arranged");
        const QList<Row> all{0, 1, 2, 3, 4};
        QTest::newRow("some") << QList<Row>{0, 2, 3} << false << QList<Row>{3, 0, 2};
        QTest::newRow("some, descending") << QList<Row>{0, 2, 3} << true << QList<Row>{2, 0, 3};
        QTest::newRow("all") << all << false << QList<Row>{3, 1, 4, 0, 2};
        QTest::newRow("all, descending") << all << true << QList<Row>{2, 0, 4, 1, 3};
        QTest::newRow("none") << QList<Row>{} << false << QList<Row>{};
    }
    void arranges()
    {
        QFETCH(QList<Row>, found);
        QFETCH(bool, descending);
        std::vector<Row> rows(found.begin(), found.end());
        arrange(rows, std::vector<Row>{3, 1, 4, 0, 2}, descending);
        QTEST(QList<Row>(rows.begin(), rows.end()), "arranged");
    }

    /// As captions are: each place among the names counts, also beyond 16 bits.
    void sortsByManyDifferentLabels()
    {
        constexpr quint32 count = 120'000;
        QRandomGenerator random(5);
        SegmentTable table;
        std::vector<QString> names;
        for (quint32 row = 0; row < count; ++row) {
            // Two labels a row, the first in no order; the second decides where the first is the same.
            const auto own = std::to_string((row * 7'919 + 13) % count);
            const auto other = std::to_string(random.bounded(count));
            const auto id = std::to_string(10'000'000'000 + row);
            QVERIFY(table.append({*YtId::parse(id), 0, 10'000}, {{row % 5 == 0 ? "0" : own, other}}));
        }
        for (std::size_t label = 0; label < table.labelCount(); ++label)
            names.push_back(
                QString::fromLatin1(table.mid(static_cast<LabelNumber>(label))).rightJustified(6, u'0'));
        const auto textOf = [&](Row row) {
            QString text;
            for (const LabelNumber label : table.labels(row))
                text += names[label] + u' ';
            return text;
        };
        const auto sorted = sortedRows(table, SortKey::Labels, names);
        QCOMPARE(sorted.size(), std::size_t{count});
        for (std::size_t at = 1; at < sorted.size(); ++at)
            QVERIFY2(textOf(sorted[at - 1]) <= textOf(sorted[at]), qPrintable(textOf(sorted[at])));
    }

private:
    void fill(SegmentTable &table, QRandomGenerator &random, bool isSorted)
    {
        constexpr int rows = 1'500;
        const qint64 first = 10'000'000'000;
        for (int row = 0; row < rows; ++row) {
            // Of shuffled ids, some differ in the last character only, and some are there several times.
            const qint64 number = isSorted ? first + row : first + random.bounded(1'200) * 999'983;
            const auto start = static_cast<std::uint32_t>(random.bounded(30)) * 1'000'003;
            std::vector<std::string_view> labels;
            for (int count = random.bounded(1, 7); count > 0; --count) {
                const std::string_view label = m_mids[static_cast<std::size_t>(random.bounded(40))];
                if (std::ranges::find(labels, label) == labels.end())
                    labels.push_back(label);
            }
            QVERIFY(table.append({*YtId::parse(std::to_string(number)), start,
                                  start + 1 + static_cast<std::uint32_t>(random.bounded(20)) * 777},
                                 labels));
            ClipFacts clip{AllClipStates[static_cast<std::size_t>(random.bounded(7))],
                           AllVerdicts[static_cast<std::size_t>(random.bounded(3))]};
            if (random.bounded(3) > 0) {
                clip.measures.peak = static_cast<std::int16_t>(random.bounded(-12'000, 1));
                clip.measures.loudness = static_cast<std::int16_t>(random.bounded(-12'000, 2'000));
                clip.measures.silence = static_cast<std::uint16_t>(random.bounded(65'536));
                clip.measures.bandwidth = static_cast<std::uint16_t>(random.bounded(65'536));
            }
            table.setClip(static_cast<Row>(row), clip);
        }
    }

    /// By the table's own label numbers.
    std::vector<QString> namesOf(const SegmentTable &table) const
    {
        std::vector<QString> names;
        for (std::size_t label = 0; label < table.labelCount(); ++label)
            names.push_back(m_names[table.mid(static_cast<LabelNumber>(label)).mid(3).toUInt()]);
        return names;
    }

    std::vector<std::string> m_mids;
    std::vector<QString> m_names;
    SegmentTable m_sorted;
    SegmentTable m_shuffled;
};

QTEST_APPLESS_MAIN(TestSort)
#include "tst_sort.moc"
