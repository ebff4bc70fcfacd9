#include "playback/stretcher.h"

#include <SoundTouch.h>

#include <algorithm>
#include <cmath>

namespace earmark::playback {

namespace {

constexpr std::int64_t BlockFrames = 512;
constexpr float FullScale = 32768;
// Within a piece the sound runs at its own speed: long pieces sound smoother, and wander farther from the
// place that is shown. SoundTouch's own choice at half speed is 90 ms.
constexpr int PieceMs = 40;
constexpr int SearchMs = 15;
constexpr int OverlapMs = 8;

} // namespace

Stretcher::Stretcher(int sampleRate, int channels, double tempo)
    : m_touch(std::make_unique<soundtouch::SoundTouch>())
    , m_channels(static_cast<std::size_t>(channels))
    , m_in(m_channels * BlockFrames)
    , m_block(m_channels * BlockFrames)
{
    static_assert(std::is_same_v<soundtouch::SAMPLETYPE, float>);
    m_touch->setSampleRate(static_cast<unsigned>(sampleRate));
    m_touch->setChannels(static_cast<unsigned>(channels));
    m_touch->setTempo(tempo);
    m_touch->setSetting(SETTING_SEQUENCE_MS, PieceMs);
    m_touch->setSetting(SETTING_SEEKWINDOW_MS, SearchMs);
    m_touch->setSetting(SETTING_OVERLAP_MS, OverlapMs);
}

Stretcher::~Stretcher() = default;

void Stretcher::read(std::int16_t *samples, std::int64_t frames, const Pull &pull)
{
    while (frames > 0) {
        const auto wanted = static_cast<unsigned>(std::min(frames, BlockFrames));
        while (m_touch->numSamples() < wanted) {
            pull(m_in.data(), BlockFrames);
            std::ranges::transform(m_in, m_block.begin(), [](std::int16_t sample) {
                return static_cast<float>(sample) / FullScale;
            });
            m_touch->putSamples(m_block.data(), BlockFrames);
        }
        m_touch->receiveSamples(m_block.data(), wanted);
        samples = std::transform(m_block.begin(),
                                 m_block.begin() + static_cast<std::ptrdiff_t>(wanted * m_channels), samples,
                                 [](float sample) {
                                     return static_cast<std::int16_t>(std::lround(
                                         std::clamp(sample * FullScale, -FullScale, FullScale - 1)));
                                 });
        frames -= wanted;
    }
}

} // namespace earmark::playback
