#include "support/staircase.h"

#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <span>

namespace earmark::test {

namespace {

/// The frequency of one tone, from where it rises through zero first and last; nothing for anything else.
std::optional<double> frequencyOf(std::span<const std::int16_t> samples, int rate)
{
    constexpr int Quiet = 200;
    std::vector<double> risings;
    int loudest = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        loudest = std::max(loudest, std::abs(int{samples[i]}));
        if (samples[i - 1] < 0 && samples[i] >= 0) {
            const double before = -samples[i - 1];
            risings.push_back(static_cast<double>(i) - 1 + before / (before + samples[i]));
        }
    }
    if (loudest < Quiet || risings.size() < 3)
        return std::nullopt;
    const double period = (risings.back() - risings.front()) / static_cast<double>(risings.size() - 1);
    for (std::size_t i = 1; i < risings.size(); ++i) { // a hole, or two tones
        if (std::abs(risings[i] - risings[i - 1] - period) > 0.2 * period)
            return std::nullopt;
    }
    return rate / period;
}

} // namespace

const std::vector<std::int16_t> &Staircase::samples(int sound)
{
    static std::array<std::vector<std::int16_t>, Most> made;
    auto &samples = made[static_cast<std::size_t>(sound)];
    if (!samples.empty())
        return samples;
    samples.resize(static_cast<std::size_t>(Rate * Steps));
    double phase = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        phase += 2 * std::numbers::pi * hertz(sound, static_cast<int>(i) / Rate) / Rate;
        samples[i] = static_cast<std::int16_t>(std::lround(8'000 * std::sin(phase)));
    }
    return samples;
}

std::vector<HeardStep> heardSteps(const std::vector<std::int16_t> &recording, int rate)
{
    constexpr double Window = 0.02; // seconds
    constexpr double Shortest = 0.1;
    const auto length = static_cast<std::size_t>(Window * rate);
    std::vector<HeardStep> heard;
    for (std::size_t at = 0; at + length <= recording.size(); at += length) {
        const auto hertz = frequencyOf(std::span(recording).subspan(at, length), rate);
        if (!hertz)
            continue;
        const int tens = static_cast<int>(std::lround((*hertz - 500) / 10));
        const int sound = tens % 42;
        const int step = tens / 42;
        if (tens < 0 || sound >= Staircase::Most || step >= Staircase::Steps ||
            std::abs(*hertz - Staircase::hertz(sound, step)) > 4)
            continue;
        const double seconds = static_cast<double>(at) / rate;
        if (!heard.empty() && heard.back().sound == sound && heard.back().step == step &&
            seconds - heard.back().end() < 2.5 * Window)
            heard.back().length = seconds + Window - heard.back().at;
        else
            heard.push_back({sound, step, seconds, Window});
    }
    std::erase_if(heard, [](const HeardStep &each) { return each.length < Shortest; });
    return heard;
}

} // namespace earmark::test
