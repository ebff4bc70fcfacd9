#include "base/async.h"

#include "support/testmain.h"

#include <QEventLoop>
#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <memory>
#include <optional>

using namespace earmark;

class TestAsync final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsBackOnTheOwnersThread()
    {
        LatestTask task(this);
        int value = 0;
        QThread *workedIn = nullptr;
        QThread *doneIn = nullptr;
        task.run(
            [&workedIn](std::stop_token) {
                workedIn = QThread::currentThread();
                return 42;
            },
            [&](int result) {
                doneIn = QThread::currentThread();
                value = result;
            });
        QVERIFY(task.isRunning());
        QTRY_COMPARE(value, 42);
        QCOMPARE(doneIn, thread());
        QVERIFY(workedIn != thread());
        QVERIFY(!task.isRunning());
    }

    /// FileFetch counts on it: its last piece of work holds the lock of the file that it hands over.
    void whatTheWorkHeldIsGoneBefore()
    {
        LatestTask task(this);
        std::weak_ptr<int> held;
        std::optional<bool> isGone;
        auto holds = std::make_shared<int>(1);
        held = holds;
        task.run([holds = std::move(holds)](std::stop_token) { return *holds; },
                 [&](int) { isGone = held.expired(); });
        QTRY_VERIFY(isGone);
        QVERIFY(*isGone);
    }

    void aNewerRequestDropsTheOlder()
    {
        LatestTask task(this);
        QSemaphore mayEnd;
        QList<int> seen;
        const auto work = [&mayEnd](int value) {
            return [&mayEnd, value](std::stop_token stop) {
                mayEnd.acquire();
                return stop.stop_requested() ? -value : value;
            };
        };
        task.run(work(1), [&seen](int value) { seen.append(value); });
        task.run(work(2), [&seen](int value) { seen.append(value); });
        mayEnd.release(2);
        QTRY_COMPARE(seen, QList<int>{2});
        // The older one's answer, had it been kept, would be here by now: both have ended.
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(seen, QList<int>{2});
    }

    /// Each is read before the next is written, so that often the receiver is done with it before the sender
    /// has let go of it.
    void lettersAreReadByTheReceiver()
    {
        constexpr int Count = 5'000;
        QList<int> read;
        QSemaphore isRead;
        const std::unique_ptr<QThread> sender(QThread::create([&] {
            for (int number = 0; number < Count; ++number) {
                post(this, [&read, &isRead, text = std::make_unique<QString>(QString::number(number))] {
                    read.append(text->toInt());
                    isRead.release();
                });
                isRead.acquire();
            }
        }));
        QEventLoop events;
        connect(sender.get(), &QThread::finished, &events, &QEventLoop::quit);
        sender->start();
        events.exec();
        QCOMPARE(read.size(), Count);
        QVERIFY(std::is_sorted(read.cbegin(), read.cend()));
    }

    void cancelledWorkHandsNothingBack()
    {
        QSemaphore mayEnd;
        bool isDone = false;
        {
            LatestTask task(this);
            task.run(
                [&mayEnd](std::stop_token) {
                    mayEnd.acquire();
                    return std::make_unique<int>(1); // move-only values pass
                },
                [&isDone](std::unique_ptr<int>) { isDone = true; });
            task.cancel();
            QVERIFY(!task.isRunning());
        }
        mayEnd.release();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!isDone);
    }
};

QTEST_GUILESS_MAIN(TestAsync)
#include "tst_async.moc"
