#include "cli/fetchrun.h"

#include "base/format.h"
#include "cli/interrupt.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "verify/adopt.h"

#include <QElapsedTimer>
#include <QEventLoop>

#include <cmath>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

QLatin1StringView stateWord(const download::Queue &queue, const ClipCounts &counts)
{
    switch (queue.state()) {
    case download::Queue::State::Running:
        return "running"_L1;
    case download::Queue::State::Waiting:
        return "waiting"_L1;
    case download::Queue::State::Paused:
        return "paused"_L1;
    case download::Queue::State::Idle:
        break;
    }
    return counts.unfinished() > 0 ? "idle"_L1 : "done"_L1;
}

/// How many clips came to their end since it began, and when that was.
struct Beginning
{
    qint64 settled = 0;
    QElapsedTimer clock;

    /// Clips an hour.
    double rate(qint64 settledNow) const
    {
        constexpr double HourMs = 3'600'000;
        const qint64 elapsed = clock.elapsed();
        return elapsed > 0 ? static_cast<double>(settledNow - settled) * HourMs / static_cast<double>(elapsed)
                           : 0;
    }
};

nlohmann::ordered_json progressJson(const ClipCounts &counts, const download::Queue &queue,
                                    const Beginning &beginning)
{
    nlohmann::ordered_json json;
    json["state"] = stateWord(queue, counts).latin1();
    json["total"] = counts.total();
    json["ready"] = counts[ClipState::Ready];
    json["short"] = counts[ClipState::Short];
    json["failed"] = counts[ClipState::Failed];
    json["queued"] = counts.unfinished();
    json["running"] = queue.running().size();
    json["rate"] = std::llround(beginning.rate(counts.settled()));
    if (const qint64 remaining = queue.remainingMs(); remaining >= 0)
        json["eta_seconds"] = remaining / 1000;
    else
        json["eta_seconds"] = nullptr;
    return json;
}

ProgressLine::State progressOf(const workspace::Workspace &workspace, const download::Queue &queue,
                               const Beginning &beginning)
{
    const ClipCounts &counts = workspace.counts();
    const qint64 total = counts.total();
    auto done = static_cast<double>(counts.settled());
    for (const download::RunningJob &job : queue.running())
        done += job.fraction;
    QString text = u"%1 of %2"_s.arg(countText(counts.playable()), countText(total));
    if (counts[ClipState::Failed] > 0)
        text += u" · %1 failed"_s.arg(countText(counts[ClipState::Failed]));
    if (queue.state() == download::Queue::State::Waiting)
        text += u" · rate limited, retry in %1"_s.arg(spanText(queue.waitMs()));
    else if (const qint64 remaining = queue.remainingMs(); remaining > 0)
        text += u" · about %1 left"_s.arg(spanText(remaining));
    return {total > 0 ? done / static_cast<double>(total) : 1.0, text,
            progressJson(counts, queue, beginning)};
}

/// With --verbose: the command of each download that begins, and the outcome for each clip.
void tellEachClip(const workspace::Workspace &workspace, const download::Queue &queue, QObject *context)
{
    if (!manner().isVerbose)
        return;
    QObject::connect(&queue, &download::Queue::runningChanged, context,
                     [&queue, begun = QSet<SegmentKey>()]() mutable {
                         QSet<SegmentKey> running;
                         for (const download::RunningJob &job : queue.running()) {
                             running.insert(job.key);
                             if (job.stage == ClipState::Fetching && !begun.contains(job.key))
                                 detail(u"%1: %2"_s.arg(job.key.stem(), queue.command(job.key)));
                         }
                         begun = running;
                     });
    QObject::connect(&workspace, &workspace::Workspace::clipChanged, context,
                     [&workspace](const SegmentKey &key) {
                         const Clip record = workspace.record(key);
                         if (isPlayable(record.progress.state) || record.progress.state == ClipState::Failed)
                             detail(u"%1: %2"_s.arg(key.stem(), isPlayable(record.progress.state)
                                                                    ? QString(keyword(record.progress.state))
                                                                    : u"failed, "_s + record.why()));
                     });
}

} // namespace

void FetchResult::tell(nlohmann::ordered_json &json) const
{
    if (reason.isEmpty())
        return;
    if (exit == Interrupted) {
        note(reason);
        return;
    }
    complain(reason);
    json["error"] = errorJson(exit == RateLimited ? u"rate-limit"_s : u"environment"_s, reason);
}

Result<std::unique_ptr<workspace::Workspace>> openWorkspace(const QString &folder, int sampleRate,
                                                            int channels)
{
    auto workspace = verify::openWorkspace(folder);
    if (!workspace)
        return workspace;
    if (const QString notice = (*workspace)->notice(); !notice.isEmpty())
        note(notice);
    workspace::ClipFormat format = (*workspace)->format();
    if (sampleRate > 0)
        format.sampleRate = sampleRate;
    if (channels > 0)
        format.channels = channels;
    (*workspace)->setFormat(format);
    return workspace;
}

FetchResult runQueue(workspace::Workspace &workspace, const download::QueueOptions &options, bool waits)
{
    using download::Queue;
    QEventLoop loop;
    bool isInterrupted = false;
    FetchResult result;
    {
        Queue queue(workspace, options);
        Beginning beginning{workspace.counts().settled(), {}};
        beginning.clock.start();
        const ProgressLine progress([&] { return progressOf(workspace, queue, beginning); });
        tellEachClip(workspace, queue, &loop);
        Interrupt interrupt;
        QObject::connect(&interrupt, &Interrupt::triggered, &loop, [&] {
            isInterrupted = true;
            loop.quit();
        });
        QObject::connect(&queue, &Queue::idle, &loop, &QEventLoop::quit);
        // It stands by itself: what runs is finished first; nothing new begins.
        const auto quitWhenPaused = [&] {
            const bool stands =
                queue.state() == Queue::State::Paused || (queue.state() == Queue::State::Waiting && !waits);
            if (stands && queue.running().empty())
                loop.quit();
        };
        // Each time that it begins to wait, why.
        const auto sayWhy = [&, last = QString()]() mutable {
            const QString why = queue.state() == Queue::State::Waiting ? queue.pauseReason() : QString();
            if (waits && !why.isEmpty() && why != last)
                note(why);
            last = why;
        };
        QObject::connect(&queue, &Queue::stateChanged, &loop, sayWhy);
        QObject::connect(&queue, &Queue::stateChanged, &loop, quitWhenPaused);
        QObject::connect(&queue, &Queue::runningChanged, &loop, quitWhenPaused);
        // Begun from within the loop, so that a queue with nothing to do can end it.
        QMetaObject::invokeMethod(&queue, &Queue::start, Qt::QueuedConnection);
        loop.exec();
        result.reason = queue.pauseReason();
        if (queue.pauseClass() != FailureClass::None)
            result.exit = queue.pauseClass() == FailureClass::RateLimit ? RateLimited : Failed;
    }
    if (isInterrupted)
        return {Interrupted,
                u"Interrupted. Finished clips are kept; run the same command again to resume."_s};
    if (result.exit == Done && workspace.counts()[ClipState::Failed] > 0)
        result.exit = SomeFailed;
    if (auto flushed = workspace.flush(); !flushed)
        return {Failed, flushed.error().text};
    return result;
}

} // namespace earmark::cli
