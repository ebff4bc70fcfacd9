#include "audio/pcm.h"
#include "download/queue.h"
#include "support/clips.h"
#include "support/mediaserver.h"
#include "support/processes.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <csignal>

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Fault;
using test::servedKey;
using test::servedPath;

namespace {

constexpr int Patience = 60'000;

} // namespace

/// The scheduler with a real workspace, the real yt-dlp and ffmpeg, and a server on this machine that fails
/// as it is told.
class TestQueue final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_tools = ytdlp::findTools();
        QVERIFY2(m_tools.areUsable(), qUtf8Printable(m_tools.problem()));
        m_content = test::noiseM4a({u"-movflags"_s, u"+faststart"_s});
    }

    void init()
    {
        m_now = 500'000h;
        m_perHour.reset();
        m_retry = {};
        m_retry.firstWait = 0s;
        m_server = std::make_unique<test::MediaServer>();
        m_folder = std::make_unique<QTemporaryDir>();
        auto workspace = workspace::Workspace::open(m_folder->path());
        VERIFY_OK(workspace);
        m_workspace = std::move(*workspace);
        begin();
    }

    void cleanup()
    {
        m_queue.reset();
        m_server->release();
        m_workspace.reset();
        // Nothing of ours outlives the queue.
        QTRY_COMPARE_WITH_TIMEOUT(test::processesIn(m_folder->path()), QList<qint64>(), Patience);
    }

    void finishesWhatItCanAndNamesTheRest()
    {
        want(5);
        m_server->setFault(servedPath(1), {Fault::Caller::Any, 404});
        QSignalSpy running(m_queue.get(), &Queue::runningChanged);
        run();
        const auto &counts = m_workspace->counts();
        QCOMPARE(counts[ClipState::Ready], 4);
        QCOMPARE(counts[ClipState::Failed], 1);
        const auto record = m_workspace->record(servedKey(1));
        QCOMPARE(record.progress.state, ClipState::Failed);
        QVERIFY(!record.progress.reason.isEmpty());
        QVERIFY(running.size() > 10);
        for (const int number : {0, 2, 3, 4}) {
            const auto clip = audio::readWav(m_workspace->layout().clip(servedKey(number)));
            VERIFY_OK(clip);
            QCOMPARE(clip->frames(), 3 * 44'100);
            const auto ready = m_workspace->record(servedKey(number));
            QCOMPARE(ready.audio.samples, 3 * 44'100);
            QVERIFY(!ready.audio.sha256.isEmpty());
            QCOMPARE(ready.origin.toolVersion, m_tools.ytdlp.version);
            QVERIFY(QFile::exists(m_workspace->layout().rawClip(servedKey(number))));
        }
        // Once, and not again until it is asked for.
        QVERIFY(!QFile::exists(m_workspace->layout().clip(servedKey(1))));
        m_server->setFault(servedPath(1), {});
        QSignalSpy idle(m_queue.get(), &Queue::idle);
        m_queue->retryFailed(true);
        QVERIFY(idle.wait(Patience));
        QCOMPARE(counts[ClipState::Ready], 5);
    }

    void cancellingOneLeavesTheOthers()
    {
        want(4);
        m_server->setFault(servedPath(0), {Fault::Caller::Ffmpeg, 0, 0});
        QSignalSpy idle(m_queue.get(), &Queue::idle);
        m_queue->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_workspace->counts()[ClipState::Ready], 3, Patience);
        QCOMPARE(m_workspace->record(servedKey(0)).progress.state, ClipState::Fetching);
        m_queue->cancel(servedKey(0));
        QCOMPARE(m_workspace->record(servedKey(0)).progress.state, ClipState::Absent);
        QTRY_COMPARE(idle.size(), 1);
        QCOMPARE(m_queue->state(), Queue::State::Idle);
        QVERIFY(m_queue->running().empty());
    }

    void stopEndsAllAndEmptiesTheQueue()
    {
        want(6);
        for (int number = 0; number < 6; ++number)
            m_server->setFault(servedPath(number), {Fault::Caller::Ffmpeg, 0, 0});
        m_queue->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests(servedPath(0), Fault::Caller::Ffmpeg) > 0, true,
                                  Patience);
        QCOMPARE(m_queue->running().size(), std::size_t{2});
        m_queue->stop();
        QCOMPARE(m_queue->state(), Queue::State::Idle);
        QCOMPARE(m_workspace->counts().total(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(test::processesIn(m_folder->path()).size(), 0, Patience);
    }

    void pauseFinishesWhatRuns()
    {
        want(6);
        m_queue->start();
        QTRY_COMPARE(m_queue->running().size(), std::size_t{2}); // one a turn of the event loop
        m_queue->pause();
        QCOMPARE(m_queue->state(), Queue::State::Paused);
        QVERIFY(m_queue->pauseReason().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(m_queue->running().empty(), Patience);
        QCOMPARE(m_workspace->counts()[ClipState::Ready], 2);
        QCOMPARE(m_workspace->counts()[ClipState::Queued], 4);
        run();
        QCOMPARE(m_workspace->counts()[ClipState::Ready], 6);
    }

    void theNetworksFaultIsNotTheClips()
    {
        m_retry.firstWait = 30s;
        begin();
        want(8);
        for (int number = 0; number < 8; ++number)
            m_server->setFault(servedPath(number), {Fault::Caller::Any, 503});
        m_queue->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_queue->state(), Queue::State::Waiting, Patience);
        QCOMPARE(m_queue->pauseClass(), FailureClass::Transient);
        QVERIFY2(m_queue->pauseReason().contains(u"error of its own"_s),
                 qUtf8Printable(m_queue->pauseReason()));
        QTRY_VERIFY_WITH_TIMEOUT(m_queue->running().empty(), Patience);
        QCOMPARE(m_workspace->counts()[ClipState::Failed], 0);
        QVERIFY(m_queue->waitMs() > 50'000 && m_queue->waitMs() <= 60'000);
        for (int number = 0; number < 8; ++number)
            m_server->setFault(servedPath(number), {});
        goOnAfter(1min);
        QCOMPARE(m_workspace->counts()[ClipState::Ready], 8);
    }

    void aRunOf403SuggestsAnUpdate()
    {
        m_retry.firstWait = 30s;
        begin();
        want(8);
        for (int number = 0; number < 8; ++number)
            m_server->setFault(servedPath(number), {Fault::Caller::Ffmpeg, 403});
        m_queue->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_queue->state(), Queue::State::Waiting, Patience);
        QCOMPARE(m_queue->pauseHelp(), ytdlp::Remedy::Tools);
        QVERIFY2(m_queue->pauseReason().contains(u"newer one"_s), qUtf8Printable(m_queue->pauseReason()));
        QTRY_VERIFY_WITH_TIMEOUT(m_queue->running().empty(), Patience);
        QCOMPARE(m_workspace->counts()[ClipState::Failed], 0);
        m_queue->stop();
    }

    void aRateLimitWaitsAndMarksNothing()
    {
        want(4);
        for (int number = 0; number < 4; ++number)
            m_server->setFault(servedPath(number), {Fault::Caller::Any, 429});
        m_queue->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_queue->state(), Queue::State::Waiting, Patience);
        QCOMPARE(m_queue->pauseClass(), FailureClass::RateLimit);
        QCOMPARE(m_queue->pauseHelp(), ytdlp::Remedy::Cookies);
        QTRY_VERIFY_WITH_TIMEOUT(m_queue->running().empty(), Patience);
        QCOMPARE(m_workspace->counts()[ClipState::Queued], 4);
        const int before = requests();
        QVERIFY(before <= 2);

        // One probe, and when that is turned away, twice the wait.
        QSignalSpy changed(m_queue.get(), &Queue::stateChanged);
        m_now += 15min;
        QTRY_VERIFY_WITH_TIMEOUT(m_queue->waitMs() > 20 * 60'000, Patience);
        QVERIFY(changed.size() > 0);
        QVERIFY(m_queue->waitMs() <= 30 * 60'000);
        QCOMPARE(requests(), before + 1);
        QCOMPARE(m_workspace->counts()[ClipState::Queued], 4);
        for (int number = 0; number < 4; ++number)
            QCOMPARE(m_workspace->record(servedKey(number)).progress.attempts, 0);

        // The person does not want to wait.
        for (int number = 0; number < 4; ++number)
            m_server->setFault(servedPath(number), {});
        QSignalSpy idle(m_queue.get(), &Queue::idle);
        m_queue->tryNow();
        QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, Patience);
        QCOMPARE(m_workspace->counts()[ClipState::Ready], 4);
    }

    void aSpoiledClipIsTriedThreeTimes()
    {
        m_retry.firstWait = 30s;
        begin();
        want(2);
        m_server->setFault(servedPath(0), {Fault::Caller::Any, 503});
        QSignalSpy idle(m_queue.get(), &Queue::idle);
        m_queue->start();
        int attempts = 0;
        for (const auto wait : {30s, 120s}) {
            ++attempts;
            QTRY_COMPARE_WITH_TIMEOUT(m_workspace->record(servedKey(1)).progress.state, ClipState::Ready,
                                      Patience);
            QTRY_COMPARE_WITH_TIMEOUT(int(m_workspace->record(servedKey(0)).progress.attempts), attempts,
                                      Patience);
            m_now += wait - 1s;
            QCOMPARE(m_workspace->record(servedKey(0)).progress.state, ClipState::Queued);
            m_now += 2s;
        }
        QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, Patience);
        const auto record = m_workspace->record(servedKey(0));
        QCOMPARE(record.progress.state, ClipState::Failed);
        QCOMPARE(record.progress.failure, FailureClass::Transient);
        QCOMPARE(record.progress.attempts, 3);
    }

    void thePaceHoldsForAllWorkers()
    {
        m_perHour = 60;
        begin();
        want(6);
        m_queue->start();
        QCOMPARE(m_queue->perHour(), 60);
        QCOMPARE(m_queue->remainingMs(), 6 * 60'000);
        for (int ready = 1; ready <= 4; ++ready) {
            QTRY_COMPARE_WITH_TIMEOUT(m_workspace->counts()[ClipState::Ready], ready, Patience);
            QTRY_VERIFY(m_queue->running().empty());
            if (ready < 4)
                m_now += 79s; // a minute, and the jitter
        }
        // A restart gains nothing.
        begin();
        m_queue->start();
        QVERIFY(m_queue->running().empty());
        m_now += 79s;
        QTRY_COMPARE_WITH_TIMEOUT(m_workspace->counts()[ClipState::Ready], 5, Patience);
    }

    void aPremiereIsTakenUpWhenItIsOver()
    {
        begin({.ytdlp = {u"yt-dlp"_s, premiering(), u"2026.01.01"_s, {}}, .ffmpeg = m_tools.ffmpeg});
        want(1);
        run();
        auto record = m_workspace->record(servedKey(0));
        QCOMPARE(record.progress.failure, FailureClass::Later);
        QCOMPARE(record.progress.retryAt, Moment(m_now + 28h).count());

        // The program ends; the date is in the ledger.
        m_queue.reset();
        m_workspace.reset();
        auto workspace = workspace::Workspace::open(m_folder->path());
        VERIFY_OK(workspace);
        m_workspace = std::move(*workspace);
        QCOMPARE(m_workspace->record(servedKey(0)).progress.retryAt, record.progress.retryAt);
        begin();
        run(); // not yet
        QCOMPARE(m_workspace->record(servedKey(0)).progress.state, ClipState::Failed);

        QSignalSpy idle(m_queue.get(), &Queue::idle);
        m_now += 29h;
        QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, Patience);
        record = m_workspace->record(servedKey(0));
        QCOMPARE(record.progress.state, ClipState::Ready);
        QCOMPARE(record.progress.retryAt, 0);
    }

    void aKilledWorkerCostsNoClip()
    {
        want(3);
        m_server->setFault(servedPath(0), {Fault::Caller::Ffmpeg, 0, 0, -1, 0, 1});
        QSignalSpy idle(m_queue.get(), &Queue::idle);
        m_queue->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_workspace->counts()[ClipState::Ready], 2, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->requests(servedPath(0), Fault::Caller::Ffmpeg) > 0, Patience);
        for (const qint64 process : test::processesIn(m_folder->path()))
            ::kill(static_cast<pid_t>(process), SIGKILL);
        QVERIFY(idle.wait(Patience) || !idle.isEmpty());
        QCOMPARE(m_workspace->counts()[ClipState::Ready], 3);
        QCOMPARE(m_workspace->record(servedKey(0)).progress.attempts, 2);
    }

    void anotherSampleRateNeedsNoDownload()
    {
        want(2);
        run();
        const int requests = m_server->requests(servedPath(0));
        m_workspace->setFormat({16'000, 1});
        QCOMPARE(m_workspace->counts()[ClipState::Queued], 2);
        run();
        QCOMPARE(m_workspace->counts()[ClipState::Ready], 2);
        QCOMPARE(m_server->requests(servedPath(0)), requests);
        const auto clip = audio::readWavInfo(m_workspace->layout().clip(servedKey(0)));
        VERIFY_OK(clip);
        QCOMPARE(clip->sampleRate, 16'000);
        QCOMPARE(clip->frames, 3 * 16'000);
    }

    void aClipThatWasFinishedButNotWrittenDownIsAdopted()
    {
        want(2);
        run();
        const int requests = m_server->requests(servedPath(0));
        auto record = m_workspace->record(servedKey(0));
        const Sha256 hash = record.audio.sha256;
        // As the ledger is when the program was killed right after the rename.
        record.progress.state = ClipState::Queued;
        record.audio.sha256 = {};
        record.audio.samples = 0;
        m_workspace->update(servedKey(0), record);
        run();
        QCOMPARE(m_workspace->record(servedKey(0)).progress.state, ClipState::Ready);
        QCOMPARE(m_workspace->record(servedKey(0)).audio.sha256, hash);
        QCOMPARE(m_server->requests(servedPath(0)), requests);
    }

    void aVideoThatEndsEarlyIsShort()
    {
        const SegmentKey key{servedKey(0).ytid, 5'000, 15'000};
        m_server->serve(servedPath(0), m_content);
        m_workspace->enqueue({{key, 0, "/m/09x0r"}});
        run();
        const auto record = m_workspace->record(key);
        QCOMPARE(record.progress.state, ClipState::Short);
        // The source has 8 s: 3 are left, within a codec's packet.
        QVERIFY2(std::abs(record.audio.seconds() - 3.0) < 0.05,
                 QByteArray::number(record.audio.seconds()).constData());
        // Believed because it came out the same twice.
        QCOMPARE(record.progress.attempts, 2);
    }

    void badMediaFailsAndIsKeptAside()
    {
        m_server->serve(servedPath(0), m_content);
        const SegmentKey beyond{servedKey(0).ytid, 30'000, 40'000};
        m_workspace->enqueue({{beyond, 0, "/m/09x0r"}});
        run();
        const auto record = m_workspace->record(beyond);
        QCOMPARE(record.progress.state, ClipState::Failed);
        QVERIFY(!record.progress.reason.isEmpty());
        QVERIFY(!QFile::exists(m_workspace->layout().clip(beyond)));
        QVERIFY(!QFile::exists(m_workspace->layout().rawClip(beyond)));
    }

    void aDamagedRawSectionIsFetchedAnew()
    {
        want(1);
        QFile raw(m_workspace->layout().rawClip(servedKey(0)));
        QVERIFY(raw.open(QIODevice::WriteOnly));
        raw.write("this is no Matroska file");
        raw.close();
        run();
        QCOMPARE(m_workspace->record(servedKey(0)).progress.state, ClipState::Ready);
        // The damaged one was put aside, and goes when a good one has taken its place.
        QTRY_VERIFY(!QFile::exists(m_workspace->layout().refusedClip(servedKey(0))));
    }

    void missingToolsPauseWithOneSentence()
    {
        ytdlp::ToolPaths paths;
        paths.ytdlp = u"/nowhere/yt-dlp"_s;
        begin(ytdlp::findTools(paths));
        want(2);
        m_queue->start();
        QCOMPARE(m_queue->state(), Queue::State::Paused);
        QCOMPARE(m_queue->pauseClass(), FailureClass::Environment);
        QVERIFY2(m_queue->pauseReason().contains(u"/nowhere/yt-dlp"_s),
                 qUtf8Printable(m_queue->pauseReason()));
        QCOMPARE(m_workspace->counts()[ClipState::Queued], 2);
    }

private:
    void begin() { begin(m_tools); }
    void begin(const ytdlp::Tools &tools)
    {
        m_queue.reset();
        QueueOptions options;
        options.perHour = m_perHour;
        options.retry = m_retry;
        options.clock = [this] { return m_now; };
        options.worker.tools = tools;
        options.worker.source = ytdlp::Source(m_server->url(u"/{ytid}.m4a"_s));
        m_queue = std::make_unique<Queue>(*m_workspace, options);
    }

    void want(int count)
    {
        std::vector<WantedClip> wanted;
        for (int number = 0; number < count; ++number) {
            m_server->serve(servedPath(number), m_content);
            wanted.push_back({servedKey(number), static_cast<std::uint32_t>(number), "/m/09x0r"});
        }
        QCOMPARE(m_workspace->enqueue(wanted), count);
    }

    /// How often anybody asked for anything.
    int requests() const
    {
        int count = 0;
        for (int number = 0; number < 10; ++number)
            count += m_server->requests(servedPath(number));
        return count;
    }
    /// After so long the queue goes on by itself, until everything is dealt with.
    void goOnAfter(Moment wait)
    {
        QSignalSpy idle(m_queue.get(), &Queue::idle);
        m_now += wait;
        QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, Patience);
    }
    /// A yt-dlp to which every video is one that has not been shown.
    QString premiering() const
    {
        const QString path = m_folder->filePath(u"yt-dlp"_s);
        test::writeFile(path, "#!/bin/sh\nwhile read -r job; do name=${job#*'\"job\":\"'}\n"
                              "echo 'ERROR: [youtube] x: Premieres in 27 hours'\n"
                              "mark=${job#*'\"mark\":\"'}\n"
                              "echo \"@${mark%%'\"'*} END ${name%%'\"'*}\"\ndone\n");
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }
    /// Until everything is dealt with.
    void run()
    {
        QSignalSpy idle(m_queue.get(), &Queue::idle);
        m_queue->start();
        QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, Patience);
    }

    Moment m_now{}; ///< moved by hand
    std::optional<int> m_perHour;
    RetryPolicy m_retry;
    QByteArray m_content;
    ytdlp::Tools m_tools;
    std::unique_ptr<test::MediaServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<Queue> m_queue;
};

QTEST_GUILESS_MAIN(TestQueue)
#include "tst_queue.moc"
