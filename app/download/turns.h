#pragma once

#include "download/clock.h"
#include "workspace/workspace.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace earmark::download {

/// Whose turn it is, of the clips that the workspace has queued.
class Turns final
{
public:
    /// The workspace must outlive it.
    explicit Turns(workspace::Workspace &workspace)
        : m_workspace(workspace)
    {
    }

    /// The next clip; nothing when none is queued or all rest.
    std::optional<SegmentKey> next(Moment now);
    /// It is not tried again before.
    void restUntil(const SegmentKey &key, Moment moment) { m_restsUntil.insert(key, moment); }
    /// It is tried when nothing else waits.
    void goLast(const SegmentKey &key) { m_goesLast.insert(key); }
    void forget(const SegmentKey &key);
    void clear();

    /// Failed for now: it is queued again at that moment, by requeueDue(). Its record says so as well.
    void dueAt(Moment moment) { m_nextDue = std::min(m_nextDue, moment); }
    /// Queues the clips whose moment has come. True when there are any.
    bool requeueDue(Moment now);

    /// The moment after now when time alone changes something; Moment::max() when it never does.
    Moment nextChange(Moment now) const;

private:
    workspace::Workspace &m_workspace;
    QHash<SegmentKey, Moment> m_restsUntil;
    QSet<SegmentKey> m_goesLast;
    Moment m_nextDue{}; ///< in the past: to be looked for
};

/// Makes it as if it had never been tried, but for the class of its failure: see Scheduler::ended().
void requeue(workspace::ClipRecord &record);

} // namespace earmark::download
