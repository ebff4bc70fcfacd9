#pragma once

#include <cstdint>
#include <vector>

namespace earmark::test {

/// Sounds of ten steps, one a second, each a tone that no other step of no other sound has: what was heard,
/// and from where in it, can be told from a recording.
struct Staircase
{
    static constexpr int Rate = 16'000; ///< Hz
    static constexpr int Steps = 10;
    static constexpr int Most = 40; ///< sounds that can be told apart

    static double hertz(int sound, int step) { return 500 + 10 * sound + 420 * step; }
    /// Made once in each program: tests write hundreds of files of them.
    static const std::vector<std::int16_t> &samples(int sound);
};

/// What a recording holds, in order.
struct HeardStep
{
    int sound = 0;
    int step = 0;
    double at = 0;     ///< seconds from the recording's start
    double length = 0; ///< seconds
    double end() const { return at + length; }
};
/// Stretches of less than 0.1 s are left out, as is silence.
std::vector<HeardStep> heardSteps(const std::vector<std::int16_t> &recording, int rate);

} // namespace earmark::test
