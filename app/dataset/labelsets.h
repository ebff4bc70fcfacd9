#pragma once

#include "dataset/hugepages.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace earmark::dataset {

using LabelNumber = std::uint16_t; ///< a label of a table, in the order in which its file first names it

/// Numbers distinct sequences of labels from 0, in the order in which they are added. Open addressing over
/// one arena.
class LabelSets final
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
        for (std::size_t at = hash & m_mask; m_slots[at].number != None; at = (at + 1) & m_mask) {
            if (m_slots[at].hash == hash && std::ranges::equal((*this)[m_slots[at].number], labels))
                return m_slots[at].number;
        }
        const auto number = static_cast<std::uint32_t>(size());
        m_arena.insert(m_arena.end(), labels.begin(), labels.end());
        m_begins.push_back(m_arena.size());
        if (4 * size() > 3 * m_mask) {
            m_mask = 2 * m_mask + 1;
            for (const Slot &slot : std::exchange(m_slots, Column<Slot>(m_mask + 1, Slot()))) {
                if (slot.number != None)
                    place(slot);
            }
        }
        place({hash, number});
        return number;
    }

private:
    static constexpr std::uint32_t None = ~0U;

    struct Slot
    {
        std::uint32_t hash = 0;
        std::uint32_t number = None;
    };

    void place(const Slot &slot)
    {
        std::size_t at = slot.hash & m_mask;
        while (m_slots[at].number != None)
            at = (at + 1) & m_mask;
        m_slots[at] = slot;
    }

    Column<LabelNumber> m_arena;
    Column<std::size_t> m_begins{0}; ///< of each sequence in the arena, and the end of the last
    std::size_t m_mask = 1023;
    Column<Slot> m_slots = Column<Slot>(m_mask + 1, Slot());
};

} // namespace earmark::dataset
