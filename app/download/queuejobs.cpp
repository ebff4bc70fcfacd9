#include "base/async.h"
#include "base/format.h"
#include "base/ownfiles.h"
#include "clips/lifecycle.h"
#include "download/clipfinisher.h"
#include "download/queue.h"

#include <QDateTime>

#include <algorithm>

// What happens to one clip: the part of Queue that begins and ends jobs.

namespace earmark::download {

using namespace Qt::StringLiterals;

namespace {

/// A sentence that names the clip which it is about.
QString named(const SegmentKey &key, const QString &sentence)
{
    return u"While downloading %1 at %2: %3"_s.arg(key.ytid.toString(), clockText(key.startMs), sentence);
}

} // namespace

bool Queue::beginFetch(const SegmentKey &key)
{
    const Moment time = now();
    const auto ticket = m_scheduler.start(time);
    if (!ticket)
        return false;
    ytdlp::Worker *worker = idleWorker();
    m_turns.begun(key);
    m_fetching.push_back({worker, key, *ticket});
    m_workspace.setLastStart(time.count());
    m_workspace.change(key, lifecycle::startDownload);
    setStage(key, ClipState::Fetching, 0);
    worker->fetch(key);
    return true;
}

void Queue::fetched(ytdlp::Worker *worker, const ytdlp::FetchOutcome &outcome)
{
    const auto job = std::ranges::find(m_fetching, worker, &Fetching::worker);
    if (job == m_fetching.end() || job->key != outcome.key)
        return; // cancelled
    const bool isSites = tellScheduler(job->ticket, outcome);
    m_fetching.erase(std::ranges::find(m_fetching, worker, &Fetching::worker));
    if (!outcome.isOk()) {
        failed(outcome, isSites);
        startNext();
        return;
    }
    m_local.worked();
    m_workspace.change(outcome.key, [&](Clip &clip) {
        clip.origin.formatId = outcome.formatId;
        clip.origin.toolVersion = m_options.worker.tools.ytdlp.version;
        return lifecycle::countAttempt(clip);
    });
    m_logs.add(outcome.key, m_workspace.record(outcome.key).progress.attempts, FailureClass::None, {},
               outcome.log, QDateTime::currentDateTime());
    const auto taken = takeRawClip(m_workspace.layout(), outcome.key, outcome.file);
    if (!taken) {
        jobFailed(outcome.key, taken.error());
        startNext();
        return;
    }
    m_shortDeliveries.stated(outcome.key, outcome.sourceDuration);
    beginFormat(outcome.key, *taken);
    startNext();
}

bool Queue::tellScheduler(int ticket, const ytdlp::FetchOutcome &outcome)
{
    const FailureClass before = m_workspace.record(outcome.key).progress.failure;
    Scheduler::End end{.clip = outcome.key,
                       .failure = outcome.failure,
                       .help = outcome.help,
                       .reason = outcome.reason,
                       // Of this computer's trouble the site knows nothing.
                       .before = before == FailureClass::Environment ? FailureClass::None : before};
    const auto hasFailed = [this](const SegmentKey &key) {
        const auto clip = m_workspace.clips().find(key);
        return clip && m_workspace.clips().status(*clip).failure != FailureClass::None;
    };
    end.areFewLeft = end.before != FailureClass::None && !isAnyWaiting(hasFailed, outcome.key);
    const auto acquitted = m_scheduler.ended(ticket, end, now());
    if (const Moment since = m_scheduler.breaker().unavailableSince();
        since.count() != m_workspace.unavailableSince())
        m_workspace.setUnavailableSince(since.count());

    acquit(acquitted, outcome.key);
    return std::ranges::find(acquitted, outcome.key) != acquitted.end();
}

void Queue::acquit(const std::vector<SegmentKey> &clips, const SegmentKey &but)
{
    m_workspace.change(clips, [&](const SegmentKey &key, Clip &clip) {
        if (key == but || clip.progress.state != ClipState::Failed)
            return key != but && lifecycle::forgiveAttempt(clip);
        m_turns.goLast(key);
        return lifecycle::queue(clip);
    });
}

bool Queue::isAnyWaiting(const std::function<bool(const SegmentKey &)> &isHeld, const SegmentKey &but) const
{
    return m_workspace.nextQueued([&](const SegmentKey &key) { return key == but || isHeld(key); }) ||
           std::ranges::any_of(m_fetching, [&](const Fetching &fetching) {
               return fetching.key != but && !isHeld(fetching.key);
           });
}

void Queue::failed(const ytdlp::FetchOutcome &outcome, bool isSites)
{
    using Verdict = LocalFailures::Verdict;
    JobFailure trouble{outcome.failure, outcome.reason, outcome.help, outcome.later};
    const bool isLocal = outcome.failure == FailureClass::Environment;
    const Verdict verdict = isLocal ? localTrouble(outcome) : Verdict::Own;
    if (isLocal && verdict == Verdict::Own)
        trouble = {FailureClass::Transient, outcome.reason, ytdlp::Remedy::None, {}};
    const bool isClips = !isSites && !isBlameless(trouble.failure) &&
                         (isLocal || !m_scheduler.isSitesTrouble(trouble.failure, now()));
    if (isClips)
        m_workspace.change(outcome.key, lifecycle::countAttempt);
    if (verdict == Verdict::Doubted) {
        note(outcome.key, trouble, outcome.log);
        putBack(outcome.key, trouble, m_retry.firstWait, m_retry.transientTries);
    } else {
        jobFailed(outcome.key, trouble, isClips ? Blame::Clip : Blame::Nobody, outcome.log);
    }
    if (isSites || isLocal)
        m_turns.goLast(outcome.key);
    if (isLocal && verdict == Verdict::Local) {
        trouble.reason = outcome.isOwnFinding ? outcome.reason : named(outcome.key, outcome.reason);
        setState(State::Paused, trouble);
    }
}

LocalFailures::Verdict Queue::localTrouble(const ytdlp::FetchOutcome &outcome)
{
    if (outcome.isOwnFinding)
        return LocalFailures::Verdict::Local;
    const auto isDoubted = [this](const SegmentKey &key) { return m_local.isDoubted(key); };
    return m_local.met(outcome.key, outcome.help == ytdlp::Remedy::Folder,
                       isAnyWaiting(isDoubted, outcome.key));
}

void Queue::beginFormat(const SegmentKey &key, const QString &elsewhere)
{
    m_turns.forget(key);
    m_workspace.change(key, lifecycle::startConverting);
    setStage(key, ClipState::Formatting, FetchShare);
    Formatting &formatting = m_formatting.emplace_back(Formatting{key, {}});
    runAsync(
        &m_pool, this, formatting.stop.get_token(),
        [layout = m_workspace.layout(), format = m_workspace.format(), key, elsewhere,
         known = m_workspace.record(key).audio](std::stop_token stop) {
            const auto moved = elsewhere.isEmpty() ? Result<void>() : moveRawClip(layout, key, elsewhere);
            return moved.and_then([&] { return finishClip(layout, format, key, known, std::move(stop)); });
        },
        [this, key](const Result<std::optional<audio::FormattedClip>> &result) { formatted(key, result); });
}

void Queue::formatted(const SegmentKey &key, const Result<std::optional<audio::FormattedClip>> &result)
{
    std::erase_if(m_formatting, [&key](const Formatting &formatting) { return formatting.key == key; });
    if (!result) {
        jobFailed(key, result.error());
    } else if (!*result) {
        // What lay on disk was of no use: fetch it after all.
        endJob(key);
        refuse(m_workspace.layout().clip(key));
        m_workspace.change(key, [](Clip &clip) { return lifecycle::putBack(clip.progress); });
    } else {
        finish(key, **result);
    }
    startNext();
}

void Queue::finish(const SegmentKey &key, const audio::FormattedClip &clip)
{
    std::optional<QString> proof;
    if (clip.isShort) {
        const auto proven = provenShort(key, clip);
        if (!proven)
            return;
        proof = verify::sentence(*proven);
    }
    endJob(key);
    m_shortDeliveries.forget(key);
    // A good raw section has taken the place of those that were refused.
    post(m_pool, [refused = m_workspace.layout().refusedClip(key)] { (void)removePutAside(refused); });
    m_tempo.clipFinished(now());
    m_workspace.change(key, [&](Clip &known) { return lifecycle::finish(known, clip.audio, proof); });
}

std::optional<verify::ShortProof> Queue::provenShort(const SegmentKey &key, const audio::FormattedClip &clip)
{
    using verify::ShortProof;
    const Clip record = m_workspace.record(key);
    const auto proof = verify::shortProof(record);
    const bool isAsKnown =
        record.audio.samples == clip.audio.samples && record.audio.sampleRate == clip.audio.sampleRate;
    if (!m_shortDeliveries.isDownloaded(key) && (proof != ShortProof::None || isAsKnown))
        return proof; // it was finished before, and is made anew from what lies on disk
    if (isAsKnown)
        return ShortProof::Repeated;
    using Verdict = ShortDeliveries::Verdict;
    const Verdict verdict =
        m_shortDeliveries.delivered(key, clip.audio.samples, clip.audio.sampleRate, m_retry.shortTries);
    if (verdict == Verdict::Stated || verdict == Verdict::Repeated)
        return verdict == Verdict::Stated ? ShortProof::Stated : ShortProof::Repeated;
    refuseRawClip(m_workspace.layout(), key);
    (void)removeFile(m_workspace.layout().clip(key));
    const QString end = clockText(key.startMs + clip.audio.samples * 1000 / clip.audio.sampleRate);
    const JobFailure trouble{FailureClass::BadMedia,
                             u"The sound broke off at %1, though the video does not end there."_s.arg(end)};
    note(key, trouble, {});
    if (verdict == Verdict::Refuted) {
        m_shortDeliveries.forget(key);
        fail(key, trouble);
    } else {
        putBack(key, trouble, m_retry.waitBefore(record.progress.attempts + 1), m_retry.shortTries);
    }
    return std::nullopt;
}

void Queue::jobFailed(const SegmentKey &key, const Error &error)
{
    if (error.code == ErrorCode::BadMedia) {
        jobFailed(key, {FailureClass::BadMedia, error.text}, Blame::Clip);
        return;
    }
    const JobFailure trouble{FailureClass::Environment, error.text, ytdlp::Remedy::Folder};
    jobFailed(key, trouble, Blame::Nobody);
    setState(State::Paused, trouble);
}

void Queue::jobFailed(const SegmentKey &key, const JobFailure &trouble, Blame blame, const QString &log)
{
    note(key, trouble, log);
    const int attempts = m_workspace.record(key).progress.attempts;
    if (blame == Blame::Nobody)
        putBack(key, trouble, Moment(0), 0);
    else if (const auto wait = m_retry.waitAfter(trouble.failure, attempts))
        putBack(key, trouble, *wait, m_retry.tries(trouble.failure));
    else
        fail(key, trouble);
}

void Queue::note(const SegmentKey &key, const JobFailure &trouble, const QString &log)
{
    const auto former = log.isEmpty() ? m_logs.recent(key) : std::vector<JobLog>();
    m_logs.add(key, std::max<int>(m_workspace.record(key).progress.attempts, 1), trouble.failure,
               trouble.reason, former.empty() ? log : former.back().text, QDateTime::currentDateTime());
}

void Queue::putBack(const SegmentKey &key, const JobFailure &trouble, Moment wait, int tries)
{
    endJob(key);
    const bool isSites = tries == 0 && (trouble.failure == FailureClass::Transient ||
                                        trouble.failure == FailureClass::Unknown ||
                                        trouble.failure == FailureClass::RateLimit);
    const ClipStatus before = m_workspace.record(key).progress;
    if (tries > 0)
        m_turns.rest(key, {now() + wait, before.attempts + 1, tries, trouble});
    // The next probe is another clip: should this one be the trouble, the others must not wait for it.
    if (m_scheduler.breaker().state() != CircuitBreaker::State::Closed)
        m_turns.goLast(key);
    m_workspace.change(key, [&](Clip &clip) {
        return lifecycle::putBack(clip.progress, isSites ? before.failure : trouble.failure);
    });
    Q_EMIT runningChanged();
}

void Queue::fail(const SegmentKey &key, const JobFailure &trouble)
{
    endJob(key);
    m_tempo.clipFinished(now());
    m_shortDeliveries.forget(key);
    Moment due{};
    if (trouble.failure == FailureClass::Later) {
        due = now() + trouble.later;
        m_turns.dueAt(due);
    }
    m_workspace.change(
        key, [&](Clip &clip) { return lifecycle::fail(clip, trouble.failure, trouble.reason, due.count()); });
    Q_EMIT runningChanged();
}

} // namespace earmark::download
