#pragma once

#include "segments/hashindex.h"

#include <cstring>
#include <string_view>

namespace earmark::segments {

/// A number for each of many texts, beside the text: one that is there costs two waits for memory.
class StringInterner final
{
public:
    static constexpr std::uint32_t None = HashIndex::None;

    /// Makes room for so many bytes of texts: may be far too much, what is not used costs nothing.
    void reserve(std::size_t bytes) { m_arena.reserve(bytes); }

    /// The number of a text; None when the text is not there. The hash is the caller's choice, but always the
    /// same for the same text.
    std::uint32_t find(std::string_view text, std::uint32_t hash) const
    {
        Head head;
        const auto place = m_slots.find(hash, [&](std::uint32_t at) {
            std::memcpy(&head, m_arena.data() + at, sizeof(head));
            return std::string_view(m_arena.data() + at + sizeof(head), head.size) == text;
        });
        return place == None ? None : head.number;
    }

    /// Whether `texts` more, of `bytes` together, can be added: there is room for 4 GiB.
    bool hasRoom(std::size_t texts, std::size_t bytes) const
    {
        return m_arena.size() + texts * sizeof(Head) + bytes < None;
    }

    /// Adds an unknown text; does nothing when there is no room for it.
    void add(std::string_view text, std::uint32_t hash, std::uint32_t number)
    {
        const std::size_t place = m_arena.size();
        const Head head{number, static_cast<std::uint32_t>(text.size())};
        if (!hasRoom(1, text.size()))
            return;
        m_arena.resize(place + sizeof(head));
        std::memcpy(m_arena.data() + place, &head, sizeof(head));
        m_arena.insert(m_arena.end(), text.begin(), text.end());
        m_slots.add(hash, static_cast<std::uint32_t>(place));
    }

private:
    struct Head
    {
        std::uint32_t number = None;
        std::uint32_t size = 0;
    };

    Column<char> m_arena; ///< of each text a Head and its characters
    HashIndex m_slots;    ///< the places of the Heads
};

} // namespace earmark::segments
