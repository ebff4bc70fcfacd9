#include "segments/labelcounts.h"

#include <algorithm>

namespace earmark::segments {

LabelCounts::LabelCounts(const SegmentTable &table, const classes::Classes &classes)
    : m_table(table)
    , m_nodeCount(classes.ontology->nodes().size())
{
    const auto &nodes = classes.ontology->nodes();
    std::vector<std::vector<std::uint16_t>> above(table.labelCount()); // a label's node and all above it
    for (std::size_t label = 0; label < above.size(); ++label) {
        std::vector<int> open{classes.ontology->find(table.mid(static_cast<LabelNumber>(label)))};
        while (!open.empty()) {
            const int node = open.back();
            open.pop_back();
            if (node < 0 || std::ranges::find(above[label], node) != above[label].end())
                continue;
            above[label].push_back(static_cast<std::uint16_t>(node));
            const auto &parents = nodes[static_cast<std::size_t>(node)].parents;
            open.insert(open.end(), parents.begin(), parents.end());
        }
    }
    std::vector<std::uint32_t> lastSet(m_nodeCount, ~0U); // which set a node was last counted for
    m_setEnds.reserve(table.setCount());
    for (std::uint32_t set = 0; set < table.setCount(); ++set) {
        for (const LabelNumber label : table.setLabels(set)) {
            for (const std::uint16_t node : above[label]) {
                if (std::exchange(lastSet[node], set) != set)
                    m_nodes.push_back(node);
            }
        }
        m_setEnds.push_back(static_cast<std::uint32_t>(m_nodes.size()));
    }
    std::vector<std::uint32_t> perSet(table.setCount());
    for (Row row = 0; row < table.size(); ++row)
        ++perSet[table.set(row)];
    m_all = fromSets(perSet);
}

LabelCounts::Counts LabelCounts::of(std::span<const Row> rows, bool readyOnly) const
{
    std::vector<std::uint32_t> perSet(m_table.setCount());
    for (const Row row : rows) {
        if (!readyOnly || isPlayable(m_table.state(row)))
            ++perSet[m_table.set(row)];
    }
    return fromSets(perSet);
}

LabelCounts::Counts LabelCounts::fromSets(std::span<const std::uint32_t> perSet) const
{
    Counts counts{std::vector<std::uint32_t>(m_table.labelCount()), std::vector<std::uint32_t>(m_nodeCount)};
    std::uint32_t at = 0;
    for (std::uint32_t set = 0; set < perSet.size(); ++set) {
        const std::uint32_t end = m_setEnds[set];
        if (const std::uint32_t count = perSet[set]) {
            for (const LabelNumber label : m_table.setLabels(set))
                counts.label[label] += count;
            for (std::uint32_t place = at; place < end; ++place)
                counts.node[m_nodes[place]] += count;
        }
        at = end;
    }
    return counts;
}

} // namespace earmark::segments
