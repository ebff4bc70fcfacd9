#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QtConcurrent>

#include <memory>
#include <stop_token>
#include <utility>

namespace earmark {

/// Runs work on a thread pool and hands its value to `done` in the owner's thread; not when `stop` was asked
/// for or the owner is gone by then. Work takes values (and the token, to poll) and gives a value; it must
/// not touch the owner. Call it in the owner's thread.
template <class Work, class Done>
void runAsync(QThreadPool *pool, QObject *owner, std::stop_token stop, Work work, Done done)
{
    // Shared: QFuture wants copyable values, and a Result may be move-only.
    using Value = std::invoke_result_t<Work, std::stop_token>;
    // A watcher and not QFuture::then(): that one aborts when its context is gone before the work is done.
    auto *watcher = new QFutureWatcher<std::shared_ptr<Value>>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner,
                     [watcher, stop, done = std::move(done)]() mutable {
                         watcher->deleteLater();
                         if (!stop.stop_requested())
                             done(std::move(*watcher->result()));
                     });
    watcher->setFuture(QtConcurrent::run(
        pool, [work = std::move(work), stop]() mutable { return std::make_shared<Value>(work(stop)); }));
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
