#pragma once

#include "clips/clipstore.h"

#include <functional>
#include <set>

namespace earmark {

/// The clips that wait, in the order of the split: a bit for each place in it, and a set for what has no bit
/// (places beyond the largest split, and a second clip at one place, from another split).
class ClipQueue final
{
public:
    using Index = ClipStore::Index;

    void insert(std::uint32_t position, Index clip);
    /// Does nothing when it is not in it.
    void remove(std::uint32_t position, Index clip);
    /// The first that `fits`, asked in order; nothing when none does.
    std::optional<Index> first(const std::function<bool(Index)> &fits) const;

private:
    static constexpr std::uint32_t Places = 1U << 24; ///< eight times the unbalanced split

    bool hasBit(std::uint32_t position) const
    {
        return position / 64 < m_bits.size() && (m_bits[position / 64] >> position % 64 & 1) != 0;
    }

    std::vector<std::uint64_t> m_bits;
    std::vector<Index> m_clips; ///< at a place whose bit is set
    std::set<std::pair<std::uint32_t, Index>> m_others;
};

} // namespace earmark
