#include "review/order.h"

#include <algorithm>

namespace earmark::review {

using namespace Qt::StringLiterals;
using dataset::LabelNumber;
using dataset::Row;

namespace {

/// SplitMix64's last step: neighbours come far apart.
std::uint64_t scattered(std::uint64_t number)
{
    number = (number ^ number >> 30) * 0xBF58'476D'1CE4'E5B9;
    number = (number ^ number >> 27) * 0x94D0'49BB'1331'11EB;
    return number ^ number >> 31;
}

/// Of the segment itself, so that another filter leaves those that it finds, too, in the same order.
std::uint64_t lot(const SegmentKey &key, std::uint32_t seed)
{
    std::uint64_t number = scattered(seed + 0x9E37'79B9'7F4A'7C15);
    for (const char c : key.ytid.view())
        number = scattered(number ^ static_cast<unsigned char>(c));
    return scattered(number ^ (std::uint64_t{key.startMs} << 32 | key.endMs));
}

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

void sortByLabel(const dataset::SegmentTable &table, std::vector<Row> &rows)
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

QLatin1StringView word(Order order)
{
    switch (order) {
    case Order::AsShown:
        return "as-shown"_L1;
    case Order::Shuffled:
        return "shuffled"_L1;
    case Order::UndecidedFirst:
        return "undecided-first"_L1;
    case Order::ByLabel:
        return "by-label"_L1;
    }
    return "as-shown"_L1;
}

std::optional<Order> orderFromWord(QStringView text)
{
    const auto found = std::ranges::find_if(AllOrders, [text](Order order) { return text == word(order); });
    return found == AllOrders.end() ? std::nullopt : std::optional(*found);
}

std::vector<Row> inOrder(const dataset::SegmentTable &table, std::span<const Row> shown, Order order,
                         std::uint32_t seed)
{
    std::vector<Row> rows;
    std::ranges::copy_if(shown, std::back_inserter(rows),
                         [&table](Row row) { return isPlayable(table.state(row)); });
    switch (order) {
    case Order::AsShown:
        break;
    case Order::Shuffled:
        sortBy(rows, [&](Row row) { return lot(table.key(row), seed); });
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
