#include "dataset/sort.h"

#include <algorithm>
#include <numeric>

namespace earmark::dataset {

std::vector<Row> sortedRows(const SegmentTable &table, SortKey key, std::span<const QString> names)
{
    std::vector<Row> rows(table.size());
    std::iota(rows.begin(), rows.end(), Row{0});
    const auto labels = [&](Row row) {
        QString text;
        for (const LabelNumber label : table.labels(row))
            text += names[label] + u'\n';
        return text;
    };
    const auto by = [&](const auto &value) { std::ranges::stable_sort(rows, {}, value); };
    switch (key) {
    case SortKey::File:
        break;
    case SortKey::Id:
        by([&](Row row) { return table.key(row).ytid; });
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
        by(labels);
        break;
    case SortKey::State:
        by([&](Row row) { return table.state(row); });
        break;
    }
    return rows;
}

void arrange(std::vector<Row> &found, std::span<const Row> order, bool descending)
{
    std::vector<bool> isFound(order.size());
    for (const Row row : found)
        isFound[row] = true;
    found.clear();
    for (std::size_t place = 0; place < order.size(); ++place) {
        const Row row = order[descending ? order.size() - 1 - place : place];
        if (isFound[row])
            found.push_back(row);
    }
}

} // namespace earmark::dataset
