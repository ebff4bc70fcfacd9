#include "download/pendingclips.h"

#include "clips/lifecycle.h"

#include <algorithm>
#include <limits>

namespace earmark::download {

namespace {

WaitingClip waitingClip(const SegmentKey &key, const Rest &rest, Moment now, std::optional<Moment> earliest)
{
    const Moment next = earliest ? std::max(rest.until, *earliest) : now;
    return {.key = key,
            .waitMs = std::max<qint64>((next - now).count(), 0),
            .nextTry = rest.nextTry,
            .tries = rest.tries,
            .failure = rest.trouble.failure,
            .reason = rest.trouble.reason};
}

} // namespace

PendingClips::PendingClips(workspace::Workspace &workspace)
    : m_workspace(workspace)
{
    // They stopped the queue the last time.
    for (auto clip = workspace.clips().cbegin(); clip != workspace.clips().cend(); ++clip) {
        if (clip->state == ClipState::Queued && clip->failure == FailureClass::Environment)
            m_goesLast.insert(clip.key());
    }
}

std::optional<SegmentKey> PendingClips::next(Moment now)
{
    const auto isHeld = [this, now](const SegmentKey &key, int begun) {
        const auto rest = m_rests.constFind(key);
        return rest != m_rests.cend() && (rest->until > now || rest->begun + OthersBetween > begun);
    };
    auto key = m_workspace.nextQueued(
        [&](const SegmentKey &each) { return m_goesLast.contains(each) || isHeld(each, m_begun); });
    if (!key && !(m_goesLast.isEmpty() && m_rests.isEmpty())) {
        m_goesLast.clear();
        constexpr int Any = std::numeric_limits<int>::max();
        key = m_workspace.nextQueued([&](const SegmentKey &each) { return isHeld(each, Any); });
    }
    return key;
}

void PendingClips::rest(const SegmentKey &key, Rest rest)
{
    rest.begun = m_begun;
    m_rests.insert(key, std::move(rest));
}

std::vector<WaitingClip> PendingClips::waiting(Moment now, std::optional<Moment> earliest) const
{
    std::vector<WaitingClip> waiting;
    waiting.reserve(static_cast<std::size_t>(m_rests.size()));
    for (auto rest = m_rests.cbegin(); rest != m_rests.cend(); ++rest)
        waiting.push_back(waitingClip(rest.key(), *rest, now, earliest));
    std::ranges::sort(waiting, {}, [](const WaitingClip &clip) { return std::pair(clip.waitMs, clip.key); });
    return waiting;
}

std::optional<WaitingClip> PendingClips::waiting(const SegmentKey &key, Moment now,
                                                 std::optional<Moment> earliest) const
{
    const auto rest = m_rests.constFind(key);
    return rest == m_rests.cend() ? std::nullopt : std::optional(waitingClip(key, *rest, now, earliest));
}

void PendingClips::forget(const SegmentKey &key)
{
    m_rests.remove(key);
    m_goesLast.remove(key);
}

void PendingClips::clear()
{
    m_rests.clear();
    m_goesLast.clear();
}

bool PendingClips::requeueDue(Moment now)
{
    if (m_workspace.counts()[FailureClass::Later] == 0 || m_nextDue > now)
        return false;
    m_nextDue = Moment::max();
    std::vector<SegmentKey> due;
    for (auto clip = m_workspace.clips().cbegin(); clip != m_workspace.clips().cend(); ++clip) {
        if (clip->state != ClipState::Failed || clip->failure != FailureClass::Later)
            continue;
        if (Moment(clip->retryAt) > now) {
            m_nextDue = std::min(m_nextDue, Moment(clip->retryAt));
            continue;
        }
        due.push_back(clip.key());
    }
    m_workspace.change(due, [](const SegmentKey &, Clip &clip) { return lifecycle::queue(clip); });
    return !due.empty();
}

Moment PendingClips::nextChange(Moment now) const
{
    Moment next = m_nextDue > now ? m_nextDue : Moment::max();
    for (const Rest &rest : m_rests) {
        if (rest.until > now)
            next = std::min(next, rest.until);
    }
    return next;
}

} // namespace earmark::download
