#include "playback/feed.h"

#include <algorithm>
#include <cmath>

namespace earmark::playback {

namespace {

constexpr double RampSeconds = 0.005;

} // namespace

bool Feed::begin(std::shared_ptr<const audio::Pcm> sound, qint64 frame, const Manner &manner,
                 Resampler::Format format)
{
    Resampler::Format made{sound->sampleRate, sound->channels};
    m_stretcher.reset();
    m_resampler.reset();
    m_format = format;
    m_read = 0;
    m_step = manner.speed * made.sampleRate / format.sampleRate;
    m_factor = m_wantedFactor = manner.factor;
    if (manner.keepsPitch && manner.speed != 1)
        m_stretcher.emplace(made.sampleRate, made.channels, manner.speed);
    else
        made.sampleRate = static_cast<int>(std::lround(made.sampleRate * manner.speed));
    if (made != format && !m_resampler.emplace(made, format).isValid())
        return false;
    m_source.begin(std::move(sound), frame, manner.part, manner.isLooping);
    return true;
}

void Feed::setFactor(double factor)
{
    m_wantedFactor = factor;
    m_climb = (factor - m_factor) / (RampSeconds * m_format.sampleRate);
}

std::optional<double> Feed::end() const
{
    const qint64 end = m_source.endedAfter();
    return end < 0 ? std::nullopt : std::optional(static_cast<double>(end) / m_step);
}

void Feed::take(std::int16_t *samples, qint64 frames)
{
    if (!m_stretcher) {
        m_source.take(samples, frames);
        return;
    }
    m_stretcher->read(samples, frames,
                      [this](std::int16_t *to, std::int64_t count) { m_source.take(to, count); });
}

void Feed::read(std::int16_t *samples, qint64 frames)
{
    if (m_resampler)
        m_resampler->read(samples, frames, [this](std::int16_t *to, std::int64_t count) { take(to, count); });
    else
        take(samples, frames);
    amplify(samples, frames);
    m_read += frames;
    if (!m_stretcher)
        return;
    // What is laid over the end reaches beyond it.
    const double rest = static_cast<double>(m_read) - end().value_or(static_cast<double>(m_read));
    const qint64 behind =
        std::clamp(static_cast<qint64>(std::floor(rest)), qint64(0), frames) * m_format.channels;
    std::fill_n(samples + frames * m_format.channels - behind, behind, std::int16_t(0));
}

void Feed::amplify(std::int16_t *samples, qint64 frames)
{
    for (qint64 i = 0; i < frames && (m_factor != 1 || m_wantedFactor != 1); ++i) {
        if (m_factor != m_wantedFactor) {
            m_factor += m_climb;
            if ((m_climb > 0) == (m_factor > m_wantedFactor))
                m_factor = m_wantedFactor;
        }
        for (std::int16_t *sample = samples + i * m_format.channels;
             sample != samples + (i + 1) * m_format.channels; ++sample)
            *sample =
                static_cast<std::int16_t>(std::lround(std::clamp(*sample * m_factor, -32768.0, 32767.0)));
    }
}

} // namespace earmark::playback
