#include "download/pace.h"

namespace earmark::download {

void Pace::begin()
{
    m_clock.start();
    m_finished.clear();
}

void Pace::clipFinished()
{
    if (!m_clock.isValid())
        m_clock.start();
    m_finished.push_back(m_clock.elapsed());
    if (m_finished.size() > Window)
        m_finished.pop_front();
}

qint64 Pace::remainingMs(qint64 clips) const
{
    // The first clips of a run carry the start of yt-dlp: wait for a few.
    if (clips == 0)
        return 0;
    if (m_finished.size() < 3)
        return -1;
    // Up to now, not to the last clip: the estimate grows while nothing arrives.
    const qint64 since = m_finished.size() < Window ? 0 : m_finished.front();
    const auto count =
        static_cast<qint64>(m_finished.size() < Window ? m_finished.size() : m_finished.size() - 1);
    return (m_clock.elapsed() - since) * clips / count;
}

} // namespace earmark::download
