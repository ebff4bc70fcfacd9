#pragma once

#include "classes/classes.h"
#include "segments/segmenttable.h"

#include <span>
#include <vector>

namespace earmark::segments {

/// How many segments each class has. A segment counts once for each of its labels, and once for each class
/// that one of them stands under, however many do.
class LabelCounts final
{
public:
    struct Counts
    {
        std::vector<std::uint32_t> label; ///< by label number: segments with exactly this label
        std::vector<std::uint32_t> node;  ///< by node of the ontology: segments with it or a class below it
    };

    /// Prepares what each distinct label set counts for. `table` must outlive it.
    LabelCounts(const SegmentTable &table, const classes::Classes &classes);

    /// Of all rows of the table.
    const Counts &all() const { return m_all; }
    /// Of some rows; with `readyOnly`, of those among them whose clips can be heard.
    Counts of(std::span<const Row> rows, bool readyOnly = false) const;

private:
    Counts fromSets(std::span<const std::uint32_t> perSet) const;

    const SegmentTable &m_table;
    std::size_t m_nodeCount = 0;
    std::vector<std::uint16_t> m_nodes;   ///< what the sets count for, one set after the other
    std::vector<std::uint32_t> m_setEnds; ///< where each set ends in m_nodes
    Counts m_all;
};

} // namespace earmark::segments
