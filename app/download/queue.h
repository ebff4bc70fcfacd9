#pragma once

#include "audio/formatter.h"
#include "clips/segmentkey.h"
#include "download/jobfailure.h"
#include "download/joblogs.h"
#include "download/localfailures.h"
#include "download/pendingclips.h"
#include "download/queueoptions.h"
#include "download/scheduler.h"
#include "download/shortdeliveries.h"
#include "download/throughputestimator.h"
#include "verify/shortclips.h"
#include "workspace/workspace.h"
#include "ytdlp/worker.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace earmark::download {

/// A clip that is being worked on now.
struct RunningJob
{
    SegmentKey key;
    ClipState stage = ClipState::Fetching; ///< Fetching or Formatting
    double fraction = 0;                   ///< 0 to 1, of the whole way to the finished clip; never goes back
    double bytesPerSecond = 0;             ///< of the download so far; 0 while nothing has come
    int attempt = 0;                       ///< 1: its first download; 0: it lay on disk
    Moment begunAt{};
};

/// Downloads and formats what the workspace has queued: the only place that starts a job. Carries out what
/// Scheduler and RetryPolicy decide. Lives in the main thread; formatting is done on a thread pool of its
/// own.
class Queue final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,    ///< nothing to do, or not started
        Running, ///< works
        Waiting, ///< starts nothing until waitMs() is over, then tries one clip; pauseReason() says why
        Paused,  ///< starts no new jobs until start(): asked for, or pauseReason() says why
    };
    Q_ENUM(State)

    /// The workspace must outlive the queue.
    Queue(workspace::Workspace &workspace, QueueOptions options, QObject *parent = nullptr);
    /// Ends all jobs at once; they stay queued in the workspace.
    ~Queue() override;

    State state() const { return m_state; }
    /// It works, or will by itself.
    bool isActive() const { return m_state == State::Running || m_state == State::Waiting; }
    /// Why it waits or paused by itself, a sentence for the user with what to do; empty when the user
    /// asked.
    const QString &pauseReason() const { return m_why.reason; }
    /// RateLimit, Environment, Transient (refused or not answered) or Unknown when it stands by itself, else
    /// None.
    FailureClass pauseClass() const { return m_why.failure; }
    /// What the user can do about it.
    ytdlp::Remedy pauseHelp() const { return m_why.help; }
    /// Waiting: milliseconds until the next try, 0 while that runs; else 0.
    qint64 waitMs() const;
    const std::vector<RunningJob> &running() const { return m_running; }
    /// Queued clips that failed before, soonest first.
    std::vector<WaitingClip> waiting() const { return m_turns.waiting(now(), earliestStart()); }
    /// This one, if it is one of them.
    std::optional<WaitingClip> waiting(const SegmentKey &key) const
    {
        return m_turns.waiting(key, now(), earliestStart());
    }
    Moment now() const { return m_options.clock(); }
    /// What yt-dlp and ffmpeg have printed so far for a clip that is being fetched; else empty.
    QString runningLog(const SegmentKey &key) const;
    const JobLogs &logs() const { return m_logs; }
    /// See ytdlp::shellCommand().
    QString command(const SegmentKey &key) const;
    /// Downloads begun in any hour at the most; 0: no limit.
    int perHour() const { return m_scheduler.perHour(); }
    /// Milliseconds until the queue is empty, at the pace and the present speed; -1 while that cannot be
    /// told.
    qint64 remainingMs() const;

    /// Begins with what the workspace has queued, or goes on after a pause.
    void start();
    /// Starts no new jobs; those that run are finished.
    void pause();
    /// Waiting: the user does not want to.
    void tryNow();
    /// Ends all jobs at once and empties the queue: all that ran or waited becomes absent again.
    void stop();
    /// Takes one clip out of the queue, ending its job if it runs; the others go on.
    void cancel(const SegmentKey &key);
    /// Queues the failed clips again and starts; permanent failures too only when asked.
    void retryFailed(bool alsoPermanent);
    /// Queues those of these clips again that failed or whose files are missing or damaged, and starts.
    void retry(std::span<const SegmentKey> clips);

Q_SIGNALS:
    void stateChanged();
    /// A running job moved on, began or ended, or a clip waits for its next try.
    void runningChanged();
    /// Everything queued has been dealt with.
    void idle();

private:
    /// The share of the way to a finished clip that is the download's.
    static constexpr double FetchShare = 0.9;

    struct Fetching
    {
        ytdlp::Worker *worker;
        SegmentKey key;
        int ticket; ///< of the scheduler
    };
    struct Formatting
    {
        SegmentKey key;
        std::stop_source stop;
    };

    /// Whose fault it is that a download came to nothing: only the clip's own are counted as its tries.
    enum class Blame { Clip, Nobody };

    /// Starts what may be started.
    void startNext();
    /// Sees to it that wake() is called when time alone changes something.
    void sleep();
    void wake();
    /// False when the scheduler has changed its mind.
    bool beginFetch(const SegmentKey &key);
    /// `elsewhere`: see takeRawClip().
    void beginFormat(const SegmentKey &key, const QString &elsewhere = {});
    void fetched(ytdlp::Worker *worker, const ytdlp::FetchOutcome &outcome);
    void formatted(const SegmentKey &key, const Result<std::optional<audio::FormattedClip>> &result);
    void finish(const SegmentKey &key, const audio::FormattedClip &clip);
    /// What proves that a clip is short; nothing when that is open, and the clip has been dealt with.
    std::optional<verify::ShortProof> provenShort(const SegmentKey &key, const audio::FormattedClip &clip);
    /// Tells the scheduler what came of a download. True when the failure is the site's, as it turns out.
    bool tellScheduler(int ticket, const ytdlp::FetchOutcome &outcome);
    /// A download came to nothing.
    void failed(const ytdlp::FetchOutcome &outcome, bool isSites);
    /// Takes back what was held against clips while it was not known to be the site's trouble.
    void acquit(const std::vector<SegmentKey> &clips, const SegmentKey &but);
    /// What yt-dlp or ffmpeg took for trouble of this computer.
    LocalFailures::Verdict localTrouble(const ytdlp::FetchOutcome &outcome);
    /// `log`: of the download; when there was none just now, of the last one.
    void jobFailed(const SegmentKey &key, const JobFailure &trouble, Blame blame, const QString &log = {});
    /// What was downloaded cannot be used, or this computer cannot take it: then the queue pauses.
    void jobFailed(const SegmentKey &key, const Error &error);
    /// Queues it again; `tries`: downloads before it counts as failed, 0: any number.
    void putBack(const SegmentKey &key, const JobFailure &trouble, Moment wait, int tries);
    void fail(const SegmentKey &key, const JobFailure &trouble);
    void note(const SegmentKey &key, const JobFailure &trouble, const QString &log);
    bool isAnyWaiting(const std::function<bool(const SegmentKey &)> &isHeld, const SegmentKey &but) const;
    /// When the next download may start; nothing while the queue does not work.
    std::optional<Moment> earliestStart() const
    {
        return isActive() ? std::optional(m_scheduler.nextStart().value_or(now())) : std::nullopt;
    }
    /// Waiting or Running, as the scheduler has it.
    void followScheduler();
    void setState(State state, JobFailure why = {});
    void setStage(const SegmentKey &key, ClipState stage, double fraction, double bytesPerSecond = 0);
    void endJob(const SegmentKey &key);
    /// Ends all jobs; `change`: what becomes of their clips.
    void abortAll(const std::function<bool(const SegmentKey &, Clip &)> &change);
    ytdlp::Worker *idleWorker();

    workspace::Workspace &m_workspace;
    const QueueOptions m_options;
    const RetryPolicy m_retry;
    PendingClips m_turns;
    Scheduler m_scheduler;
    std::vector<std::unique_ptr<ytdlp::Worker>> m_workers; ///< made as they are needed
    std::vector<Fetching> m_fetching;                      ///< until the outcome is taken
    std::vector<Formatting> m_formatting;
    std::vector<RunningJob> m_running;
    ShortDeliveries m_shortDeliveries;
    LocalFailures m_local;
    ThroughputEstimator m_tempo;
    JobLogs m_logs;
    QTimer m_tick; ///< while there is something to wait for
    State m_state = State::Idle;
    Moment m_waitsUntil{}; ///< announced last
    JobFailure m_why;      ///< it stands by itself
    QThreadPool m_pool;    ///< last, so that it waits for its tasks before the rest goes
};

} // namespace earmark::download
