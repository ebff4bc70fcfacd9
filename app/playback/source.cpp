#include "playback/source.h"

#include <algorithm>
#include <cmath>

namespace earmark::playback {

void Source::begin(std::shared_ptr<const audio::Pcm> sound, qint64 frame, Part part, bool looping)
{
    m_sound = std::move(sound);
    m_part = part;
    m_isLooping = looping;
    m_next = frame;
    m_stop = frame < part.to ? part.to : m_sound->frames();
    m_taken = 0;
    m_endedAfter = -1;
    m_runs.clear();
    note();
}

void Source::change(Part part, bool looping)
{
    const bool isOther = part != m_part;
    m_part = part;
    m_isLooping = looping;
    if (m_endedAfter >= 0 && !looping)
        return;
    if (m_endedAfter >= 0 || (isOther && m_next >= part.to))
        turn();
    else if (m_next < part.to)
        m_stop = part.to;
    note();
}

void Source::turn()
{
    if (m_isLooping) {
        m_next = m_part.from;
        m_stop = m_part.to;
        m_endedAfter = -1;
    } else {
        m_stop = m_next;
        m_endedAfter = m_taken;
    }
}

void Source::note()
{
    m_runs.push_back({m_taken, m_next, m_stop, m_part, m_isLooping});
}

void Source::take(std::int16_t *samples, qint64 frames)
{
    const qint64 channels = m_sound->channels;
    const qint64 end = m_taken + frames;
    while (m_taken < end && m_endedAfter < 0) {
        const qint64 count = std::min(end - m_taken, m_stop - m_next);
        samples = std::copy_n(m_sound->samples.data() + m_next * channels, count * channels, samples);
        m_taken += count;
        m_next += count;
        if (m_next == m_stop)
            turn();
    }
    std::fill_n(samples, (end - m_taken) * channels, std::int16_t(0));
    m_taken = end;
}

double Source::place(double taken) const
{
    const auto behind = std::find_if(m_runs.rbegin(), m_runs.rend() - 1, [taken](const Run &run) {
        return static_cast<double>(run.taken) <= taken;
    });
    const Run &run = *behind;
    const double ahead = static_cast<double>(run.place) + taken - static_cast<double>(run.taken) -
                         static_cast<double>(run.stop);
    if (ahead < 0)
        return static_cast<double>(run.stop) + ahead;
    if (!run.isLooping)
        return static_cast<double>(run.stop);
    return static_cast<double>(run.part.from) +
           std::fmod(ahead, static_cast<double>(run.part.to - run.part.from));
}

} // namespace earmark::playback
