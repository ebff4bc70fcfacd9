#pragma once

#include "audio/formatter.h"
#include "base/segmentkey.h"
#include "download/pace.h"
#include "download/retrypolicy.h"
#include "workspace/workspace.h"
#include "ytdlp/worker.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <memory>
#include <stop_token>
#include <vector>

namespace earmark::download {

struct QueueOptions
{
    ytdlp::Tools tools;
    ytdlp::Source source;
    int workers = 2; ///< 1 to 16
    RetryPolicy retry;
};

/// A clip that is being worked on now.
struct RunningJob
{
    SegmentKey key;
    ClipState stage = ClipState::Fetching; ///< Fetching or Formatting
    double fraction = 0;                   ///< 0 to 1, of the whole way to the finished clip; never goes back
};

/// Downloads and formats what the workspace has queued: the only place that starts a job.
/// Lives in the main thread; formatting is done on a thread pool of its own.
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
    /// RateLimit, Environment or Transient (no network) when it paused by itself, else None.
    FailureClass pauseClass() const { return m_pauseClass; }
    const std::vector<RunningJob> &running() const { return m_running; }
    /// Milliseconds until the queue is empty at the present pace; -1 while that cannot be told.
    qint64 remainingMs() const { return m_pace.remainingMs(m_workspace.counts().unfinished()); }

    /// Begins with what the workspace has queued, or goes on after a pause.
    void start();
    /// Starts no new jobs; those that run are finished.
    void pause();
    /// Ends all jobs at once and empties the queue: all that ran or waited becomes absent again.
    void stop();
    /// Takes one clip out of the queue, ending its job if it runs; the others go on.
    void cancel(const SegmentKey &key);
    /// Queues the failed clips again and starts; permanent failures too only when asked.
    void retryFailed(bool alsoPermanent);

Q_SIGNALS:
    void stateChanged();
    /// A running job moved on, began or ended.
    void runningChanged();
    /// Everything queued has been dealt with.
    void idle();

private:
    struct Fetching
    {
        ytdlp::Worker *worker;
        SegmentKey key;
    };
    struct Formatting
    {
        SegmentKey key;
        std::stop_source stop;
    };

    void pump();
    void beginFetch(const SegmentKey &key);
    void beginFormat(const SegmentKey &key);
    void fetched(ytdlp::Worker *worker, const ytdlp::FetchOutcome &outcome);
    void formatted(const SegmentKey &key, const Result<std::optional<audio::FormattedClip>> &result);
    void finish(const SegmentKey &key, const audio::FormattedClip &clip);
    void spoiled(const SegmentKey &key, FailureClass failure, const QString &reason);
    void pauseBecause(FailureClass failure, const QString &reason);
    void setState(State state);
    void setStage(const SegmentKey &key, ClipState stage, double fraction);
    void endJob(const SegmentKey &key);
    void endAllJobs(ClipState then);
    ytdlp::Worker *idleWorker();

    workspace::Workspace &m_workspace;
    QueueOptions m_options;
    std::vector<std::unique_ptr<ytdlp::Worker>> m_workers; ///< made as they are needed
    std::vector<Fetching> m_fetching;                      ///< until the outcome is taken
    std::vector<Formatting> m_formatting;
    std::vector<RunningJob> m_running;
    QSet<SegmentKey> m_held;       ///< to be tried again when nothing else waits
    QSet<SegmentKey> m_endIsKnown; ///< clips that the source itself says end early
    Pace m_pace;
    int m_spoiledInARow = 0;
    State m_state = State::Idle;
    QString m_pauseReason;
    FailureClass m_pauseClass = FailureClass::None;
    QThreadPool m_pool; ///< last, so that it waits for its tasks before the rest goes
};

} // namespace earmark::download
