#include "cli/fetchrun.h"

#include "base/format.h"
#include "cli/interrupt.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "verify/adopt.h"

#include <QEventLoop>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

ProgressLine::State progressOf(const workspace::Workspace &workspace, const download::Queue &queue)
{
    const workspace::ClipCounts &counts = workspace.counts();
    const qint64 total = counts.total();
    auto done = static_cast<double>(counts.settled());
    for (const download::RunningJob &job : queue.running())
        done += job.fraction;
    QString text = u"%1 of %2"_s.arg(countText(counts.playable()), countText(total));
    if (counts[ClipState::Failed] > 0)
        text += u" · %1 failed"_s.arg(countText(counts[ClipState::Failed]));
    if (queue.state() == download::Queue::State::Waiting)
        text += u" · the site refuses, next try in %1"_s.arg(spanText(queue.waitMs()));
    else if (const qint64 remaining = queue.remainingMs(); remaining > 0)
        text += u" · about %1 left"_s.arg(spanText(remaining));
    return {total > 0 ? done / static_cast<double>(total) : 1.0, text};
}

} // namespace

Result<std::unique_ptr<workspace::Workspace>> openWorkspace(const QString &folder, int sampleRate,
                                                            int channels)
{
    auto workspace = verify::openWorkspace(folder);
    if (!workspace)
        return workspace;
    if (const QString notice = (*workspace)->notice(); !notice.isEmpty())
        complain(notice);
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
        const ProgressLine progress([&] { return progressOf(workspace, queue); });
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
                complain(why);
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
                u"Interrupted; what was done is kept, and the same command goes on from there."_s};
    if (result.exit == Done && workspace.counts()[ClipState::Failed] > 0)
        result.exit = SomeFailed;
    if (auto flushed = workspace.flush(); !flushed)
        return {Failed, flushed.error().text};
    return result;
}

} // namespace earmark::cli
