#include "audio/converter.h"

#include "audio/silencegate.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <algorithm>

using namespace Qt::StringLiterals;

namespace earmark::audio {

namespace {

tl::unexpected<Error> refused(int error)
{
    return failure(ErrorCode::BadMedia, u"The sound cannot be converted: %1."_s.arg(libavText(error)));
}

bool isSixteenBit(const AVFrame &frame)
{
    return frame.format == AV_SAMPLE_FMT_S16 || frame.format == AV_SAMPLE_FMT_S16P;
}

/// The channels of a frame, with a usual layout for their number when the file names none.
int layoutOf(const AVFrame &frame, AVChannelLayout *layout)
{
    if (frame.ch_layout.order != AV_CHANNEL_ORDER_UNSPEC)
        return av_channel_layout_copy(layout, &frame.ch_layout);
    av_channel_layout_default(layout, frame.ch_layout.nb_channels);
    return 0;
}

/// Whether the output is anything but the frame's own samples.
bool isDithered(const AVFrame &frame, OutputFormat format)
{
    return !isSixteenBit(frame) || frame.sample_rate != format.sampleRate ||
           frame.ch_layout.nb_channels != format.channels;
}

Result<SwrPtr> openConverter(const AVFrame &frame, OutputFormat format)
{
    AVChannelLayout in{};
    AVChannelLayout out{};
    int error = layoutOf(frame, &in);
    if (in.nb_channels == format.channels)
        error = std::min(error, av_channel_layout_copy(&out, &in)); // nothing to mix
    else
        av_channel_layout_default(&out, format.channels);
    SwrContext *context = nullptr;
    if (error >= 0) {
        error = swr_alloc_set_opts2(&context, &out, AV_SAMPLE_FMT_S16, format.sampleRate, &in,
                                    static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
    }
    av_channel_layout_uninit(&in);
    av_channel_layout_uninit(&out);
    SwrPtr swr(context);
    if (error < 0)
        return refused(error);
    if (isDithered(frame, format)) {
        // Work in float and round once, at the end; and never let a mix be louder than its loudest channel.
        av_opt_set_sample_fmt(context, "internal_sample_fmt", AV_SAMPLE_FMT_FLTP, 0);
        av_opt_set_double(context, "rematrix_maxval", 1.0, 0);
        av_opt_set_int(context, "dither_method", SWR_DITHER_TRIANGULAR, 0);
        if (frame.sample_rate != format.sampleRate)
            av_opt_set_int(context, "resampler", SWR_ENGINE_SOXR, 0);
    }
    error = swr_init(context);
    if (error < 0 && frame.sample_rate != format.sampleRate) {
        // A libswresample that was built without soxr: its own engine, with a filter as long as soxr's.
        av_opt_set_int(context, "resampler", SWR_ENGINE_SWR, 0);
        av_opt_set_int(context, "filter_size", 64, 0);
        av_opt_set_double(context, "cutoff", 0.97, 0);
        error = swr_init(context);
    }
    if (error < 0)
        return refused(error);
    return swr;
}

std::vector<std::int16_t> doubled(const std::vector<std::int16_t> &samples)
{
    std::vector<std::int16_t> result;
    result.reserve(samples.size() * 2);
    for (const std::int16_t sample : samples)
        result.insert(result.end(), 2, sample);
    return result;
}

} // namespace

Result<std::vector<std::int16_t>> convert(const DecodedSpan &decoded, const Run &run, OutputFormat format,
                                          qint64 skip, qint64 frames, std::stop_token stop)
{
    if (format.channels == 2 && decoded.frames[run.first]->ch_layout.nb_channels == 1) {
        // libswresample would make each 3 dB quieter, as for one sound between two loudspeakers.
        auto one = convert(decoded, run, {format.sampleRate, 1}, skip, frames, std::move(stop));
        return one ? doubled(*one) : std::move(one);
    }
    const auto swr = openConverter(*decoded.frames[run.first], format);
    if (!swr)
        return tl::unexpected(swr.error());

    std::vector<std::int16_t> result;
    result.reserve(static_cast<std::size_t>(frames * format.channels));
    std::vector<std::int16_t> buffer;
    qint64 toSkip = skip;
    const auto wanted = static_cast<std::size_t>(frames * format.channels);
    for (std::size_t i = run.first; result.size() < wanted; ++i) {
        if (stop.stop_requested())
            return cancelled();
        // Behind the last frame comes what the resampler still holds.
        const bool flush = i >= run.last;
        const auto samples = flush ? 0 : static_cast<int>(decoded.blocks[i].samples);
        const int room = std::max(swr_get_out_samples(swr->get(), samples), 0) + 64;
        buffer.resize(static_cast<std::size_t>(room) * static_cast<std::size_t>(format.channels));
        auto *out = reinterpret_cast<std::uint8_t *>(buffer.data());
        // libswresample takes pointers to const, in an array that it promises not to change; C++ wants that
        // said.
        auto **in = flush ? nullptr : const_cast<const std::uint8_t **>(decoded.frames[i]->extended_data);
        const int got = swr_convert(swr->get(), &out, room, in, samples);
        if (got < 0)
            return refused(got);
        if (flush && got == 0)
            break;
        const qint64 dropped = std::min<qint64>(toSkip, got);
        toSkip -= dropped;
        const auto first = buffer.begin() + dropped * format.channels;
        const auto count =
            std::min<qint64>((got - dropped) * format.channels, static_cast<qint64>(wanted - result.size()));
        result.insert(result.end(), first, first + count);
    }
    if (isDithered(*decoded.frames[run.first], format))
        gateSilence(result, decoded, run, format, skip);
    return result;
}

} // namespace earmark::audio
