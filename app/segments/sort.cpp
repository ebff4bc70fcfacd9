#include "segments/sort.h"

#include "segments/radixsort.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace earmark::segments {

namespace {

/// By label number, the place of its name among all names; the same for equal ones.
std::vector<std::uint32_t> ranksOf(std::span<const QString> names)
{
    std::vector<QString> sorted(names.begin(), names.end());
    std::ranges::sort(sorted);
    std::vector<std::uint32_t> ranks;
    for (const QString &name : names)
        ranks.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(sorted, name) - sorted.begin()));
    return ranks;
}

/// By label set, its place among all sets, which compare by their labels' names one after the other.
std::vector<std::uint32_t> setRanks(const SegmentTable &table, std::span<const QString> names)
{
    const auto labelRanks = ranksOf(names);
    const auto rank = [&labelRanks](LabelNumber label) { return labelRanks[label]; };
    struct Set
    {
        std::uint64_t first; ///< the ranks of the first labels, as many as 64 bits hold, which mostly decide
        std::uint32_t number;
    };
    const int bits = std::max(1, static_cast<int>(std::bit_width(names.size()))); // of a rank, and of none
    const auto most = static_cast<std::size_t>(64 / bits);
    std::vector<Set> sets;
    for (std::uint32_t set = 0; set < table.setCount(); ++set) {
        const auto labels = table.setLabels(set);
        std::uint64_t first = 0;
        for (std::size_t i = 0; i < most; ++i)
            first = first << bits | (i < labels.size() ? rank(labels[i]) + 1 : 0);
        sets.push_back({first, set});
    }
    const auto isBefore = [&](const Set &a, const Set &b) {
        return a.first != b.first ? a.first < b.first
                                  : std::ranges::lexicographical_compare(
                                        table.setLabels(a.number), table.setLabels(b.number), {}, rank, rank);
    };
    std::ranges::sort(sets, isBefore);
    std::vector<std::uint32_t> ranks(sets.size());
    for (std::size_t i = 1; i < sets.size(); ++i)
        ranks[sets[i].number] = ranks[sets[i - 1].number] + (isBefore(sets[i - 1], sets[i]) ? 1 : 0);
    return ranks;
}

/// What is not measured comes last.
template <class Field>
void sortByMeasure(std::vector<Row> &rows, const SegmentTable &table, Field Measures::*field)
{
    radixSort(rows, [&table, field](Row row) {
        const Measures measures = table.measures(row);
        constexpr int Least = std::numeric_limits<Field>::min();
        const bool isKnown = measures.areKnown() && (!std::is_signed_v<Field> || measures.*field != Least);
        return isKnown ? static_cast<std::uint32_t>(measures.*field - Least)
                       : std::uint32_t{std::numeric_limits<std::uint16_t>::max()} + 1;
    });
}

} // namespace

std::vector<Row> sortedRows(const SegmentTable &table, SortKey key, std::span<const QString> names)
{
    std::vector<Row> rows(table.size());
    std::iota(rows.begin(), rows.end(), Row{0});
    const auto starts = table.starts();
    const auto ends = table.ends();
    const auto sets = table.sets();
    switch (key) {
    case SortKey::File:
        break;
    case SortKey::Id:
        if (!std::ranges::is_sorted(table.ids())) // AudioSet's are
            radixSortById(rows, table.ids());
        break;
    case SortKey::Start:
        radixSort(rows, [starts](Row row) { return starts[row]; });
        break;
    case SortKey::End:
        radixSort(rows, [ends](Row row) { return ends[row]; });
        break;
    case SortKey::Duration:
        radixSort(rows, [starts, ends](Row row) { return ends[row] - starts[row]; });
        break;
    case SortKey::Labels:
        radixSort(rows, [sets, ranks = setRanks(table, names)](Row row) { return ranks[sets[row]]; });
        break;
    case SortKey::State:
        radixSort(rows, [&table](Row row) { return static_cast<std::uint32_t>(table.state(row)); });
        break;
    case SortKey::Verdict:
        radixSort(rows, [&table](Row row) { return static_cast<std::uint32_t>(table.verdict(row)); });
        break;
    case SortKey::Loudness:
        sortByMeasure(rows, table, &Measures::loudness);
        break;
    case SortKey::Peak:
        sortByMeasure(rows, table, &Measures::peak);
        break;
    case SortKey::Silence:
        sortByMeasure(rows, table, &Measures::silence);
        break;
    case SortKey::Bandwidth:
        sortByMeasure(rows, table, &Measures::bandwidth);
        break;
    }
    return rows;
}

void arrange(std::vector<Row> &found, std::span<const Row> order, bool descending)
{
    std::vector<std::uint8_t> isFound(order.size());
    for (const Row row : found)
        isFound[row] = 1;
    found.resize(order.size()); // one more is written than is kept
    std::size_t count = 0;
    const auto gather = [&](auto at, auto end) {
        for (; at != end; ++at) { // without a branch that could be mispredicted
            found[count] = *at;
            count += isFound[*at];
        }
    };
    if (descending)
        gather(order.rbegin(), order.rend());
    else
        gather(order.begin(), order.end());
    found.resize(count);
}

} // namespace earmark::segments
