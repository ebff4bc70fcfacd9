#pragma once

#include "base/segmentkey.h"
#include "workspace/workspace.h"
#include "ytdlp/worker.h"

#include <QObject>

#include <deque>
#include <memory>
#include <vector>

namespace earmark::download {

struct QueueOptions
{
    ytdlp::Tools tools;
    ytdlp::Source source;
    int workers = 2; ///< 1 to 16
};

/// A clip that is being worked on now.
struct RunningJob
{
    SegmentKey key;
    ClipState stage = ClipState::Fetching; ///< Fetching or Formatting
    double fraction = 0;                   ///< 0 to 1, of the whole way to the finished clip; never goes back
};

/// Downloads and formats what the workspace has queued: the only place that starts a job.
/// All in the thread that made it, but for the formatting, which is done on the thread pool.
class Queue final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,    ///< nothing to do, or not started
        Running, ///< works
        Paused,  ///< starts no new jobs: asked for, or pauseReason() says why
    };
    Q_ENUM(State)

    /// The workspace must outlive the queue.
    Queue(workspace::Workspace &workspace, QueueOptions options, QObject *parent = nullptr);
    /// Ends all jobs at once; they stay queued in the workspace.
    ~Queue() override;

    State state() const { return m_state; }
    /// Why it paused by itself, a sentence for the person with what to do; empty when the person asked.
    const QString &pauseReason() const { return m_pauseReason; }
    /// RateLimit or Environment when it paused by itself, else None.
    FailureClass pauseClass() const { return m_pauseClass; }
    const std::vector<RunningJob> &running() const { return m_running; }
    /// Milliseconds until the queue is empty at the present pace; -1 while that cannot be told.
    qint64 remainingMs() const;

    /// Reads what is queued in the workspace and begins, or goes on after a pause.
    void start();
    /// Starts no new jobs; those that run are finished.
    void pause();
    /// Ends all jobs at once and forgets the queue: those that ran and those that waited become absent again
    /// (or keep the state of the clip they had).
    void stop();
    /// Takes one clip out of the queue, ending its job if it runs; the others go on.
    void cancel(const SegmentKey &key);
    /// Queues the failed clips again and starts. Permanent failures too only when asked.
    void retryFailed(bool alsoPermanent);

Q_SIGNALS:
    void stateChanged();
    /// A running job moved on, began or ended. At most some ten times a second per job.
    void runningChanged();
    /// Everything queued has been dealt with.
    void idle();

private:
    class Private;
    std::unique_ptr<Private> d;
    State m_state = State::Idle;
    QString m_pauseReason;
    FailureClass m_pauseClass = FailureClass::None;
    std::vector<RunningJob> m_running;
};

} // namespace earmark::download
