#include "download/throughputestimator.h"

namespace earmark::download {

void ThroughputEstimator::begin(Moment now)
{
    m_begun = now;
    m_finished.clear();
}

void ThroughputEstimator::clipFinished(Moment now)
{
    m_finished.push_back(now);
    if (m_finished.size() > Window)
        m_finished.pop_front();
}

Moment ThroughputEstimator::remaining(qint64 clips, Moment now) const
{
    if (clips == 0)
        return Moment(0);
    // The first clips of a run carry the start of yt-dlp: wait for a few.
    if (m_finished.size() < 3)
        return Moment(-1);
    // Up to now, not to the last clip: the estimate grows while nothing arrives.
    const bool isFull = m_finished.size() == Window;
    const Moment since = isFull ? m_finished.front() : m_begun;
    const auto count = static_cast<qint64>(isFull ? m_finished.size() - 1 : m_finished.size());
    return (now - since) * clips / count;
}

} // namespace earmark::download
