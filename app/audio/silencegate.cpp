#include "audio/silencegate.h"

#include <algorithm>
#include <cmath>

namespace earmark::audio {

namespace {

constexpr double ShortestSilence = 0.005; ///< seconds
constexpr double Step = 1.0 / (1 << 23);  ///< of 24 bit

template <class T>
bool isNothing(T value)
{
    if constexpr (std::is_floating_point_v<T>)
        return std::abs(value) < static_cast<T>(Step);
    else if constexpr (std::is_same_v<T, std::uint8_t>)
        return value == 128;
    else
        return value == 0;
}

/// Marks the samples of a frame that are silent in all channels.
template <class T>
void markSilent(const AVFrame &frame, std::vector<bool>::iterator mark, qint64 samples)
{
    const int channels = frame.ch_layout.nb_channels;
    const bool isPlanar = av_sample_fmt_is_planar(static_cast<AVSampleFormat>(frame.format)) != 0;
    for (int channel = 0; channel < channels; ++channel) {
        const auto *at = reinterpret_cast<const T *>(frame.extended_data[isPlanar ? channel : 0]);
        const qint64 step = isPlanar ? 1 : channels;
        for (qint64 i = 0; i < samples; ++i) {
            if (!isNothing(at[isPlanar ? i : i * step + channel]))
                mark[i] = false;
        }
    }
}

void markSilent(const AVFrame &frame, std::vector<bool>::iterator mark, qint64 samples)
{
    switch (av_get_packed_sample_fmt(static_cast<AVSampleFormat>(frame.format))) {
    case AV_SAMPLE_FMT_U8:
        return markSilent<std::uint8_t>(frame, mark, samples);
    case AV_SAMPLE_FMT_S16:
        return markSilent<std::int16_t>(frame, mark, samples);
    case AV_SAMPLE_FMT_S32:
        return markSilent<std::int32_t>(frame, mark, samples);
    case AV_SAMPLE_FMT_S64:
        return markSilent<std::int64_t>(frame, mark, samples);
    case AV_SAMPLE_FMT_FLT:
        return markSilent<float>(frame, mark, samples);
    case AV_SAMPLE_FMT_DBL:
        return markSilent<double>(frame, mark, samples);
    default:
        std::fill(mark, mark + samples, false);
    }
}

} // namespace

void gateSilence(std::vector<std::int16_t> &samples, const DecodedSpan &decoded, const Run &run,
                 OutputFormat format, qint64 skip)
{
    qint64 count = 0;
    for (std::size_t i = run.first; i < run.last; ++i)
        count += decoded.blocks[i].samples;
    std::vector<bool> silent(static_cast<std::size_t>(count), true);
    auto mark = silent.begin();
    for (std::size_t i = run.first; i < run.last; ++i) {
        markSilent(*decoded.frames[i], mark, decoded.blocks[i].samples);
        mark += decoded.blocks[i].samples;
    }

    const auto shortest = std::llround(ShortestSilence * decoded.sampleRate);
    const double ratio = static_cast<double>(format.sampleRate) / decoded.sampleRate;
    const auto frames = static_cast<qint64>(samples.size()) / format.channels;
    // On the output's grid, whose first sample is the run's.
    const auto placeOf = [&](std::vector<bool>::iterator at) {
        const double place = std::ceil(static_cast<double>(at - silent.begin()) * ratio);
        return std::clamp<qint64>(static_cast<qint64>(place) - skip, 0, frames) * format.channels;
    };
    for (auto from = silent.begin(); from != silent.end();) {
        from = std::find(from, silent.end(), true);
        const auto to = std::find(from, silent.end(), false);
        if (to - from >= shortest) {
            for (qint64 i = placeOf(from); i < placeOf(to); ++i) {
                auto &sample = samples[static_cast<std::size_t>(i)];
                sample = std::abs(sample) > 1 ? sample : std::int16_t{0};
            }
        }
        from = to;
    }
}

} // namespace earmark::audio
