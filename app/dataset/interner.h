#pragma once

#include "dataset/hugepages.h"

#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

namespace earmark::dataset {

/// Numbers distinct sequences from 0, in the order in which they are added. Open addressing over one arena.
template <class T>
class Interner final
{
public:
    static constexpr std::uint32_t None = ~0U;

    std::size_t size() const { return m_begins.size() - 1; }
    std::span<const T> operator[](std::uint32_t number) const
    {
        return {m_arena.data() + m_begins[number], m_begins[number + 1] - m_begins[number]};
    }

    static std::uint32_t hashOf(std::span<const T> key)
    {
        const auto *bytes = reinterpret_cast<const char *>(key.data());
        const std::size_t size = key.size_bytes();
        std::uint64_t hash = size;
        const auto mix = [&hash](std::uint64_t word) {
            hash = (hash ^ word) * 0x9E37'79B9'7F4A'7C15;
            hash ^= hash >> 32;
        };
        const auto mixWord = [&mix, bytes](std::size_t at) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes + at, sizeof(word));
            mix(word);
        };
        for (std::size_t at = 0; at + 8 < size; at += 8)
            mixWord(at);
        if (size >= 8)
            mixWord(size - 8);
        else
            for (const char *at = bytes; at < bytes + size; ++at)
                mix(static_cast<unsigned char>(*at));
        return static_cast<std::uint32_t>(hash);
    }

    /// The number of a sequence; None when it was not added.
    std::uint32_t find(std::span<const T> key) const { return find(key, hashOf(key)); }
    std::uint32_t find(std::span<const T> key, std::uint32_t hash) const
    {
        for (std::size_t at = hash & m_mask;; at = (at + 1) & m_mask) {
            const Slot &slot = m_slots[at];
            if (slot.number == None || (slot.hash == hash && isEqual((*this)[slot.number], key)))
                return slot.number;
        }
    }

    /// Adds a sequence that is not there yet.
    std::uint32_t add(std::span<const T> key)
    {
        const Slot slot{hashOf(key), static_cast<std::uint32_t>(size())};
        m_arena.insert(m_arena.end(), key.begin(), key.end());
        m_begins.push_back(m_arena.size());
        if (2 * size() > m_mask) {
            m_mask = 2 * m_mask + 1;
            const auto old = std::exchange(m_slots, Column<Slot>(m_mask + 1, Slot()));
            for (const Slot &each : old) {
                if (each.number != None)
                    place(each);
            }
        }
        place(slot);
        return slot.number;
    }

    /// The number of a sequence, which is added unless it is there.
    std::uint32_t intern(std::span<const T> key)
    {
        const std::uint32_t number = find(key);
        return number == None ? add(key) : number;
    }

private:
    struct Slot
    {
        std::uint32_t hash = 0;
        std::uint32_t number = None;
    };

    static bool isEqual(std::span<const T> a, std::span<const T> b)
    {
        return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
    }

    void place(const Slot &slot)
    {
        std::size_t at = slot.hash & m_mask;
        while (m_slots[at].number != None)
            at = (at + 1) & m_mask;
        m_slots[at] = slot;
    }

    Column<T> m_arena;
    Column<std::size_t> m_begins{0}; ///< of each sequence in the arena, and the end of the last
    std::size_t m_mask = 1023;
    Column<Slot> m_slots = Column<Slot>(m_mask + 1, Slot());
};

} // namespace earmark::dataset
