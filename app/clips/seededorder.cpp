#include "clips/seededorder.h"

namespace earmark {

namespace {

/// SplitMix64's last step (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014):
/// neighbours come far apart.
std::uint64_t scattered(std::uint64_t number)
{
    number = (number ^ number >> 30) * 0xBF58'476D'1CE4'E5B9;
    number = (number ^ number >> 27) * 0x94D0'49BB'1331'11EB;
    return number ^ number >> 31;
}

} // namespace

std::uint64_t seededRank(const SegmentKey &key, std::uint64_t seed)
{
    std::uint64_t number = scattered(seed + 0x9E37'79B9'7F4A'7C15);
    for (const char c : key.ytid.view())
        number = scattered(number ^ static_cast<unsigned char>(c));
    return scattered(number ^ (std::uint64_t{key.startMs} << 32 | key.endMs));
}

} // namespace earmark
