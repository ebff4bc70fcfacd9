#pragma once

#include "segments/segmenttable.h"

#include <QString>

#include <span>
#include <vector>

namespace earmark::segments {

/// What rows can be sorted by. Ties stay in the order of the file.
enum class SortKey {
    File, ///< the order of the file itself
    Id,   ///< byte order, as AudioSet sorts
    Start,
    End,
    Duration,
    Labels, ///< the labels' names, as they are shown
    // What follows changes with the clips.
    State,
    Verdict,
    Loudness,
    Peak,
    Silence,
    Bandwidth,
};
constexpr bool changesWithClips(SortKey key)
{
    return key >= SortKey::State;
}

/// All rows of a table in ascending order. `names`: of each label number, for SortKey::Labels.
std::vector<Row> sortedRows(const SegmentTable &table, SortKey key, std::span<const QString> names);

/// Puts `found` (ascending) into the order of `order`, a permutation of all rows; from its end when
/// `descending`. O(rows of the table).
void arrange(std::vector<Row> &found, std::span<const Row> order, bool descending);

} // namespace earmark::segments
