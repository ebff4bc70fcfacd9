#pragma once

#include "download/clock.h"
#include "download/jobfailure.h"
#include "workspace/workspace.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace earmark::download {

/// How long a clip rests before it is tried again, and why.
struct Rest
{
    Moment until{};
    int nextTry = 2; ///< 2: the second download of it
    int tries = 0;   ///< downloads before it counts as failed
    JobFailure trouble;
    int begun = 0; ///< downloads begun before it, as PendingClips counts them
};

/// A queued clip that failed before and is tried again without anybody's doing.
struct WaitingClip
{
    SegmentKey key;
    qint64 waitMs = 0; ///< until its next download may begin; 0: it may now, or the queue does not work
    int nextTry = 2;   ///< 2: its second download comes next
    int tries = 0;     ///< downloads before it counts as failed
    FailureClass failure = FailureClass::None; ///< why the last download came to nothing
    QString reason;                            ///< the same as a sentence for the user
};

/// Whose turn it is, of the clips that the workspace has queued.
class PendingClips final
{
public:
    /// The workspace must outlive it. What stopped the queue the last time goes last.
    explicit PendingClips(workspace::Workspace &workspace);

    /// The next clip; nothing when none is queued or all rest.
    std::optional<SegmentKey> next(Moment now);
    /// It is not tried again before; nor before some others have been, if there are any: so many failures of
    /// different clips in a row are the site's trouble, and no clip is to have failed for good by then.
    void rest(const SegmentKey &key, Rest rest);
    /// A download begins.
    void begun(const SegmentKey &key)
    {
        forget(key);
        ++m_begun;
    }
    /// The clips that failed and whose next download has not begun, soonest first; their rest may be over.
    /// `earliest`: no download starts before; nothing: none does at all.
    std::vector<WaitingClip> waiting(Moment now, std::optional<Moment> earliest) const;
    /// This one, if it is one of them.
    std::optional<WaitingClip> waiting(const SegmentKey &key, Moment now,
                                       std::optional<Moment> earliest) const;
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
    /// As many as the longest run by which CircuitBreaker tells the site's trouble from a clip's own.
    static constexpr int OthersBetween = 6;

    workspace::Workspace &m_workspace;
    QHash<SegmentKey, Rest> m_rests;
    QSet<SegmentKey> m_goesLast;
    int m_begun = 0;    ///< downloads
    Moment m_nextDue{}; ///< in the past: to be looked for
};

} // namespace earmark::download
