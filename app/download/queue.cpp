#include "download/queue.h"

#include "base/async.h"
#include "download/finish.h"

#include <QFile>

#include <algorithm>

namespace earmark::download {

using namespace Qt::StringLiterals;
using workspace::ClipRecord;

namespace {

/// The share of the way to a finished clip that is the download's.
constexpr double FetchShare = 0.9;

} // namespace

Queue::Queue(workspace::Workspace &workspace, QueueOptions options, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_options(std::move(options))
{
    // Formatting 10 s takes some hundredths of a second: half the cores keep up with any number of downloads.
    m_pool.setMaxThreadCount(std::max(1, QThread::idealThreadCount() / 2));
    connect(&m_workspace, &workspace::Workspace::ledgerFailed, this,
            [this](const Error &error) { pauseBecause(FailureClass::Environment, error.text); });
}

Queue::~Queue()
{
    endAllJobs(ClipState::Queued);
    m_workers.clear();
    m_pool.waitForDone();
}

void Queue::start()
{
    if (m_state == State::Running) {
        pump();
        return;
    }
    if (!m_options.tools.areUsable()) {
        pauseBecause(FailureClass::Environment, m_options.tools.problem());
        return;
    }
    if (const QString problem = m_options.source.problem(); !problem.isEmpty()) {
        pauseBecause(FailureClass::Environment, problem);
        return;
    }
    m_pauseReason.clear();
    m_pauseClass = FailureClass::None;
    m_spoiledInARow = 0;
    m_pace.begin();
    setState(State::Running);
    pump();
}

void Queue::pause()
{
    pauseBecause(FailureClass::None, {});
}

void Queue::stop()
{
    endAllJobs(ClipState::Absent);
    std::vector<std::pair<SegmentKey, ClipRecord>> waiting;
    for (auto clip = m_workspace.clips().cbegin(); clip != m_workspace.clips().cend(); ++clip) {
        if (clip->state != ClipState::Queued)
            continue;
        ClipRecord record = *clip;
        record.state = ClipState::Absent;
        waiting.emplace_back(clip.key(), record);
    }
    m_workspace.update(waiting);
    m_held.clear();
    m_pauseReason.clear();
    m_pauseClass = FailureClass::None;
    setState(State::Idle);
    Q_EMIT runningChanged();
}

void Queue::cancel(const SegmentKey &key)
{
    ClipRecord record = m_workspace.record(key);
    if (record.state != ClipState::Queued && !isRunning(record.state))
        return;
    for (const Fetching &fetching : m_fetching) {
        if (fetching.key == key)
            fetching.worker->cancel();
    }
    for (Formatting &formatting : m_formatting) {
        if (formatting.key == key)
            formatting.stop.request_stop();
    }
    endJob(key);
    m_held.remove(key);
    record.state = ClipState::Absent;
    m_workspace.update(key, record);
    pump();
}

void Queue::retryFailed(bool alsoPermanent)
{
    std::vector<std::pair<SegmentKey, ClipRecord>> again;
    for (auto clip = m_workspace.clips().cbegin(); clip != m_workspace.clips().cend(); ++clip) {
        if (clip->state != ClipState::Failed || (clip->failure == FailureClass::Permanent && !alsoPermanent))
            continue;
        ClipRecord record = *clip;
        record.state = ClipState::Queued;
        record.failure = FailureClass::None;
        record.reason.clear();
        record.attempts = 0;
        again.emplace_back(clip.key(), record);
    }
    m_workspace.update(again);
    start();
}

ytdlp::Worker *Queue::idleWorker()
{
    for (const auto &worker : m_workers) {
        if (!worker->isBusy())
            return worker.get();
    }
    if (static_cast<int>(m_workers.size()) >= m_options.workers)
        return nullptr;
    ytdlp::WorkerOptions options;
    options.tools = m_options.tools;
    options.source = m_options.source;
    options.folder = m_workspace.layout().temporary() + u"/worker-%1"_s.arg(m_workers.size() + 1);
    auto *worker = m_workers.emplace_back(std::make_unique<ytdlp::Worker>(std::move(options))).get();
    connect(worker, &ytdlp::Worker::progressed, this, [this](const SegmentKey &key, double fraction) {
        setStage(key, ClipState::Fetching, fraction * FetchShare);
    });
    // Directly: the file must be moved before the worker's folder is used again.
    connect(worker, &ytdlp::Worker::finished, this,
            [this, worker](const ytdlp::FetchOutcome &outcome) { fetched(worker, outcome); });
    return worker;
}

void Queue::pump()
{
    if (m_state != State::Running)
        return;
    // A backlog of raw sections would only fill the disk: no more than one waits for each worker.
    const auto room = [this] { return static_cast<int>(m_running.size()) < 2 * m_options.workers; };
    while (room() && idleWorker() && static_cast<int>(m_fetching.size()) < m_options.workers) {
        auto key = m_workspace.nextQueued(m_held);
        if (!key && !m_held.isEmpty()) {
            m_held.clear();
            key = m_workspace.nextQueued();
        }
        if (!key)
            break;
        if (hasFiles(m_workspace.layout(), *key))
            beginFormat(*key);
        else
            beginFetch(*key);
    }
    if (m_running.empty() && !m_workspace.nextQueued()) {
        setState(State::Idle);
        Q_EMIT idle();
    }
}

void Queue::beginFetch(const SegmentKey &key)
{
    ytdlp::Worker *worker = idleWorker();
    ClipRecord record = m_workspace.record(key);
    record.state = ClipState::Fetching;
    ++record.attempts;
    m_fetching.push_back({worker, key});
    m_workspace.update(key, record);
    setStage(key, ClipState::Fetching, 0);
    worker->fetch(key);
}

void Queue::fetched(ytdlp::Worker *worker, const ytdlp::FetchOutcome &outcome)
{
    const auto job = std::ranges::find(m_fetching, worker, &Fetching::worker);
    if (job == m_fetching.end() || job->key != outcome.key)
        return; // cancelled
    m_fetching.erase(job);
    if (!outcome.isOk()) {
        spoiled(outcome.key, outcome.failure, outcome.reason);
        pump();
        return;
    }
    m_spoiledInARow = 0;
    const QString raw = m_workspace.layout().rawClip(outcome.key);
    QFile::remove(raw);
    if (!QFile::rename(outcome.file, raw)) {
        spoiled(outcome.key, FailureClass::Environment,
                u"%1 cannot be written. Check the folder's permissions and the room on the disk."_s.arg(raw));
        pump();
        return;
    }
    ClipRecord record = m_workspace.record(outcome.key);
    record.formatId = outcome.formatId;
    record.toolVersion = m_options.tools.ytdlp.version;
    m_workspace.update(outcome.key, record);
    if (outcome.sourceDuration > 0 && outcome.sourceDuration * 1000 <= outcome.key.endMs + 100.0)
        m_endIsKnown.insert(outcome.key);
    beginFormat(outcome.key);
    pump();
}

void Queue::beginFormat(const SegmentKey &key)
{
    ClipRecord record = m_workspace.record(key);
    record.state = ClipState::Formatting;
    m_workspace.update(key, record);
    setStage(key, ClipState::Formatting, FetchShare);
    Formatting &formatting = m_formatting.emplace_back(Formatting{key, {}});
    runAsync(
        &m_pool, this, formatting.stop.get_token(),
        [layout = m_workspace.layout(), format = m_workspace.format(), key](std::stop_token stop) {
            return finishClip(layout, format, key, std::move(stop));
        },
        [this, key](const Result<std::optional<audio::FormattedClip>> &result) { formatted(key, result); });
}

void Queue::formatted(const SegmentKey &key, const Result<std::optional<audio::FormattedClip>> &result)
{
    std::erase_if(m_formatting, [&key](const Formatting &formatting) { return formatting.key == key; });
    if (!result) {
        const bool isMedia = result.error().code == ErrorCode::BadMedia;
        spoiled(key, isMedia ? FailureClass::BadMedia : FailureClass::Environment, result.error().text);
    } else if (!*result) {
        // What lay on disk was of no use: fetch it after all.
        endJob(key);
        ClipRecord record = m_workspace.record(key);
        record.state = ClipState::Queued;
        QFile::remove(m_workspace.layout().clip(key));
        m_workspace.update(key, record);
    } else {
        finish(key, **result);
    }
    pump();
}

void Queue::finish(const SegmentKey &key, const audio::FormattedClip &clip)
{
    ClipRecord record = m_workspace.record(key);
    // yt-dlp calls a download cut off in the middle a success: a clip that is too short is only believed when
    // the source says so itself, or when it comes out the same a second time.
    if (clip.isShort && !m_endIsKnown.contains(key) && record.attempts > 0 &&
        record.attempts < m_options.retry.shortTries) {
        refuseRawClip(m_workspace.layout(), key);
        QFile::remove(m_workspace.layout().clip(key));
        spoiled(key, FailureClass::BadMedia, u"The sound ended early."_s);
        return;
    }
    endJob(key);
    m_endIsKnown.remove(key);
    record.state = clip.isShort ? ClipState::Short : ClipState::Ready;
    record.failure = FailureClass::None;
    record.reason.clear();
    record.samples = clip.samples;
    record.sampleRate = clip.sampleRate;
    record.sha256 = clip.sha256;
    m_pace.clipFinished();
    m_workspace.update(key, record);
}

void Queue::spoiled(const SegmentKey &key, FailureClass failure, const QString &reason)
{
    endJob(key);
    ClipRecord record = m_workspace.record(key);
    m_spoiledInARow = failure == FailureClass::Transient ? m_spoiledInARow + 1 : 0;
    const auto next = m_options.retry.after(failure, record.attempts, m_spoiledInARow);
    if (next == RetryPolicy::Next::Fail) {
        record.state = ClipState::Failed;
        record.failure = failure;
        record.reason = reason;
        m_pace.clipFinished();
    } else {
        record.state = ClipState::Queued;
        m_held.insert(key);
    }
    if (next == RetryPolicy::Next::Pause)
        record.attempts = 0; // not this clip's fault
    m_workspace.update(key, record);
    if (next == RetryPolicy::Next::Pause)
        pauseBecause(failure, reason);
}

void Queue::pauseBecause(FailureClass failure, const QString &reason)
{
    m_pauseReason = reason;
    m_pauseClass = failure;
    setState(State::Paused);
}

void Queue::setState(State state)
{
    // A pause may get another reason: that is a change as well.
    if (m_state == state && state != State::Paused)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

void Queue::setStage(const SegmentKey &key, ClipState stage, double fraction)
{
    const auto job = std::ranges::find(m_running, key, &RunningJob::key);
    if (job == m_running.end())
        m_running.push_back({key, stage, fraction});
    else
        *job = {key, stage, std::max(job->fraction, fraction)};
    Q_EMIT runningChanged();
}

void Queue::endJob(const SegmentKey &key)
{
    std::erase_if(m_fetching, [&key](const Fetching &fetching) { return fetching.key == key; });
    std::erase_if(m_formatting, [&key](const Formatting &formatting) { return formatting.key == key; });
    if (std::erase_if(m_running, [&key](const RunningJob &job) { return job.key == key; }) > 0)
        Q_EMIT runningChanged();
}

void Queue::endAllJobs(ClipState then)
{
    for (const Fetching &fetching : m_fetching)
        fetching.worker->cancel();
    for (Formatting &formatting : m_formatting)
        formatting.stop.request_stop();
    std::vector<std::pair<SegmentKey, ClipRecord>> ended;
    for (const RunningJob &job : m_running) {
        ClipRecord record = m_workspace.record(job.key);
        record.state = then;
        ended.emplace_back(job.key, record);
    }
    m_fetching.clear();
    m_formatting.clear();
    m_running.clear();
    m_workspace.update(ended);
}

} // namespace earmark::download
