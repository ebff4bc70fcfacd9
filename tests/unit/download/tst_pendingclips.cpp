#include "download/pendingclips.h"
#include "support/clips.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::keyOf;

namespace {

constexpr Moment Start = 1'000h;

Rest rest(Moment until)
{
    return {until, 2, 3, {FailureClass::Transient, u"The connection was lost."_s}, 0};
}

} // namespace

Q_DECLARE_METATYPE(std::optional<Moment>)

/// Whose turn it is, of clips that wait and of clips that failed.
class TestPendingClips final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = workspace::Workspace::open(m_folder->path());
        VERIFY_OK(opened);
        m_workspace = std::move(*opened);
        m_workspace->enqueue({{keyOf(0), 0, "a"}, {keyOf(1), 1, "a"}});
    }
    void cleanup() { m_workspace.reset(); }

    void saysHowLongAClipWaits_data()
    {
        QTest::addColumn<std::optional<Moment>>("earliest");
        QTest::addColumn<qint64>("now"); // milliseconds after Start
        QTest::addColumn<qint64>("waitMs");
        const auto at = [](auto after) { return std::optional<Moment>(Start + after); };
        QTest::newRow("its own rest") << at(0s) << qint64{0} << qint64{30'000};
        QTest::newRow("a part of it is over") << at(12s) << qint64{12'000} << qint64{18'000};
        QTest::newRow("the site is left alone for longer") << at(15min) << qint64{0} << qint64{900'000};
        QTest::newRow("over") << at(31s) << qint64{31'000} << qint64{0};
        QTest::newRow("over, and the rate limit is reached") << at(40s) << qint64{31'000} << qint64{9'000};
        QTest::newRow("paused") << std::optional<Moment>() << qint64{0} << qint64{0};
    }
    void saysHowLongAClipWaits()
    {
        QFETCH(std::optional<Moment>, earliest);
        QFETCH(qint64, now);
        QFETCH(qint64, waitMs);
        PendingClips turns(*m_workspace);
        turns.rest(keyOf(0), rest(Start + 30s));
        const auto clip = turns.waiting(keyOf(0), Start + Moment(now), earliest);
        QVERIFY(clip);
        QCOMPARE(clip->waitMs, waitMs);
        QCOMPARE(clip->nextTry, 2);
        QCOMPARE(clip->tries, 3);
        QCOMPARE(clip->failure, FailureClass::Transient);
        QCOMPARE(clip->reason, u"The connection was lost."_s);
        QVERIFY(!turns.waiting(keyOf(1), Start, earliest));
    }

    void theSoonestComesFirst()
    {
        PendingClips turns(*m_workspace);
        turns.rest(keyOf(0), rest(Start + 120s));
        turns.rest(keyOf(1), rest(Start + 30s));
        const auto waiting = turns.waiting(Start, Start);
        QCOMPARE(waiting.size(), 2U);
        QCOMPARE(waiting.front().key, keyOf(1));
        QCOMPARE(turns.nextChange(Start), Start + 30s);
        QVERIFY(!turns.next(Start));
        QCOMPARE(turns.next(Start + 31s), std::optional(keyOf(1)));
        turns.forget(keyOf(1));
        QCOMPARE(turns.waiting(Start, Start).size(), 1U);
        turns.clear();
        QVERIFY(turns.waiting(Start, Start).empty());
    }

    /// Whose try comes next decides whether a clip or the site is to blame.
    void othersComeBetween()
    {
        for (int number = 2; number < 20; ++number)
            m_workspace->enqueue({{keyOf(number), static_cast<std::uint32_t>(number), "a"}});
        PendingClips turns(*m_workspace);
        const auto begin = [&](Moment now) {
            const auto key = turns.next(now);
            if (key) {
                turns.begun(*key);
                auto record = m_workspace->record(*key);
                record.progress.state = ClipState::Fetching;
                m_workspace->update(*key, record);
            }
            return key;
        };
        QCOMPARE(begin(Start), std::optional(keyOf(0)));
        auto record = m_workspace->record(keyOf(0));
        record.progress.state = ClipState::Queued;
        m_workspace->update(keyOf(0), record);
        turns.rest(keyOf(0), rest(Start + 30s));
        for (int other = 1; other <= 6; ++other)
            QCOMPARE(begin(Start + 1h), std::optional(keyOf(other)));
        QCOMPARE(begin(Start + 1h), std::optional(keyOf(0)));
        // With no others it need not wait for them.
        while (begin(Start + 1h))
            ;
        m_workspace->update(keyOf(0), record);
        turns.rest(keyOf(0), rest(Start + 2h));
        QVERIFY(!begin(Start + 1h));
        QCOMPARE(begin(Start + 2h), std::optional(keyOf(0)));
    }

    void whatIsPutLastComesLast()
    {
        PendingClips turns(*m_workspace);
        QCOMPARE(turns.next(Start), std::optional(keyOf(0)));
        turns.goLast(keyOf(0));
        QCOMPARE(turns.next(Start), std::optional(keyOf(1)));
        fetch(1);
        QCOMPARE(turns.next(Start), std::optional(keyOf(0)));
        fetch(0);
        QVERIFY(!turns.next(Start));
    }

    /// Else the same clip would stop the queue each time that the program starts.
    void whatStoppedTheQueueTheLastTimeComesLast()
    {
        Clip clip = m_workspace->record(keyOf(0));
        clip.progress.failure = FailureClass::Environment;
        m_workspace->update(keyOf(0), clip);
        PendingClips turns(*m_workspace);
        QCOMPARE(turns.next(Start), std::optional(keyOf(1)));
    }

    void aPremiereIsQueuedWhenItIsOver()
    {
        const auto fail = [this](int number, FailureClass failure, Moment retryAt) {
            const Clip clip = m_workspace->record(keyOf(number));
            m_workspace->update(keyOf(number), test::failed(clip, failure, u"Not yet."_s, retryAt.count()));
        };
        fail(0, FailureClass::Later, Start + 1h);
        fail(1, FailureClass::Permanent, Moment());
        PendingClips turns(*m_workspace);
        QVERIFY(!turns.requeueDue(Start));
        QCOMPARE(turns.nextChange(Start), Start + 1h);
        QVERIFY(!turns.requeueDue(Start + 59min));
        QVERIFY(turns.requeueDue(Start + 1h));
        QCOMPARE(turns.next(Start + 1h), std::optional(keyOf(0)));
        QVERIFY(m_workspace->record(keyOf(0)).progress.reason.isEmpty());
        QCOMPARE(m_workspace->counts()[ClipState::Failed], 1); // the other one is not
        QVERIFY(!turns.requeueDue(Start + 2h));
        QCOMPARE(turns.nextChange(Start + 2h), Moment::max());

        // One that fails later is known before the next look at all of them.
        fetch(0);
        fail(0, FailureClass::Later, Start + 4h);
        turns.dueAt(Start + 4h);
        QCOMPARE(turns.nextChange(Start + 2h), Start + 4h);
        QVERIFY(turns.requeueDue(Start + 4h));
    }

private:
    void fetch(int number)
    {
        Clip clip = m_workspace->record(keyOf(number));
        clip.progress.state = ClipState::Fetching;
        m_workspace->update(keyOf(number), clip);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<workspace::Workspace> m_workspace;
};

QTEST_GUILESS_MAIN(TestPendingClips)
#include "tst_pendingclips.moc"
