#pragma once

#include "segments/hashindex.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string_view>

namespace earmark::segments {

using LabelNumber = std::uint32_t; ///< a label of a table, in the order in which its file first names it

/// Numbers distinct sequences of labels from 0, in the order in which they are added.
class LabelSetInterner final
{
public:
    std::size_t size() const { return m_begins.size() - 1; }
    std::span<const LabelNumber> operator[](std::uint32_t number) const
    {
        return {m_arena.data() + m_begins[number], m_begins[number + 1] - m_begins[number]};
    }

    /// The number of a sequence, which is added unless it is there.
    std::uint32_t intern(std::span<const LabelNumber> labels)
    {
        const std::string_view bytes(reinterpret_cast<const char *>(labels.data()), labels.size_bytes());
        const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>()(bytes));
        const auto known = m_slots.find(
            hash, [&](std::uint32_t number) { return std::ranges::equal((*this)[number], labels); });
        if (known != HashIndex::None)
            return known;
        const auto number = static_cast<std::uint32_t>(size());
        m_arena.insert(m_arena.end(), labels.begin(), labels.end());
        m_begins.push_back(m_arena.size());
        m_slots.add(hash, number);
        return number;
    }

private:
    Column<LabelNumber> m_arena;
    Column<std::size_t> m_begins{0}; ///< of each sequence in the arena, and the end of the last
    HashIndex m_slots;
};

} // namespace earmark::segments
