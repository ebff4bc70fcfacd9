#include "audio/timeline.h"

#include "base/format.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace Qt::StringLiterals;

namespace earmark::audio {

namespace {

// A missing packet is at least 20 ms of sound (Opus 20 ms, AAC at 48 kHz 21.3 ms); rounding to milliseconds,
// once in the source and once in the section, moves a time by 1 ms at most. In between there is room for
// sloppy muxers.
constexpr double Gap = 0.015;
// Wrong times come back within the packets of one frame of the container, and are some packets off.
constexpr double LongestStray = 0.5;
constexpr double FarthestStray = 0.1;
// The packet that holds the start may be missing when a section was cut by packet times. One packet at most.
constexpr double LateStart = 0.025;
// At the very start of a video an encoder's own delay is left out by some muxers: 1105 samples for MP3, 2112
// for Apple's AAC (48 ms at 44.1 kHz).
constexpr double LateStartAtZero = 0.1;
// Matroska's clock ticks in milliseconds.
constexpr double ClockGrain = 0.001;
// A source's clock may tick in some 20 µs (mkvmerge's does in whole nanoseconds near one sample): its times
// are off by so much before they are rounded to milliseconds.
constexpr double SourceGrain = 0.00002;

QString at(double seconds)
{
    return clockText(std::llround(seconds * 1000));
}

/// Where each block lies (seconds) by its own time, or counted on from a neighbour that has one.
struct Places
{
    std::vector<double> counted; ///< seconds from the first block's first sample, plus one entry for the end
    std::vector<double> drift;   ///< where the count began, by this block's time
    std::vector<bool> known;     ///< the block's time was said, not counted
    double of(std::size_t i) const { return drift[i] + counted[i]; }
    double endOf(std::size_t i) const { return drift[i] + counted[i + 1]; }
};

Places place(const std::vector<Block> &blocks, int rate)
{
    Places places;
    places.counted.reserve(blocks.size() + 1);
    places.drift.reserve(blocks.size());
    places.known.reserve(blocks.size());
    qint64 samples = 0;
    std::optional<double> latest;
    std::size_t unknownAtFirst = 0;
    for (const Block &block : blocks) {
        const double counted = static_cast<double>(samples) / rate;
        if (block.time)
            latest = *block.time - counted;
        else if (!latest)
            ++unknownAtFirst;
        places.counted.push_back(counted);
        places.drift.push_back(latest.value_or(0.0));
        places.known.push_back(block.time.has_value());
        samples += block.samples;
    }
    places.counted.push_back(static_cast<double>(samples) / rate);
    for (std::size_t i = 0; i < unknownAtFirst && unknownAtFirst < blocks.size(); ++i)
        places.drift[i] = places.drift[unknownAtFirst];
    return places;
}

/// Counts through times that stray for a moment.
void dropStrays(Places &places)
{
    const auto apart = [&](std::size_t a, std::size_t b) {
        return std::abs(places.drift[a] - places.drift[b]);
    };
    const auto alike = [&](std::size_t a, std::size_t b) { return apart(a, b) <= Gap; };
    const std::size_t count = places.drift.size();
    for (std::size_t i = 1; i < count; ++i) {
        if (alike(i, i - 1))
            continue;
        std::size_t back = i + 1;
        while (back < count && !alike(back, i - 1) && places.counted[back] - places.counted[i] < LongestStray)
            ++back;
        const bool isFar = apart(i, i - 1) > FarthestStray;
        if (isFar || back >= count || !alike(back, i - 1))
            continue;
        for (; i < back; ++i) {
            places.drift[i] = places.drift[i - 1];
            places.known[i] = false;
        }
    }
}

/// What is left when times were rounded to the clock's grain once: the least and the greatest drift that all
/// of them allow.
struct Bounds
{
    double least = std::numeric_limits<double>::lowest();
    double most = std::numeric_limits<double>::max();

    void narrow(double drift)
    {
        least = std::max(least, drift - ClockGrain / 2);
        most = std::min(most, drift + ClockGrain / 2);
    }
    double middle() const { return std::midpoint(least, most); }
    /// No time says anything that another does not: the packets are whole ticks of the facts.
    bool areWide() const { return most - least > ClockGrain - 1e-6; }
    bool areBroken() const { return least > most + 2 * SourceGrain; }
    bool hold(double drift) const { return drift >= least - SourceGrain && drift <= most + SourceGrain; }
    /// The multiple of `step` nearest to the middle of the bounds, counted from `offset` behind the drift;
    /// nothing when it lies outside.
    std::optional<double> onGrid(double step, double offset) const
    {
        const double drift = std::round((middle() + offset) / step) * step - offset;
        return hold(drift) ? std::optional(drift) : std::nullopt;
    }
};

/// Where the count of the blocks first..last began. If one rounding explains all times, the count lies within
/// bounds that narrow with each block, and in them on the grid of whole packets from where the sound's first
/// one lies, or of samples from the clock's zero, where most sources have it: exact, and the same whatever
/// size of packets a version of FFmpeg makes. Else the mean. Opus in WebM has packets of whole milliseconds,
/// so that nothing narrows the bounds; but nothing was rounded there but the codec's delay.
double startOfCount(const Places &places, const std::vector<Block> &blocks, int rate,
                    const SectionFacts &facts, std::size_t first, std::size_t last)
{
    Bounds bounds;
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = first; i < last; ++i) {
        if (!places.known[i])
            continue;
        sum += places.drift[i];
        ++count;
        bounds.narrow(places.drift[i]);
    }
    if (count == 0)
        return places.drift[first];
    if (bounds.areBroken())
        return sum / static_cast<double>(count);
    const double unrounded = bounds.middle() + facts.lost;
    if (bounds.areWide() && facts.lost != 0 && facts.inMilliseconds)
        return unrounded;
    // The first packet may have lost samples that a decoder skips.
    const std::size_t whole = std::min(first + 1, last - 1);
    const double packet = static_cast<double>(std::max<qint64>(blocks[whole].samples, 1)) / rate;
    if (const auto drift = bounds.onGrid(packet, places.counted[whole] - facts.origin))
        return *drift;
    if (bounds.areWide() && facts.lost != 0)
        return unrounded;
    return bounds.onGrid(1.0 / rate, 0).value_or(bounds.middle());
}

tl::unexpected<Error> gap(const QString &name, double seconds)
{
    return failure(ErrorCode::BadMedia,
                   u"The sound of %1 has a gap at %2; download it again."_s.arg(name, at(seconds)));
}

} // namespace

Result<Run> findRun(const std::vector<Block> &blocks, int rate, const SectionFacts &facts, Span span,
                    const QString &name)
{
    Places places = place(blocks, rate);
    dropStrays(places);
    std::size_t first = 0;
    while (first < blocks.size() && (places.endOf(first) <= span.start || places.of(first) >= span.end))
        ++first;
    if (first == blocks.size()) {
        return failure(ErrorCode::BadMedia,
                       u"%1 holds no sound between %2 and %3; the video may be shorter."_s.arg(
                           name, at(span.start), at(span.end)));
    }

    // Within the span a jump of the clock is a gap; outside it only ends what may be used.
    std::size_t last = first + 1;
    while (last < blocks.size() && std::abs(places.drift[last] - places.drift[first]) <= Gap)
        ++last;
    const bool jumps = last < blocks.size();
    std::size_t begin = first;
    while (begin > 0 && std::abs(places.drift[begin - 1] - places.drift[first]) <= Gap)
        --begin;

    Run run{begin, last, 0, 0};
    const double drift = startOfCount(places, blocks, rate, facts, begin, last);
    run.start = drift + places.counted[begin];
    run.end = drift + places.counted[last];

    const double allowed = span.start > 0 ? LateStart : LateStartAtZero;
    if (run.start > span.start + allowed) {
        if (begin > 0)
            return gap(name, span.start);
        if (!facts.isFromBeginning)
            return failure(ErrorCode::BadMedia,
                           u"The sound of %1 begins at %2, after the clip does (%3)."_s.arg(
                               name, at(run.start), at(span.start)));
    }
    if (jumps && run.end < span.end - ClockGrain)
        return gap(name, run.end);
    return run;
}

} // namespace earmark::audio
