/// earmark-bench-table: opens a split and asks it everything once; one line of JSON for each thing measured.
///
///   earmark-bench-table SPLIT

#include "bench/measure.h"
#include "query/filter.h"
#include "query/queryparser.h"
#include "readers/splitreader.h"
#include "segments/labelcounts.h"
#include "segments/sort.h"

#include <array>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace earmark;
using bench::Repeats;

namespace {

std::uint64_t sumOf(std::span<const segments::Row> rows)
{
    return std::accumulate(rows.begin(), rows.end(), std::uint64_t{0});
}

/// Independent of the order of classes that are equally frequent, but not of which class has which count.
std::uint64_t sumOf(const segments::LabelCounts::Counts &counts)
{
    std::uint64_t sum = 0;
    for (std::size_t node = 0; node < counts.node.size(); ++node)
        sum += (node + 1) * counts.node[node];
    return sum;
}

struct Question
{
    std::string_view name;
    QString text;
};

const std::array Questions{
    Question{"label", u"label:Vehicle"_s},
    Question{"any", u"label:Vehicle | label:Dog | label:Siren"_s},
    Question{"not", u"label:Speech label:Music -label:Vehicle"_s},
    Question{"classes",
             u"label:Guitar | label:\"Electric guitar\" | label:\"Bass guitar\" | label:\"Acoustic guitar\""
             " | label:\"Steel guitar, slide guitar\" | label:\"Tapping (guitar technique)\""_s},
    Question{"word", u"guitar"_s},
    Question{"id", u"id:aB3"_s},
    Question{"duration", u"duration:<10"_s},
    Question{"letter", u"under:\"Musical instrument\" -l"_s},
    Question{"whole", u"under:\"Musical instrument\" -label:Music aB3x"_s},
};

class Bench final
{
public:
    explicit Bench(const segments::SegmentTable &table, const classes::Classes &classes,
                   const query::Filter &filter)
        : m_table(table)
        , m_classes(classes)
        , m_filter(filter)
    {
    }

    void filters()
    {
        for (const Question &question : Questions) {
            // What a keystroke costs: reading what was typed is part of it.
            const double cpu = bench::leastOf(Repeats, [&] {
                const auto query = query::parseQuery(question.text);
                if (!m_filter.check(*query))
                    m_filter.run(*query, m_rows);
            });
            bench::tell(question.name, cpu, m_rows.size(), sumOf(m_rows));
        }
    }

    void sort()
    {
        std::vector<QString> names;
        for (std::size_t label = 0; label < m_table.labelCount(); ++label)
            names.push_back(m_classes.displayName(m_table.mid(static_cast<segments::LabelNumber>(label))));
        std::vector<segments::Row> order;
        const double byStart = bench::leastOf(
            Repeats, [&] { order = segments::sortedRows(m_table, segments::SortKey::Start, names); });
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < order.size(); ++i)
            sum += (i + 1) * (m_table.key(order[i]).startMs / 1000);
        bench::tell("sort", byStart, order.size(), sum);

        const double byLabels =
            bench::timed([&] { order = segments::sortedRows(m_table, segments::SortKey::Labels, names); });
        bench::tell("sort by labels", byLabels, order.size(), 0);
        m_filter.run(*query::parseQuery(Questions[2].text), m_rows);
        const auto found = m_rows;
        double arranged = std::numeric_limits<double>::infinity();
        for (int i = 0; i < Repeats; ++i) {
            m_rows = found;
            arranged = std::min(arranged, bench::timed([&] { segments::arrange(m_rows, order, false); }));
        }
        bench::tell("arrange", arranged, m_rows.size(), sumOf(m_rows));
    }

    void counts()
    {
        std::optional<segments::LabelCounts> counts;
        bench::tellPrepared("counts", bench::timed([&] { counts.emplace(m_table, m_classes); }));
        m_rows.resize(m_table.size());
        std::iota(m_rows.begin(), m_rows.end(), segments::Row{0});
        segments::LabelCounts::Counts found;
        const double cpu = bench::leastOf(Repeats, [&] { found = counts->of(m_rows); });
        bench::tell("counts", cpu, std::accumulate(found.node.begin(), found.node.end(), std::size_t{0}),
                    sumOf(found));
        m_filter.run(*query::parseQuery(Questions[2].text), m_rows);
        const double some = bench::leastOf(Repeats, [&] { found = counts->of(m_rows); });
        bench::tell("counts of found", some, m_rows.size(), sumOf(found));
    }

private:
    const segments::SegmentTable &m_table;
    const classes::Classes &m_classes;
    const query::Filter &m_filter;
    std::vector<segments::Row> m_rows; ///< keeps its capacity, as the window's does
};

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fputs("usage: earmark-bench-table SPLIT\n", stderr);
        return 2;
    }
    const classes::Classes classes; // what the program itself knows, and has before a file is opened
    const auto before = bench::Memory::now();
    std::optional<Result<readers::Split>> split;
    std::optional<query::Filter> filter;
    const double cpu = bench::timed([&] {
        split.emplace(readers::readSplit(QString::fromLocal8Bit(argv[1])));
        if (*split)
            filter.emplace((*split)->table, classes);
    });
    if (!*split) {
        std::fprintf(stderr, "%s\n", qPrintable(split->error().text));
        return 1;
    }
    const segments::SegmentTable &table = (*split)->table;
    bench::tellOpen(cpu, before, table.size());

    Bench bench(table, classes, *filter);
    bench.filters();
    bench.sort();
    bench.counts();
    return 0;
}
