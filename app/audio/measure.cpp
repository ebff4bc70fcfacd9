#include "audio/measure.h"

#include "audio/powerspectrum.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>

namespace earmark::audio {

namespace {

constexpr int BlocksASecond = 50;
constexpr double QuietDb = -60;
constexpr int ShortestClip = 3;           ///< samples on end
constexpr std::int16_t ClippedAt = 32767; ///< and the same below 0

/// In hundredths; `power` 1 is full scale.
std::int16_t levelOf(double power)
{
    if (power <= 0)
        return Measures::Silence;
    const double hundredths = 10 * std::log10(power) * Measures::Hundredths;
    return static_cast<std::int16_t>(std::lround(std::clamp(hundredths, double{Measures::Silence}, 0.0)));
}

/// What one pass over the samples tells.
struct Sums
{
    int lowest = 0;
    int highest = 0;
    std::int64_t sum = 0;
    std::int64_t squares = 0;

    void add(const std::int16_t *samples, qint64 count)
    {
        std::int16_t low = 0;
        std::int16_t high = 0;
        for (qint64 i = 0; i < count; ++i) {
            low = std::min(low, samples[i]);
            high = std::max(high, samples[i]);
        }
        // Apart, and each as narrow as it may be: so the compiler takes eight samples at once.
        for (qint64 i = 0; i < count; ++i) {
            const int sample = samples[i];
            sum += sample;
            squares += sample * sample;
        }
        lowest = std::min(lowest, int{low});
        highest = std::max(highest, int{high});
    }
    void add(const Sums &other)
    {
        lowest = std::min(lowest, other.lowest);
        highest = std::max(highest, other.highest);
        sum += other.sum;
        squares += other.squares;
    }
};

std::uint32_t clippedSamples(const Pcm &pcm)
{
    std::uint32_t clipped = 0;
    for (int channel = 0; channel < pcm.channels; ++channel) {
        std::uint32_t run = 0;
        int side = 0;
        const auto finish = [&] { clipped += run >= ShortestClip ? run : 0; };
        for (std::size_t i = static_cast<std::size_t>(channel); i < pcm.samples.size();
             i += static_cast<std::size_t>(pcm.channels)) {
            const int sample = pcm.samples[i];
            const int here = (sample >= ClippedAt) - (sample <= -ClippedAt);
            if (here != side) {
                finish();
                run = 0;
                side = here;
            }
            run += here != 0;
        }
        finish();
    }
    return clipped;
}

/// Hundredths of what libebur128 gives in decibels.
std::int16_t hundredthsOf(double decibels)
{
    if (!std::isfinite(decibels))
        return Measures::Silence;
    const double hundredths =
        std::clamp(decibels * Measures::Hundredths, double{Measures::Silence}, 120'00.0);
    return static_cast<std::int16_t>(std::lround(hundredths));
}

struct DestroyEbur128
{
    void operator()(ebur128_state *state) const { ebur128_destroy(&state); }
};
using Ebur128 = std::unique_ptr<ebur128_state, DestroyEbur128>;

/// Null for a rate or number of channels that the library does not take.
Ebur128 openEbur128(const Pcm &pcm, int mode)
{
    return Ebur128(
        ebur128_init(static_cast<unsigned>(pcm.channels), static_cast<unsigned>(pcm.sampleRate), mode));
}

bool addFrames(ebur128_state *state, const Pcm &pcm, qint64 first, qint64 last)
{
    return ebur128_add_frames_short(state, pcm.samples.data() + first * pcm.channels,
                                    static_cast<std::size_t>(last - first)) == 0;
}

/// Integrated loudness; Unknown below the 0.4 s of a block.
std::int16_t loudness(const Pcm &pcm, const std::stop_token &stop)
{
    const Ebur128 state = openEbur128(pcm, EBUR128_MODE_I);
    if (!state || pcm.frames() * 10 < qint64{pcm.sampleRate} * 4)
        return Measures::Unknown;
    for (qint64 first = 0; first < pcm.frames() && !stop.stop_requested(); first += pcm.sampleRate) {
        if (!addFrames(state.get(), pcm, first, std::min<qint64>(first + pcm.sampleRate, pcm.frames())))
            return Measures::Unknown;
    }
    double lufs = -HUGE_VAL;
    return ebur128_loudness_global(state.get(), &lufs) == 0 ? hundredthsOf(lufs) : Measures::Unknown;
}

/// What libebur128 finds in the whole sound, from the parts that can hold it, in a fraction of the time.
/// Below 96 kHz its interpolation takes 13 samples, with coefficients whose magnitudes add up to 1.87, above
/// 25 and 2.31: between samples that are quieter than the peak by that factor, the wave stays below the peak.
/// Each part begins and ends with that many quiet samples, so that nothing is made up where two meet.
std::int16_t truePeak(const Pcm &pcm, int samplePeak, const std::stop_token &stop)
{
    const bool isFourfold = pcm.sampleRate < 96'000;
    const qint64 taps = isFourfold ? 13 : 25;
    const double gain = isFourfold ? 1.87 : 2.31;
    const Ebur128 state = openEbur128(pcm, EBUR128_MODE_TRUE_PEAK);
    if (!state)
        return Measures::Unknown;
    const int loud = std::max(static_cast<int>(samplePeak / gain), 1);
    const auto isLoud = [loud](std::int16_t sample) { return std::abs(int{sample}) >= loud; };
    const auto begin = pcm.samples.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(pcm.frames() * pcm.channels);
    qint64 done = 0; // frames
    for (auto at = std::find_if(begin, end, isLoud); at != end && !stop.stop_requested();) {
        const qint64 first = std::max(done, (at - begin) / pcm.channels - taps);
        // On to the last loud sample after which as many are quiet.
        auto last = at;
        const qint64 reach = taps * pcm.channels;
        while ((at = std::find_if(at + 1, end, isLoud)) != end && at - last <= 2 * reach &&
               at - begin < (first + pcm.sampleRate) * pcm.channels)
            last = at;
        done = std::min((last - begin) / pcm.channels + taps + 1, pcm.frames());
        if (!addFrames(state.get(), pcm, first, done))
            return Measures::Unknown;
    }
    double highest = 0;
    for (int channel = 0; channel < pcm.channels; ++channel) {
        double peak = 0;
        if (ebur128_true_peak(state.get(), static_cast<unsigned>(channel), &peak) != 0)
            return Measures::Unknown;
        highest = std::max(highest, peak);
    }
    return hundredthsOf(20 * std::log10(highest));
}

/// Hz; of the channels' mean power, in which opposite ones do not cancel. A frequency counts when it stands
/// out in three pieces of the sound at least, none of which overlaps another: a click, or the edge where a
/// sound was cut, has all frequencies but is in one or two. To stand out it must be above what 16 bit and
/// their dither make of nothing at all, and less than 80 dB below what is loudest in its piece: what is
/// further down leaks from there, or is left over by a resampler.
double bandwidth(const Pcm &pcm, const std::stop_token &stop)
{
    constexpr int Piece = 2048;
    constexpr std::uint32_t Pieces = 3;
    constexpr float Leak = 1e-8F;
    // Rounding and triangular dither are noise of 1/12 and 1/6 of a step squared. A bin of one piece of noise
    // exceeds sixteen times its mean once in nine million times.
    constexpr float Noise = 16 * 0.25F / (Measures::FullScale * Measures::FullScale);
    const qint64 frames = pcm.frames();
    PowerSpectrum spectrum(Piece, PowerSpectrum::Window::Nuttall,
                           static_cast<int>(std::min<qint64>(frames, Piece)));
    const float floor = Noise * spectrum.noiseGain();
    const auto bins = static_cast<std::size_t>(spectrum.bins());
    std::vector<std::uint32_t> seen(bins);
    const qint64 count = std::max<qint64>(frames / Piece, 1);
    for (qint64 i = 0; i < count && !stop.stop_requested(); ++i) {
        const auto powers = spectrum.meanOfChannels(pcm, i * Piece);
        float loudest = 0;
        for (const float power : powers)
            loudest = std::max(loudest, power);
        const float limit = std::max(floor, loudest * Leak);
        for (std::size_t bin = 0; bin < bins; ++bin)
            seen[bin] += powers[bin] > limit;
    }
    const auto enough =
        std::min<std::uint32_t>(static_cast<std::uint32_t>(std::min<qint64>(count, Pieces)), Pieces);
    const auto highest =
        std::find_if(seen.rbegin(), seen.rend(), [enough](std::uint32_t times) { return times >= enough; });
    const auto bin = std::max<std::ptrdiff_t>(std::distance(highest, seen.rend()) - 1, 0);
    return static_cast<double>(bin) * pcm.sampleRate / Piece;
}

} // namespace

Measures measure(const Pcm &pcm, const std::stop_token &stop)
{
    Measures measures;
    const qint64 frames = pcm.frames();
    if (frames <= 0 || pcm.sampleRate <= 0)
        return measures;
    const qint64 block = std::max(pcm.sampleRate / BlocksASecond, 1);
    const double quiet = Measures::FullScale * Measures::FullScale * std::pow(10, QuietDb / 10);
    Sums all;
    qint64 silent = 0;
    for (qint64 first = 0; first < frames; first += block) {
        const qint64 count = std::min(block, frames - first);
        Sums sums;
        sums.add(pcm.samples.data() + first * pcm.channels, count * pcm.channels);
        if (static_cast<double>(sums.squares) < quiet * static_cast<double>(count * pcm.channels))
            silent += count;
        all.add(sums);
    }
    const auto samples = static_cast<double>(frames * pcm.channels);
    const int highestSample = std::max(-all.lowest, all.highest);
    const double peak = highestSample / Measures::FullScale;
    measures.peak = levelOf(peak * peak);
    measures.rms =
        levelOf(static_cast<double>(all.squares) / samples / (Measures::FullScale * Measures::FullScale));
    measures.loudness = loudness(pcm, stop);
    measures.truePeak = truePeak(pcm, highestSample, stop);
    measures.offset = static_cast<std::int16_t>(std::lround(static_cast<double>(all.sum) / samples));
    measures.silence = static_cast<std::uint16_t>(
        std::lround(static_cast<double>(silent) / static_cast<double>(frames) * Measures::FullShare));
    const auto highest = static_cast<long>(pcm.sampleRate / 2.0 / Measures::BandwidthStep);
    measures.bandwidth = static_cast<std::uint16_t>(
        std::min({std::lround(bandwidth(pcm, stop) / Measures::BandwidthStep), highest, 65'535L}));
    if (all.highest >= ClippedAt || all.lowest <= -ClippedAt)
        measures.clipped = clippedSamples(pcm);
    return stop.stop_requested() ? Measures() : measures;
}

} // namespace earmark::audio
