#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace earmark::test {

using Samples = std::span<const std::int16_t>;

/// How alike two sounds are at the same place, -1 to 1, over the length of the shorter; 0 when one is silent.
double correlation(Samples a, Samples b);

/// How much later (ms; negative: earlier) the clip's sound comes than the reference's: the shift at which
/// they are most alike, between samples by a parabola. Looks at `maxShiftMs` to both sides. One channel. Not
/// a number when they are nowhere alike (correlation below 0.5).
double offsetMs(Samples reference, Samples clip, int rate, double maxShiftMs);

/// Level (0 to 1, of a full-scale sine) of one frequency in a sound of one channel.
double toneLevel(Samples sound, int rate, double hertz);

/// The strongest of some frequencies (Hz) in a sound of one channel.
double strongestTone(Samples sound, int rate, const std::vector<double> &candidates);

/// White noise that is the same in every run and on every machine, `level` 0 to 1; for correlating.
std::vector<std::int16_t> noise(std::size_t samples, double level, std::uint32_t seed);

/// A sine, `level` 0 to 1.
std::vector<std::int16_t> tone(std::size_t samples, int rate, double hertz, double level);

} // namespace earmark::test
