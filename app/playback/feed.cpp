#include "playback/feed.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace earmark::playback {

namespace {

qint64 frameBytes(const audio::Pcm &sound)
{
    return sound.channels * static_cast<qint64>(sizeof(std::int16_t));
}

} // namespace

Feed::Feed(QObject *parent)
    : QIODevice(parent)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

void Feed::begin(std::shared_ptr<const audio::Pcm> sound, qint64 frame, bool looping)
{
    m_sound = std::move(sound);
    m_next = frame * frameBytes(*m_sound);
    m_handed = 0;
    m_endedAfter = -1;
    m_looping = looping;
}

qint64 Feed::bytesAvailable() const
{
    return std::numeric_limits<int>::max();
}

qint64 Feed::readData(char *data, qint64 maxSize)
{
    if (!m_sound)
        return 0;
    const qint64 frame = frameBytes(*m_sound);
    const qint64 total = m_sound->frames() * frame;
    const qint64 wanted = maxSize / frame * frame;
    qint64 done = 0;
    while (done < wanted && m_endedAfter < 0) {
        const qint64 count = std::min(wanted - done, total - m_next);
        std::memcpy(data + done, reinterpret_cast<const char *>(m_sound->samples.data()) + m_next,
                    static_cast<std::size_t>(count));
        done += count;
        m_next += count;
        if (m_next < total)
            continue;
        m_next = 0;
        if (!m_looping)
            m_endedAfter = (m_handed + done) / frame;
    }
    std::memset(data + done, 0, static_cast<std::size_t>(wanted - done));
    m_handed += wanted;
    return wanted;
}

qint64 Feed::writeData(const char *, qint64)
{
    return -1;
}

} // namespace earmark::playback
