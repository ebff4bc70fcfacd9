#include "playedstage.h"

#include "support/testmain.h"
#include "verify/shortclips.h"

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Played;

using State = Queue::State;

namespace {

// As yt-dlp prints them.
const QStringList Unavailable{u"ERROR: [youtube] x: Video unavailable"_s};
const QStringList Certificate{
    u"ERROR: [generic] Unable to download webpage: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:992)"_s};
const QStringList FullDisk{u"ERROR: unable to write data: [Errno 28] No space left on device"_s};
const QStringList NewWords{u"ERROR: [youtube] x: The goldfish has forgotten this video"_s};
const QStringList NoNetwork{
    u"ERROR: [youtube] x: Unable to download API page: HTTPSConnection(host='www.youtube.com', port=443): Failed to resolve 'www.youtube.com' ([Errno -3] Temporary failure in name resolution)"_s};
const QStringList NoConnection{
    u"ERROR: [generic] Unable to download webpage: [Errno 111] Connection refused"_s};
const QStringList BrokenOff{
    u"ERROR: [download] Got error: HTTPSConnectionPool(host='x', port=443): Read timed out."_s};
const QStringList TooMany{u"ERROR: [youtube] x: HTTP Error 429: Too Many Requests"_s};

} // namespace

/// Whose fault it is that a clip does not come: its own, this computer's, the network's or the site's.
class TestJudgement final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray trouble = m_stage.prepare();
        QVERIFY2(trouble.isEmpty(), trouble.constData());
    }
    void cleanup() { m_stage.close(); }

    void oneClipStopsNobody_data()
    {
        QTest::addColumn<int>("workers");
        QTest::addColumn<QList<int>>("bad");
        QTest::newRow("the first") << 1 << QList{0};
        QTest::newRow("the first, two workers") << 2 << QList{0};
        QTest::newRow("the last") << 1 << QList{9};
        QTest::newRow("the first two") << 1 << QList{0, 1};
        QTest::newRow("two in the middle, two workers") << 2 << QList{4, 7};
    }
    void oneClipStopsNobody()
    {
        QFETCH(int, workers);
        QFETCH(QList<int>, bad);
        m_stage.reset(10);
        m_stage.options.workers = workers;
        m_stage.begin();
        for (const int number : bad)
            m_stage.ytdlp->play(m_stage.ytidOf(number), {{.lines = Certificate}});
        m_stage.run();
        QCOMPARE(m_stage.queue->state(), State::Idle);
        QCOMPARE(counts()[ClipState::Ready], 10 - bad.size());
        for (const int number : bad) {
            const auto record = m_stage.record(number);
            QCOMPARE(record.progress.state, ClipState::Failed);
            QCOMPARE(record.progress.failure, FailureClass::Transient);
            QCOMPARE(int(record.progress.attempts), 3);
            QVERIFY2(record.progress.reason.contains(u"certificate"_s),
                     qUtf8Printable(record.progress.reason));
        }
    }

    void thisComputersTroubleMarksNoClip_data()
    {
        QTest::addColumn<QStringList>("lines");
        QTest::newRow("certificates") << Certificate;
        QTest::newRow("the disk") << FullDisk;
    }
    void thisComputersTroubleMarksNoClip()
    {
        QFETCH(QStringList, lines);
        m_stage.reset(10);
        m_stage.run([this] { return counts()[ClipState::Ready] == 3; });
        m_stage.ytdlp->play({.lines = lines});
        m_stage.run();
        QCOMPARE(m_stage.queue->state(), State::Paused);
        QCOMPARE(m_stage.queue->pauseClass(), FailureClass::Environment);
        const QString reason = m_stage.queue->pauseReason();
        const QString named = u"While downloading %1 at 0:02: "_s.arg(m_stage.ytdlp->asked().last());
        QVERIFY2(reason.startsWith(named), qUtf8Printable(reason));
        QCOMPARE(counts()[ClipState::Failed], 0);
        QCOMPARE(counts()[ClipState::Queued] + counts()[ClipState::Ready], 10);
        // It looked at three, and then stopped.
        QCOMPARE(m_stage.ytdlp->asked().size(), counts()[ClipState::Ready] + 3);
        for (int number = 0; number < 10; ++number) {
            const auto record = m_stage.record(number);
            QCOMPARE(int(record.progress.attempts), record.progress.state == ClipState::Ready ? 1 : 0);
        }
        m_stage.ytdlp->play(m_stage.whole());
        m_stage.run();
        QCOMPARE(counts()[ClipState::Ready], 10);
    }

    /// Whatever stopped the queue must not do so first thing the next time.
    void whatStoppedTheQueueGoesLast()
    {
        m_stage.reset(4);
        for (int number = 0; number < 3; ++number)
            m_stage.ytdlp->play(m_stage.ytidOf(number), {{.lines = Certificate}});
        m_stage.run();
        QCOMPARE(m_stage.queue->state(), State::Paused);
        QCOMPARE(m_stage.ytdlp->asked().size(), 3);
        m_stage.close();
        m_stage.open(); // the program is started again
        m_stage.run();
        QCOMPARE(m_stage.ytdlp->asked().at(3), m_stage.ytidOf(3));
        QCOMPARE(m_stage.record(3).progress.state, ClipState::Ready);
        QCOMPARE(counts()[ClipState::Ready], 1);
    }

    void aBlockedSessionMarksNoClip()
    {
        m_stage.reset(40);
        m_stage.ytdlp->play({.lines = Unavailable});
        m_stage.run([this] { return m_stage.queue->state() == State::Waiting; });
        QCOMPARE(m_stage.ytdlp->asked().size(), 15);
        QCOMPARE(m_stage.queue->pauseClass(), FailureClass::RateLimit);
        QVERIFY2(m_stage.queue->pauseReason().contains(u"15 videos in a row"_s),
                 qUtf8Printable(m_stage.queue->pauseReason()));
        QCOMPARE(counts()[ClipState::Failed], 0);
        QCOMPARE(counts()[ClipState::Queued], 40);

        // For five hours; and the program is started again meanwhile.
        const Moment end = m_stage.now + 5h;
        m_stage.run([&] { return m_stage.now >= end - 2h; });
        m_stage.close();
        m_stage.open();
        m_stage.run([&] { return m_stage.now >= end; });
        QCOMPARE(counts()[ClipState::Failed], 0);
        QVERIFY(m_stage.ytdlp->asked().size() < 25);

        // Two of them have really gone.
        m_stage.ytdlp->play(m_stage.whole());
        for (const int gone : {3, 30})
            m_stage.ytdlp->play(m_stage.ytidOf(gone), {{.lines = Unavailable}});
        m_stage.run();
        QCOMPARE(m_stage.queue->state(), State::Idle);
        QCOMPARE(counts()[ClipState::Ready], 38);
        for (const int gone : {3, 30})
            QCOMPARE(m_stage.record(gone).progress.failure, FailureClass::Permanent);
    }

    void aListOfDeadVideosEnds()
    {
        m_stage.reset(40);
        m_stage.ytdlp->play({.lines = Unavailable});
        QVERIFY(m_stage.run() < 12h);
        QCOMPARE(m_stage.queue->state(), State::Idle);
        QCOMPARE(counts()[FailureClass::Permanent], 40);
        QVERIFY(m_stage.ytdlp->asked().size() < 65); // 15 in doubt were asked for again
        // What was unavailable before is no news.
        QSignalSpy changed(m_stage.queue.get(), &Queue::stateChanged);
        m_stage.queue->retryFailed(true);
        QVERIFY(m_stage.run() < 1min);
        QCOMPARE(counts()[FailureClass::Permanent], 40);
    }

    void unknownWordsAreNobodysAge()
    {
        m_stage.reset(8);
        m_stage.ytdlp->play({.lines = NewWords});
        m_stage.run([this] { return m_stage.queue->state() == State::Waiting; });
        QCOMPARE(m_stage.ytdlp->asked().size(), 5);
        QCOMPARE(m_stage.queue->pauseClass(), FailureClass::Unknown);
        const QString reason = m_stage.queue->pauseReason();
        QVERIFY2(reason.contains(u"goldfish"_s) && !reason.contains(u"old for"_s) &&
                     !reason.contains(u"newer"_s),
                 qUtf8Printable(reason));
        QCOMPARE(m_stage.queue->pauseHelp(), ytdlp::Remedy::None);
        // Nor are they the site's for ever.
        QVERIFY(m_stage.run() < 24h * 7);
        QCOMPARE(counts()[FailureClass::Unknown], 8);
    }

    void aDeadNetworkMarksNone_data()
    {
        QTest::addColumn<QStringList>("lines");
        QTest::addColumn<int>("clips");
        QTest::newRow("no such host, one clip left") << NoNetwork << 1;
        QTest::newRow("no such host, two") << NoNetwork << 2;
        QTest::newRow("no such host, five") << NoNetwork << 5;
        QTest::newRow("no connection, two") << NoConnection << 2;
        QTest::newRow("broken off, eight") << BrokenOff << 8;
    }
    void aDeadNetworkMarksNone()
    {
        QFETCH(QStringList, lines);
        QFETCH(int, clips);
        m_stage.reset(clips);
        m_stage.ytdlp->play({.lines = lines});
        m_stage.run([this] { return m_stage.queue->state() == State::Waiting; });
        QCOMPARE(m_stage.queue->pauseClass(), FailureClass::Transient);
        QCOMPARE(m_stage.queue->pauseHelp(), ytdlp::Remedy::Network);
        const Moment end = m_stage.now + 24h; // many probes
        m_stage.run([&] { return m_stage.now >= end; });
        QCOMPARE(counts()[ClipState::Failed], 0);
        m_stage.ytdlp->play(m_stage.whole());
        m_stage.run();
        QCOMPARE(counts()[ClipState::Ready], clips);
    }

    /// One clip whose server breaks off, when all others are there.
    void aBrokenClipAtTheEndFails()
    {
        m_stage.reset(3);
        m_stage.ytdlp->play(m_stage.ytidOf(1), {{.lines = BrokenOff}});
        QVERIFY(m_stage.run() < 10min);
        QCOMPARE(m_stage.record(1).progress.failure, FailureClass::Transient);
        QCOMPARE(int(m_stage.record(1).progress.attempts), 3);
    }

    void anEndOfTheProgramIsNoTry()
    {
        m_stage.reset(2);
        m_stage.ytdlp->play(m_stage.ytidOf(0), {{.end = Played::End::Hangs}});
        for (int time = 0; time < 5; ++time) {
            m_stage.queue->start();
            QTRY_COMPARE_WITH_TIMEOUT(m_stage.ytdlp->asked().size(), time + 1, m_stage.Patience);
            QCOMPARE(m_stage.queue->running().front().attempt, 1);
            QCOMPARE(int(m_stage.record(0).progress.attempts),
                     0); // as the ledger has it when the program is killed
            m_stage.close();
            m_stage.open();
        }
        m_stage.ytdlp->play(m_stage.ytidOf(0), {m_stage.whole()});
        m_stage.run();
        QCOMPARE(int(m_stage.record(0).progress.attempts), 1);
    }

    void aWaitThatTheSiteAsksForIsNoStandstill()
    {
        m_stage.reset(1);
        m_stage.options.worker.idleLimit = 1'500ms;
        m_stage.options.worker.jobLimit = 2'000ms;
        m_stage.begin();
        Played waits = m_stage.whole();
        waits.lines = QStringList{u"[download] Sleeping 3.00 seconds as required by the site..."_s};
        waits.sleeps = 3;
        m_stage.ytdlp->play(waits);
        m_stage.run();
        QCOMPARE(m_stage.record(0).progress.state, ClipState::Ready);
        QCOMPARE(int(m_stage.record(0).progress.attempts), 1);
    }

    void aYtdlpThatDiesAtOnce_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QStringList>("lines");
        QTest::addColumn<QString>("said");
        const QString trace = u"Traceback (most recent call last):"_s;
        QTest::newRow("its format is wrong")
            << u"x["_s
            << QStringList{trace, u"  File \"x.py\", line 1"_s,
                           u"SyntaxError: Invalid format specification: Missing closing brackets"_s,
                           u"\tx["_s, u"\t  ^"_s}
            << u"does not take the format “x[”"_s;
        QTest::newRow("it is broken")
            << QString() << QStringList{trace, u"ModuleNotFoundError: No module named 'urllib3'"_s}
            << u"ModuleNotFoundError: No module named 'urllib3'"_s;
    }
    void aYtdlpThatDiesAtOnce()
    {
        QFETCH(QString, format);
        QFETCH(QStringList, lines);
        QFETCH(QString, said);
        m_stage.reset(6);
        m_stage.options.worker.settings.format = format;
        m_stage.begin();
        m_stage.ytdlp->play({.lines = lines, .end = Played::End::Exit});
        m_stage.run();
        QCOMPARE(m_stage.queue->state(), State::Paused);
        QCOMPARE(m_stage.queue->pauseClass(), FailureClass::Environment);
        QVERIFY2(m_stage.queue->pauseReason().contains(said), qUtf8Printable(m_stage.queue->pauseReason()));
        QCOMPARE(counts()[ClipState::Queued], 6);
        QVERIFY(m_stage.ytdlp->asked().size() <= 3);
    }

    /// Two workspaces of one user, which know nothing of each other.
    void twoQueuesShareALimit()
    {
        m_stage.reset(10);
        m_stage.options.perHour = 60;
        m_stage.options.paceFile = m_stage.folder->filePath(u"pace"_s);
        m_stage.begin();
        auto opened = workspace::Workspace::open(m_stage.folder->filePath(u"other"_s));
        VERIFY_OK(opened);
        const auto other = std::move(*opened);
        other->enqueue({{m_stage.keyOf(90), 0, "/m/09x0r"}, {m_stage.keyOf(91), 1, "/m/09x0r"}});
        Queue second(*other, m_stage.options);
        m_stage.queue->start();
        QTRY_COMPARE_WITH_TIMEOUT(counts()[ClipState::Ready], 1, m_stage.Patience);
        second.start();
        QVERIFY(second.running().empty()); // not within the same minute
        m_stage.now += 79s;
        second.start();
        QTRY_COMPARE_WITH_TIMEOUT(other->counts()[ClipState::Ready], 1, m_stage.Patience);
        m_stage.ytdlp->play({.lines = TooMany});
        m_stage.now += 79s;
        m_stage.queue->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_stage.queue->state(), State::Waiting, m_stage.Patience);
        const auto asked = m_stage.ytdlp->asked().size();
        m_stage.now += 79s;
        second.start();
        QTRY_COMPARE_WITH_TIMEOUT(second.state(), State::Waiting, m_stage.Patience);
        QCOMPARE(second.pauseClass(), FailureClass::RateLimit);
        QCOMPARE(second.pauseReason(), m_stage.queue->pauseReason());
        QCOMPARE(m_stage.ytdlp->asked().size(), asked);
    }

private:
    const ClipCounts &counts() const { return m_stage.workspace->counts(); }

    test::PlayedStage m_stage;
};

QTEST_GUILESS_MAIN(TestJudgement)
#include "tst_judgement.moc"
