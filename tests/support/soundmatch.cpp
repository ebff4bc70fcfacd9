#include "support/soundmatch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

namespace earmark::test {

double correlation(Samples a, Samples b)
{
    const std::size_t count = std::min(a.size(), b.size());
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double x = a[i];
        const double y = b[i];
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0.0;
}

double offsetMs(Samples reference, Samples clip, int rate, double maxShiftMs)
{
    const auto reach = static_cast<std::ptrdiff_t>(std::ceil(maxShiftMs * rate / 1000));
    const auto alike = [&](std::ptrdiff_t shift) {
        return shift >= 0 ? correlation(reference,
                                        clip.subspan(std::min(static_cast<std::size_t>(shift), clip.size())))
                          : correlation(reference.subspan(
                                            std::min(static_cast<std::size_t>(-shift), reference.size())),
                                        clip);
    };
    std::ptrdiff_t best = 0;
    double highest = -2;
    for (std::ptrdiff_t shift = -reach; shift <= reach; ++shift) {
        const double value = alike(shift);
        if (value > highest) {
            highest = value;
            best = shift;
        }
    }
    if (highest < 0.5)
        return std::numeric_limits<double>::quiet_NaN();
    const double before = alike(best - 1);
    const double after = alike(best + 1);
    const double bend = before - 2 * highest + after;
    const double between = bend < 0 ? (before - after) / (2 * bend) : 0.0;
    return (static_cast<double>(best) + between) * 1000 / rate;
}

double toneLevel(Samples sound, int rate, double hertz)
{
    if (sound.empty())
        return 0;
    const double step = 2 * std::numbers::pi * hertz / rate;
    double real = 0;
    double imaginary = 0;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        real += sound[i] * std::cos(step * static_cast<double>(i));
        imaginary += sound[i] * std::sin(step * static_cast<double>(i));
    }
    return 2 * std::hypot(real, imaginary) / static_cast<double>(sound.size()) / 32768;
}

double strongestTone(Samples sound, int rate, const std::vector<double> &candidates)
{
    const auto louder = [&](double a, double b) {
        return toneLevel(sound, rate, a) < toneLevel(sound, rate, b);
    };
    const auto found = std::max_element(candidates.begin(), candidates.end(), louder);
    return found == candidates.end() ? 0.0 : *found;
}

std::vector<std::int16_t> noise(std::size_t samples, double level, std::uint32_t seed)
{
    // The engine is specified to the bit; the standard library's distributions are not.
    std::mt19937 engine(seed);
    std::vector<std::int16_t> result(samples);
    for (std::int16_t &sample : result)
        sample =
            static_cast<std::int16_t>((static_cast<double>(engine()) / 2147483648.0 - 1.0) * level * 32767);
    return result;
}

std::vector<std::int16_t> tone(std::size_t samples, int rate, double hertz, double level)
{
    std::vector<std::int16_t> result(samples);
    for (std::size_t i = 0; i < samples; ++i)
        result[i] = static_cast<std::int16_t>(std::lround(
            std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate) * level * 32767));
    return result;
}

} // namespace earmark::test
