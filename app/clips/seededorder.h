#pragma once

#include "clips/segmentkey.h"

#include <cstdint>

namespace earmark {

/// The number that a segment draws for a seed: an order by it is random, and the same on every machine and
/// with every standard library (std::shuffle() is not). It depends on the segment alone, so that others
/// beside it change nothing.
std::uint64_t seededRank(const SegmentKey &key, std::uint64_t seed);
/// The same for samples, which have an order of their own: half the bits, and half the memory for two
/// million.
std::uint32_t sampleRank(const SegmentKey &key, std::uint64_t seed);

} // namespace earmark
