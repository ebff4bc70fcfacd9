#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QRunnable>
#include <QThreadPool>

#include <atomic>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace earmark {

/// What one thread made and another takes over by way of Qt, which puts the two in order. The thread
/// sanitizer does not see into Qt: this says it once more, or it would report the hand-over. Races beside it
/// are still reported.
class TsanHandover final
{
public:
    TsanHandover() { give(); }
    /// Last of what is copied or moved together, it gives that away.
    TsanHandover(const TsanHandover &) { give(); }
    TsanHandover &operator=(const TsanHandover &) = delete;
    /// Before the members declared above it: whichever side lets go last clears away what the other used.
    ~TsanHandover() { take(); }

    void give() { m_given.store(true, std::memory_order_release); }
    /// Before anything else is touched.
    void take() const { m_given.load(std::memory_order_acquire); }

private:
    std::atomic<bool> m_given;
};

/// Work that Qt carries to another thread.
template <class Work>
struct QueuedCall
{
    Work work;
    TsanHandover handover;
    void operator()()
    {
        handover.take();
        work();
        handover.give(); // Qt may leave it to the sender to clear away
    }
};

/// Does the work in the receiver's thread when that comes to its events; not when the receiver is gone by
/// then.
template <class Work>
void post(QObject *receiver, Work work)
{
    QMetaObject::invokeMethod(receiver, QueuedCall<Work>{std::move(work), {}}, Qt::QueuedConnection);
}

/// Does the work on a thread pool; nobody hears of its end.
template <class Work>
void post(QThreadPool &pool, Work work)
{
    pool.start(QueuedCall<Work>{std::move(work), {}});
}

/// What runAsync() gives to a thread pool. Its future is finished when the answer is there.
template <class Work>
class AsyncTask final : public QRunnable
{
public:
    struct Answer
    {
        std::optional<std::invoke_result_t<Work, std::stop_token>> value;
        TsanHandover back;
    };

    AsyncTask(Work work, std::stop_token stop)
        : m_work(std::move(work))
        , m_stop(std::move(stop))
    {
    }

    QFuture<void> future() const { return m_promise.future(); }
    /// Outlives the task.
    std::shared_ptr<Answer> answer() const { return m_answer; }

    /// The task belongs to the pool from then on.
    void start(QThreadPool *pool)
    {
        m_there.give();
        pool->start(this);
    }

    void run() override
    {
        m_there.take();
        m_promise.start();
        // What the work held is gone before the owner hears of it: files are closed, locks given back.
        m_answer->value.emplace(Work(std::move(m_work))(std::move(m_stop)));
        m_answer->back.give();
        m_promise.finish();
    }

private:
    Work m_work;
    std::stop_token m_stop;
    QPromise<void> m_promise; // not of the value: futures want copyable ones, a Result may be move-only
    std::shared_ptr<Answer> m_answer = std::make_shared<Answer>();
    TsanHandover m_there;
};

/// Runs work on a thread pool and hands its value to `done` in the owner's thread; not when `stop` was asked
/// for or the owner is gone by then. Work takes values (and the token, to poll) and gives a value; it must
/// not touch the owner. Call it in the owner's thread.
template <class Work, class Done>
void runAsync(QThreadPool *pool, QObject *owner, std::stop_token stop, Work work, Done done)
{
    auto *task = new AsyncTask<Work>(std::move(work), stop);
    // A watcher and not QFuture::then(): that one aborts when its context is gone before the work is done.
    auto *watcher = new QFutureWatcher<void>(owner);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, owner,
        [watcher, answer = task->answer(), stop = std::move(stop), done = std::move(done)]() mutable {
            watcher->deleteLater();
            answer->back.take();
            if (!stop.stop_requested())
                done(std::move(*answer->value));
        });
    watcher->setFuture(task->future());
    task->start(pool);
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
