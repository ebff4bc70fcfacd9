#pragma once

#include "segments/column.h"

#include <cstdint>
#include <utility>

namespace earmark::segments {

/// Numbers by a hash of what they stand for, which is kept elsewhere. Open addressing.
class HashIndex final
{
public:
    static constexpr std::uint32_t None = ~0U;

    /// The number of this hash that `isIt` says yes to; None when there is none.
    template <class IsIt>
    std::uint32_t find(std::uint32_t hash, const IsIt &isIt) const
    {
        std::size_t at = hash & m_mask;
        while (m_slots[at].number != None && !(m_slots[at].hash == hash && isIt(m_slots[at].number)))
            at = (at + 1) & m_mask;
        return m_slots[at].number;
    }

    void add(std::uint32_t hash, std::uint32_t number)
    {
        if (4 * ++m_count > 3 * m_mask) {
            m_mask = 2 * m_mask + 1;
            for (const Slot &slot : std::exchange(m_slots, Column<Slot>(m_mask + 1, Slot()))) {
                if (slot.number != None)
                    put(slot);
            }
        }
        put({hash, number});
    }

private:
    struct Slot
    {
        std::uint32_t hash = 0;
        std::uint32_t number = None;
    };

    void put(const Slot &slot)
    {
        std::size_t at = slot.hash & m_mask;
        while (m_slots[at].number != None)
            at = (at + 1) & m_mask;
        m_slots[at] = slot;
    }

    std::size_t m_count = 0;
    std::size_t m_mask = 1023; ///< a power of two, less one
    Column<Slot> m_slots = Column<Slot>(m_mask + 1, Slot());
};

} // namespace earmark::segments
