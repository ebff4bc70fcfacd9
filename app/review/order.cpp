#include "review/order.h"

#include "base/enumkeywords.h"
#include "clips/seededorder.h"

#include <algorithm>

namespace earmark::review {

using segments::LabelNumber;
using segments::Row;

namespace {

constexpr std::array OrderKeywords{
    EnumKeyword{Order::AsShown, "as-shown"},
    EnumKeyword{Order::Shuffled, "shuffled"},
    EnumKeyword{Order::UndecidedFirst, "undecided-first"},
    EnumKeyword{Order::ByLabel, "by-label"},
};

template <class KeyOf>
void sortBy(std::vector<Row> &rows, const KeyOf &keyOf)
{
    using Key = std::invoke_result_t<KeyOf, Row>;
    std::vector<std::pair<Key, Row>> keyed;
    keyed.reserve(rows.size());
    for (const Row row : rows)
        keyed.emplace_back(keyOf(row), row);
    std::ranges::stable_sort(keyed, {}, &std::pair<Key, Row>::first);
    std::ranges::transform(keyed, rows.begin(), &std::pair<Key, Row>::second);
}

void sortByLabel(const segments::SegmentTable &table, std::vector<Row> &rows)
{
    std::vector<std::uint32_t> counts(table.labelCount());
    for (const Row row : rows) {
        for (const LabelNumber label : table.labels(row))
            ++counts[label];
    }
    sortBy(rows, [&](Row row) {
        std::pair<std::uint32_t, LabelNumber> rarest{0, 0};
        for (const LabelNumber label : table.labels(row)) {
            const std::pair candidate{counts[label], label};
            if (rarest.first == 0 || candidate < rarest)
                rarest = candidate;
        }
        return rarest;
    });
}

} // namespace

QLatin1StringView keyword(Order order)
{
    return keywordOf(OrderKeywords, order);
}

std::vector<Row> inOrder(const segments::SegmentTable &table, std::span<const Row> shown, Order order,
                         std::uint32_t seed)
{
    std::vector<Row> rows;
    std::ranges::copy_if(shown, std::back_inserter(rows),
                         [&table](Row row) { return isPlayable(table.state(row)); });
    switch (order) {
    case Order::AsShown:
        break;
    case Order::Shuffled:
        // By the segment's own lot, so that another filter leaves those that it finds, too, in the same
        // order.
        sortBy(rows, [&](Row row) { return seededRank(table.key(row), seed); });
        break;
    case Order::UndecidedFirst:
        std::ranges::stable_partition(rows,
                                      [&table](Row row) { return table.verdict(row) == Verdict::Undecided; });
        break;
    case Order::ByLabel:
        sortByLabel(table, rows);
        break;
    }
    return rows;
}

} // namespace earmark::review
