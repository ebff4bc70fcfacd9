#include "clips/seededorder.h"

namespace earmark {

namespace {

/// SplitMix64's last step (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014):
/// neighbours come far apart.
constexpr std::uint64_t scattered(std::uint64_t number)
{
    number = (number ^ number >> 30) * 0xBF58'476D'1CE4'E5B9;
    number = (number ^ number >> 27) * 0x94D0'49BB'1331'11EB;
    return number ^ number >> 31;
}

/// A whole step of it.
constexpr std::uint64_t mixed(std::uint64_t number)
{
    return scattered(number + 0x9E37'79B9'7F4A'7C15);
}

} // namespace

std::uint64_t seededRank(const SegmentKey &key, std::uint64_t seed)
{
    std::uint64_t number = mixed(seed);
    for (const char c : key.ytid.view())
        number = scattered(number ^ static_cast<unsigned char>(c));
    return scattered(number ^ (std::uint64_t{key.startMs} << 32 | key.endMs));
}

std::uint32_t sampleRank(const SegmentKey &key, std::uint64_t seed)
{
    const std::string_view id = key.ytid.view();
    const auto bytes = [id](std::size_t first, std::size_t last) {
        std::uint64_t value = 0;
        for (std::size_t i = first; i < last; ++i)
            value = value << 8 | static_cast<unsigned char>(id[i]);
        return value;
    };
    const std::uint64_t head = mixed(mixed(seed) ^ bytes(0, 8));
    const std::uint64_t tail = bytes(8, YtId::Length) << 32 | key.startMs;
    return static_cast<std::uint32_t>(mixed(mixed(head ^ tail) ^ key.endMs) >> 32);
}

} // namespace earmark
