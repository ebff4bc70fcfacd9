#pragma once

#include "base/tsanhandover.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace earmark {

/// Does the work in the receiver's thread when that comes to its events; not when the receiver is gone by
/// then.
template <class Work>
void post(QObject *receiver, Work work)
{
    QMetaObject::invokeMethod(receiver, handedOver(std::move(work)), Qt::QueuedConnection);
}

/// Does the work on a thread pool; nobody hears of its end.
template <class Work>
void post(QThreadPool &pool, Work work)
{
    pool.start(handedOver(std::move(work)));
}

/// Runs work on a thread pool and hands its value to `done` in the owner's thread; not when `stop` was asked
/// for or the owner is gone by then. Work takes values (and the token, to poll) and gives a value; it must
/// not touch the owner. Call it in the owner's thread.
template <class Work, class Done>
void runAsync(QThreadPool *pool, QObject *owner, std::stop_token stop, Work work, Done done)
{
    using Value = std::invoke_result_t<Work, std::stop_token>;
    struct Task
    {
        Work work;
        std::optional<Value> value = {};
        QPromise<void> promise =
            {}; // not of the value: futures want copyable ones, a Result may be move-only
        TsanHandover back = {};
    };
    const auto task = std::make_shared<Task>(Task{std::move(work)});
    // A watcher and not QFuture::then(): that one aborts when its context is gone before the work is done.
    auto *watcher = new QFutureWatcher<void>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner,
                     [watcher, task, stop, done = std::move(done)]() mutable {
                         watcher->deleteLater();
                         task->back.take();
                         if (!stop.stop_requested())
                             done(std::move(*task->value));
                     });
    watcher->setFuture(task->promise.future());
    post(*pool, [task, stop] {
        task->promise.start();
        // What the work held is gone before the owner hears of it: files are closed, locks given back.
        task->value.emplace(Work(std::move(task->work))(stop));
        task->back.give();
        task->promise.finish();
    });
}

/// Runs work on the thread pool and hands its value back on the owner's thread. A newer request cancels the
/// older: its token is stopped and its value is dropped, so `done` is only called for the newest one.
class LatestTask final
{
public:
    /// `owner` must live in the thread that calls run(), and outlive this object.
    explicit LatestTask(QObject *owner)
        : m_owner(owner)
    {
    }
    ~LatestTask() { cancel(); }
    Q_DISABLE_COPY_MOVE(LatestTask)

    template <class Work, class Done>
    void run(Work work, Done done)
    {
        cancel();
        m_stop = std::stop_source();
        m_running = std::make_shared<bool>(true);
        runAsync(QThreadPool::globalInstance(), m_owner, m_stop.get_token(), std::move(work),
                 [running = m_running, done = std::move(done)](auto value) mutable {
                     *running = false;
                     done(std::move(value));
                 });
    }

    /// Stops the work that runs, if any; its `done` is not called.
    void cancel()
    {
        m_stop.request_stop();
        if (m_running)
            *m_running = false;
    }
    bool isRunning() const { return m_running && *m_running; }

private:
    QObject *m_owner;
    std::stop_source m_stop;
    std::shared_ptr<bool> m_running;
};

} // namespace earmark
