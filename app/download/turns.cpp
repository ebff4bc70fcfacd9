#include "download/turns.h"

#include <algorithm>

namespace earmark::download {

void requeue(workspace::ClipRecord &record)
{
    record.state = ClipState::Queued;
    record.reason.clear();
    record.attempts = 0;
    record.retryAt = 0;
}

std::optional<SegmentKey> Turns::next(Moment now)
{
    const auto rests = [this, now](const SegmentKey &key) {
        const auto rest = m_restsUntil.constFind(key);
        return rest != m_restsUntil.cend() && *rest > now;
    };
    auto key = m_workspace.nextQueued(
        [&](const SegmentKey &each) { return m_goesLast.contains(each) || rests(each); });
    if (!key && !m_goesLast.isEmpty()) {
        m_goesLast.clear();
        key = m_workspace.nextQueued(rests);
    }
    return key;
}

void Turns::forget(const SegmentKey &key)
{
    m_restsUntil.remove(key);
    m_goesLast.remove(key);
}

void Turns::clear()
{
    m_restsUntil.clear();
    m_goesLast.clear();
}

bool Turns::requeueDue(Moment now)
{
    if (m_workspace.counts()[FailureClass::Later] == 0 || m_nextDue > now)
        return false;
    m_nextDue = Moment::max();
    std::vector<std::pair<SegmentKey, workspace::ClipRecord>> due;
    for (auto clip = m_workspace.clips().cbegin(); clip != m_workspace.clips().cend(); ++clip) {
        if (clip->state != ClipState::Failed || clip->failure != FailureClass::Later)
            continue;
        if (Moment(clip->retryAt) > now) {
            m_nextDue = std::min(m_nextDue, Moment(clip->retryAt));
            continue;
        }
        workspace::ClipRecord record = *clip;
        requeue(record);
        due.emplace_back(clip.key(), record);
    }
    m_workspace.update(due);
    return !due.empty();
}

Moment Turns::nextChange(Moment now) const
{
    Moment next = m_nextDue > now ? m_nextDue : Moment::max();
    for (const Moment rest : m_restsUntil) {
        if (rest > now)
            next = std::min(next, rest);
    }
    return next;
}

} // namespace earmark::download
