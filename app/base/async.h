#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QtConcurrent>

#include <memory>
#include <stop_token>
#include <utility>

namespace earmark {

/// Runs work on the thread pool and hands its value back on the owner's thread. A newer request cancels the
/// older: its token is stopped and its value is dropped, so `done` is only called for the newest one.
/// Work takes values (and a std::stop_token to poll) and gives a value; it must not touch the owner.
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
        // std::promise-like sharing: QFuture wants copyable values, results may be move-only.
        using Value = std::invoke_result_t<Work, std::stop_token>;
        // A watcher and not QFuture::then(): that one aborts when its context is gone before the work is done.
        auto *watcher = new QFutureWatcher<std::shared_ptr<Value>>(m_owner);
        QObject::connect(watcher, &QFutureWatcherBase::finished, m_owner,
                         [watcher, running = m_running, token = m_stop.get_token(),
                          done = std::move(done)]() mutable {
                             watcher->deleteLater();
                             if (token.stop_requested())
                                 return;
                             *running = false;
                             done(std::move(*watcher->result()));
                         });
        watcher->setFuture(QtConcurrent::run([work = std::move(work), token = m_stop.get_token()]() mutable {
            return std::make_shared<Value>(work(token));
        }));
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
