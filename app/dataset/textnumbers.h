#pragma once

#include "dataset/hugepages.h"

#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace earmark::dataset {

/// A number for each of many texts. Open addressing over one arena, in which a text's number stands before
/// it: a text that is there costs two waits for memory.
class TextNumbers final
{
public:
    static constexpr std::uint32_t None = ~0U;

    /// Makes room for so many bytes of texts: may be far too much, what is not used costs nothing.
    void reserve(std::size_t bytes) { m_arena.reserve(bytes); }

    /// The number of a text; None when the text is not there. The hash is the caller's choice, but always the
    /// same for the same text.
    std::uint32_t find(std::string_view text, std::uint32_t hash) const
    {
        for (std::size_t at = hash & m_mask; m_slots[at].place != None; at = (at + 1) & m_mask) {
            if (m_slots[at].hash != hash)
                continue;
            const char *const entry = m_arena.data() + m_slots[at].place;
            Head head;
            std::memcpy(&head, entry, sizeof(head));
            if (std::string_view(entry + sizeof(head), head.size) == text)
                return head.number;
        }
        return None;
    }

    /// Adds a text that is not there yet; none beyond 4 GiB of them.
    void add(std::string_view text, std::uint32_t hash, std::uint32_t number)
    {
        const std::size_t place = m_arena.size();
        const Head head{number, static_cast<std::uint32_t>(text.size())};
        if (place + sizeof(head) + text.size() > None)
            return;
        m_arena.resize(place + sizeof(head));
        std::memcpy(m_arena.data() + place, &head, sizeof(head));
        m_arena.insert(m_arena.end(), text.begin(), text.end());
        if (4 * ++m_count > 3 * m_mask) {
            m_mask = 2 * m_mask + 1;
            for (const Slot &slot : std::exchange(m_slots, Column<Slot>(m_mask + 1, Slot()))) {
                if (slot.place != None)
                    put(slot);
            }
        }
        put({hash, static_cast<std::uint32_t>(place)});
    }

private:
    struct Slot
    {
        std::uint32_t hash = 0;
        std::uint32_t place = None; ///< in the arena
    };
    struct Head
    {
        std::uint32_t number;
        std::uint32_t size;
    };

    void put(const Slot &slot)
    {
        std::size_t at = slot.hash & m_mask;
        while (m_slots[at].place != None)
            at = (at + 1) & m_mask;
        m_slots[at] = slot;
    }

    Column<char> m_arena;
    std::size_t m_count = 0;
    std::size_t m_mask = 1023;
    Column<Slot> m_slots = Column<Slot>(m_mask + 1, Slot());
};

} // namespace earmark::dataset
