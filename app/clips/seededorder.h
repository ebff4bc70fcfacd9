#pragma once

#include "clips/segmentkey.h"

#include <cstdint>

namespace earmark {

/// The number that a segment draws: any order by it is one by chance, the same for the same seed on every
/// machine and with every standard library. Of the segment alone, so that others beside it change nothing.
std::uint64_t seededRank(const SegmentKey &key, std::uint64_t seed);

} // namespace earmark
