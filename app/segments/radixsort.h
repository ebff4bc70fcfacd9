#pragma once

#include "clips/segmentkey.h"
#include "segments/column.h"

#include <array>
#include <cstdint>
#include <numeric>
#include <span>

namespace earmark::segments {

/// Sorts numbers of rows by the 32-bit key that `keyOf` gives for each. Stable, so that sorting by the least
/// important key first sorts by several.
template <class KeyOf>
void radixSort(std::span<std::uint32_t> rows, const KeyOf &keyOf)
{
    struct Entry
    {
        std::uint32_t key;
        std::uint32_t row;
    };
    constexpr std::uint32_t bits = 11; // so that three passes do, and each pass's targets stay in the cache
    constexpr std::uint32_t mask = (1U << bits) - 1;
    std::array<std::array<std::uint32_t, mask + 1>, 3> places{};
    Column<Entry> entries(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const std::uint32_t key = keyOf(rows[at]);
        entries[at] = {key, rows[at]};
        for (std::uint32_t digit = 0; digit < places.size(); ++digit)
            ++places[digit][key >> (digit * bits) & mask];
    }
    Column<Entry> sorted(rows.size());
    for (std::uint32_t digit = 0; digit < places.size(); ++digit) {
        auto &place = places[digit];
        const auto digitOf = [digit](const Entry &entry) { return entry.key >> (digit * bits) & mask; };
        if (rows.empty() || place[digitOf(entries.front())] == rows.size())
            continue; // all alike: times are far below 2³² ms
        std::exclusive_scan(place.begin(), place.end(), place.begin(), 0U);
        for (const Entry &entry : entries)
            sorted[place[digitOf(entry)]++] = entry;
        entries.swap(sorted);
    }
    for (std::size_t at = 0; at < rows.size(); ++at)
        rows[at] = entries[at].row;
}

/// Sorts numbers of rows by their ids, in byte order. Stable.
inline void radixSortById(std::span<std::uint32_t> rows, std::span<const YtId> ids)
{
    for (const std::size_t from : {7, 4, 0}) { // the last bytes first; two parts may share one
        radixSort(rows, [ids, from](std::uint32_t row) {
            std::uint32_t key = 0;
            for (const char c : ids[row].view().substr(from, 4))
                key = key << 8 | static_cast<unsigned char>(c);
            return key;
        });
    }
}

} // namespace earmark::segments
