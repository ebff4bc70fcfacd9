#include "download/queue.h"

#include "base/async.h"
#include "clips/lifecycle.h"
#include "download/clipfinisher.h"
#include "download/forecast.h"
#include "ytdlp/commandline.h"
#include "ytdlp/secretfolder.h"

#include <QDateTime>

#include <algorithm>

namespace earmark::download {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// How long the queue sleeps at the most while it waits for a moment: the clock is not the timer's.
constexpr auto LongestSleep = 1s;
/// A source that is not YouTube is near, and its trouble short.
constexpr auto FirstWaitElsewhere = 5s;

RetryPolicy policyOf(const QueueOptions &options)
{
    RetryPolicy policy;
    if (!options.worker.source.isYouTube())
        policy.firstWait = FirstWaitElsewhere;
    return options.retry.value_or(policy);
}

RateLimiter paceOf(const QueueOptions &options, qint64 lastStart)
{
    // A clock that was wrong may have left a moment that is yet to come.
    return RateLimiter(options.perHour.value_or(options.worker.source.isYouTube() ? RateLimiter::Guest : 0),
                       std::min(Moment(lastStart), options.clock()), std::random_device()(),
                       RateLimiterFile(options.paceFile));
}

} // namespace

Queue::Queue(workspace::Workspace &workspace, QueueOptions options, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_options(std::move(options))
    , m_retry(policyOf(m_options))
    , m_turns(workspace)
    , m_scheduler(paceOf(m_options, workspace.lastStart()),
                  std::min(Moment(workspace.unavailableSince()), m_options.clock()))
    , m_logs(workspace.layout().logs())
{
    // Formatting 10 s takes some hundredths of a second: half the cores keep up with any number of downloads.
    m_pool.setMaxThreadCount(std::max(1, QThread::idealThreadCount() / 2));
    connect(&m_workspace, &workspace::Workspace::ledgerFailed, this, [this](const Error &error) {
        setState(State::Paused, {FailureClass::Environment, error.text, ytdlp::Remedy::Folder});
    });
    post(m_pool, ytdlp::sweepSecretFolders); // what was left when a program was killed
    m_tick.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &Queue::wake);
}

Queue::~Queue()
{
    abortAll([](const SegmentKey &, Clip &clip) { return lifecycle::putBack(clip.progress); });
    m_workers.clear();
    m_pool.waitForDone();
}

qint64 Queue::waitMs() const
{
    if (m_state != State::Waiting)
        return 0;
    const auto next = m_scheduler.nextStart();
    return next ? std::max<qint64>((*next - now()).count(), 0) : 0;
}

qint64 Queue::remainingMs() const
{
    const qint64 clips = m_workspace.counts().unfinished();
    const qint64 paced = pacedMs(clips, perHour());
    const qint64 measured = m_state == State::Running ? m_tempo.remaining(clips, now()).count() : -1;
    if (paced == 0)
        return measured;
    return waitMs() + std::max(paced, measured);
}

void Queue::start()
{
    if (isActive()) {
        startNext();
        return;
    }
    if (!m_options.worker.tools.areUsable()) {
        setState(State::Paused,
                 {FailureClass::Environment, m_options.worker.tools.problem(), ytdlp::Remedy::Tools});
        return;
    }
    for (const QString &problem : {m_options.worker.source.problem(), m_options.worker.settings.problem()}) {
        if (!problem.isEmpty()) {
            setState(State::Paused, {FailureClass::Environment, problem});
            return;
        }
    }
    m_local.forget(); // the user may have put it right
    m_workspace.setPace(perHour());
    m_tempo.begin(now());
    followScheduler();
    startNext();
}

void Queue::pause()
{
    setState(State::Paused);
}

void Queue::tryNow()
{
    m_scheduler.tryNow(now());
    startNext();
}

void Queue::stop()
{
    abortAll([](const SegmentKey &, Clip &clip) { return lifecycle::cancel(clip); });
    std::vector<SegmentKey> waiting;
    for (auto clip = m_workspace.clips().cbegin(); clip != m_workspace.clips().cend(); ++clip) {
        if (clip->state == ClipState::Queued)
            waiting.push_back(clip.key());
    }
    m_workspace.change(waiting, [](const SegmentKey &, Clip &clip) { return lifecycle::cancel(clip); });
    m_turns.clear();
    setState(State::Idle);
    Q_EMIT runningChanged();
}

void Queue::cancel(const SegmentKey &key)
{
    if (const ClipState state = m_workspace.record(key).progress.state;
        state != ClipState::Queued && !isRunning(state))
        return;
    for (const Fetching &fetching : m_fetching) {
        if (fetching.key != key)
            continue;
        fetching.worker->cancel();
        m_scheduler.cancelled(fetching.ticket, key, now());
    }
    for (Formatting &formatting : m_formatting) {
        if (formatting.key == key)
            formatting.stop.request_stop();
    }
    endJob(key);
    m_turns.forget(key);
    m_workspace.change(key, lifecycle::cancel);
    Q_EMIT runningChanged();
    startNext();
}

void Queue::retryFailed(bool alsoPermanent)
{
    std::vector<SegmentKey> failed;
    for (auto clip = m_workspace.clips().cbegin(); clip != m_workspace.clips().cend(); ++clip) {
        if (clip->state == ClipState::Failed && (clip->failure != FailureClass::Permanent || alsoPermanent))
            failed.push_back(clip.key());
    }
    retry(failed);
}

void Queue::retry(std::span<const SegmentKey> clips)
{
    m_workspace.change({clips.begin(), clips.end()}, [](const SegmentKey &, Clip &clip) {
        const ClipState state = clip.progress.state;
        return (state == ClipState::Failed || isLost(state)) && lifecycle::queue(clip);
    });
    start();
}

QString Queue::runningLog(const SegmentKey &key) const
{
    const auto job = std::ranges::find(m_fetching, key, &Fetching::key);
    return job == m_fetching.end() ? QString() : job->worker->log().join(u'\n');
}

QString Queue::command(const SegmentKey &key) const
{
    return ytdlp::shellCommand(m_options.worker, key);
}

ytdlp::Worker *Queue::idleWorker()
{
    for (const auto &worker : m_workers) {
        if (!worker->isBusy())
            return worker.get();
    }
    if (static_cast<int>(m_workers.size()) >= m_options.workers)
        return nullptr;
    ytdlp::WorkerOptions options = m_options.worker;
    options.folder = m_workspace.layout().temporary() + u"/worker-%1"_s.arg(m_workers.size() + 1);
    auto *worker = m_workers.emplace_back(std::make_unique<ytdlp::Worker>(std::move(options))).get();
    connect(worker, &ytdlp::Worker::progressed, this,
            [this](const SegmentKey &key, double fraction, double bytesPerSecond) {
                setStage(key, ClipState::Fetching, fraction * FetchShare, bytesPerSecond);
            });
    // Directly: the file must be moved before the worker's folder is used again.
    connect(worker, &ytdlp::Worker::finished, this,
            [this, worker](const ytdlp::FetchOutcome &outcome) { fetched(worker, outcome); });
    return worker;
}

void Queue::wake()
{
    if (m_state != State::Idle)
        startNext();
    else if (m_turns.requeueDue(now()))
        start(); // a premiere is over
    else
        sleep();
}

void Queue::startNext()
{
    if (!isActive())
        return;
    m_turns.requeueDue(now());
    // A backlog of raw sections would only fill the disk: no more than one waits for each worker.
    while (static_cast<int>(m_running.size()) < 2 * m_options.workers) {
        const auto key = m_turns.next(now());
        if (!key)
            break;
        if (hasFiles(m_workspace.layout(), *key)) {
            beginFormat(*key);
            continue;
        }
        const auto next = m_scheduler.nextStart();
        if (!next || *next > now() || static_cast<int>(m_fetching.size()) >= m_options.workers)
            break;
        if (!beginFetch(*key))
            break;
        // The rest when the window has had its turn: starting a process takes milliseconds.
        QMetaObject::invokeMethod(this, &Queue::startNext, Qt::QueuedConnection);
        break;
    }
    followScheduler();
    if (m_running.empty() && !m_workspace.nextQueued()) {
        setState(State::Idle);
        sleep(); // for a premiere
        Q_EMIT idle();
        return;
    }
    sleep();
}

void Queue::sleep()
{
    // What ends a job wakes the queue by itself.
    const Moment time = now();
    Moment wakeAt = m_turns.nextChange(time);
    if (const auto next = m_scheduler.nextStart(); next && *next > time)
        wakeAt = std::min(wakeAt, *next);
    if (wakeAt != Moment::max())
        m_tick.start(std::min<Moment>(wakeAt - time, LongestSleep));
}

void Queue::followScheduler()
{
    const CircuitBreaker &breaker = m_scheduler.breaker();
    if (breaker.state() == CircuitBreaker::State::Closed)
        setState(State::Running);
    else
        setState(State::Waiting, jobFailureOf(breaker.reason(), m_scheduler.reason()));
}

void Queue::setState(State state, JobFailure why)
{
    const Moment until = state == State::Waiting ? m_scheduler.breaker().until() : Moment(0);
    // A pause may get another reason, a wait another end: these are changes as well.
    if (m_state == state && state != State::Paused && m_waitsUntil == until)
        return;
    m_state = state;
    m_waitsUntil = until;
    m_why = std::move(why);
    if (state == State::Idle || state == State::Paused)
        m_tick.stop();
    Q_EMIT stateChanged();
}

void Queue::setStage(const SegmentKey &key, ClipState stage, double fraction, double bytesPerSecond)
{
    auto job = std::ranges::find(m_running, key, &RunningJob::key);
    if (job == m_running.end()) {
        const int attempt =
            m_workspace.record(key).progress.attempts + (stage == ClipState::Fetching ? 1 : 0);
        m_running.push_back({.key = key, .attempt = attempt, .begunAt = now()});
        job = std::prev(m_running.end());
    }
    job->stage = stage;
    job->fraction = std::max(job->fraction, fraction);
    job->bytesPerSecond = bytesPerSecond;
    Q_EMIT runningChanged();
}

void Queue::endJob(const SegmentKey &key)
{
    std::erase_if(m_fetching, [&key](const Fetching &fetching) { return fetching.key == key; });
    std::erase_if(m_formatting, [&key](const Formatting &formatting) { return formatting.key == key; });
    if (std::erase_if(m_running, [&key](const RunningJob &job) { return job.key == key; }) > 0)
        Q_EMIT runningChanged();
}

void Queue::abortAll(const std::function<bool(const SegmentKey &, Clip &)> &change)
{
    for (const Fetching &fetching : m_fetching)
        fetching.worker->cancel();
    for (Formatting &formatting : m_formatting)
        formatting.stop.request_stop();
    std::vector<SegmentKey> running;
    std::ranges::transform(m_running, std::back_inserter(running), &RunningJob::key);
    m_fetching.clear();
    m_formatting.clear();
    m_running.clear();
    m_workspace.change(running, change);
}

} // namespace earmark::download
