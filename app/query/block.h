#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace earmark::query {

inline constexpr std::size_t BlockSize = 2048;
/// Of so many rows or label sets in a row, whether they fit: 1 or 0. Loops over them become vector code.
using Block = std::array<std::uint8_t, BlockSize>;

/// The first `count` fit, and no more.
inline Block withFirst(std::size_t count)
{
    Block block;
    std::fill_n(block.begin(), count, std::uint8_t{1});
    std::fill(block.begin() + count, block.end(), std::uint8_t{0});
    return block;
}

/// Takes some of a block's away from it.
inline void takeOut(const Block &some, Block &block)
{
    for (std::size_t i = 0; i < BlockSize; ++i)
        block[i] ^= some[i];
}

/// Where `block` has a 1, ascending; `count` is how many.
inline std::array<std::uint16_t, BlockSize + 1> placesIn(const Block &block, std::size_t &count)
{
    std::array<std::uint16_t, BlockSize + 1> places; // one more is written, and not counted
    count = 0;
    for (std::size_t first = 0; first < BlockSize; first += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, &block[first], 8);
        for (std::size_t i = first; eight != 0 && i < first + 8; ++i) {
            places[count] = static_cast<std::uint16_t>(i);
            count += block[i];
        }
    }
    return places;
}

} // namespace earmark::query
