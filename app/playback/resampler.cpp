#include "playback/resampler.h"

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace earmark::playback {

namespace {

constexpr int InputFrames = 256;

} // namespace

Resampler::Resampler(Format from, Format to)
    : m_channels(static_cast<std::size_t>(to.channels))
    , m_in(static_cast<std::size_t>(from.channels) * InputFrames)
{
    audio::silenceLibav();
    AVChannelLayout in{};
    AVChannelLayout out{};
    av_channel_layout_default(&in, from.channels);
    av_channel_layout_default(&out, to.channels);
    SwrContext *made = nullptr;
    if (swr_alloc_set_opts2(&made, &out, AV_SAMPLE_FMT_S16, to.sampleRate, &in, AV_SAMPLE_FMT_S16,
                            from.sampleRate, 0, nullptr) >= 0) {
        m_swr.reset(made);
        if (swr_init(made) < 0)
            m_swr.reset();
    }
}

void Resampler::read(std::int16_t *samples, std::int64_t frames, const Pull &pull)
{
    int in = 0; // first what it still has
    while (frames > 0) {
        auto *to = reinterpret_cast<std::uint8_t *>(samples);
        const auto *from = reinterpret_cast<const std::uint8_t *>(m_in.data());
        const int done = std::max(swr_convert(m_swr.get(), &to, static_cast<int>(frames), &from, in), 0);
        samples += static_cast<std::size_t>(done) * m_channels;
        frames -= done;
        if (frames == 0)
            return;
        pull(m_in.data(), InputFrames);
        in = InputFrames;
    }
}

} // namespace earmark::playback
