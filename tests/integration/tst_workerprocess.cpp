#include "workerstage.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>

#include <csignal>

using namespace earmark;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Bench;
using test::Fault;
using test::key;
using test::Patience;
using test::processesIn;
using test::Ytid;
using ytdlp::FetchOutcome;
using ytdlp::Worker;

/// The worker's processes: nothing of them is left, however they end.
class TestWorkerProcess final : public test::WorkerTest
{
    Q_OBJECT

private Q_SLOTS:
    void watchdogEndsAStall();
    void reconnectingIsNoProgress();
    void jobLimitEndsATrickle();
    void cancelEndsEverything();
    void insistsWhenAskedInVain();
    void destructorEndsEverything();
    void mayBeDeletedByAListener_data();
    void mayBeDeletedByAListener();
    void ytdlpKilledInMidJob();
    void ytdlpKilledWhileIdle();
    void programKilled_data();
    void programKilled();

private:
    /// ffmpeg waits for the rest. (That one runs says little: yt-dlp asks it for its version first.)
    bool isStalled() const { return m_stage.media->requests(m_stage.path, Fault::Caller::Ffmpeg) > 0; }
};

void TestWorkerProcess::watchdogEndsAStall()
{
    m_stage.media->setFault(m_stage.path, {.caller = Fault::Caller::Ffmpeg, .stallAfter = 100'000});
    auto limited = m_stage.mediaOptions();
    limited.idleLimit = 3s;
    limited.killAfter = 500ms;
    Bench bench(limited);
    const FetchOutcome outcome = bench.fetch(key(Ytid, 20'000, 50'000));
    COMPARE_FAILURE(outcome, FailureClass::Transient);
    QVERIFY2(outcome.reason.contains(u"3 s"_s), qPrintable(outcome.reason));
    QTRY_COMPARE(m_stage.running(), QList<qint64>());
    QTRY_COMPARE(QDir(limited.folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());

    m_stage.media->setFault(m_stage.path, {});
    VERIFY_FETCHED(bench.fetch(key(Ytid, 20'000, 50'000)));
}

/// ffmpeg says that it connects again for as long as a server is silent.
void TestWorkerProcess::reconnectingIsNoProgress()
{
    auto limited = m_stage.mediaOptions();
    limited.tools.ytdlp.path = m_stage.script(
        "read -r job\nwhile sleep 0.3; do\n"
        "echo '[https @ 0x55] Will reconnect at 50000 in 7 second(s), error=Connection timed out.'\ndone\n");
    limited.idleLimit = 2s;
    limited.jobLimit = 20s;
    limited.killAfter = 500ms;
    Bench bench(limited);
    const FetchOutcome outcome = bench.fetch(key(Ytid, 20'000, 50'000));
    COMPARE_FAILURE(outcome, FailureClass::Transient);
    QVERIFY2(outcome.reason.contains(u"2 s"_s), qPrintable(outcome.reason));
}

void TestWorkerProcess::jobLimitEndsATrickle()
{
    m_stage.media->setFault(m_stage.path, {.caller = Fault::Caller::Ffmpeg, .bytesPerSecond = 4'000});
    auto limited = m_stage.mediaOptions();
    limited.jobLimit = 4s;
    Bench bench(limited);
    const FetchOutcome outcome = bench.fetch(key(Ytid, 0, 50'000));
    COMPARE_FAILURE(outcome, FailureClass::Transient);
    QVERIFY2(outcome.reason.contains(u"4 s"_s), qPrintable(outcome.reason));
}

void TestWorkerProcess::cancelEndsEverything()
{
    m_stage.media->setFault(m_stage.path, {.caller = Fault::Caller::Ffmpeg, .stallAfter = 100'000});
    Bench bench(m_stage.mediaOptions());
    bench.worker.fetch(key(Ytid, 20'000, 50'000));
    QTRY_VERIFY_WITH_TIMEOUT(isStalled(), Patience);
    QVERIFY(bench.worker.isBusy());
    bench.worker.cancel();
    QVERIFY(!bench.worker.isBusy());

    // The next one need not wait for the end of the old.
    m_stage.media->setFault(m_stage.path, {});
    const auto next = key(Ytid, 10'000, 20'000);
    const FetchOutcome outcome = bench.fetch(next);
    VERIFY_FETCHED(outcome);
    QCOMPARE(outcome.key, next);
    QTRY_COMPARE(m_stage.running().size(), 1);
    QVERIFY(QFile::exists(outcome.file));
    QVERIFY(bench.finished.isEmpty());
    bench.worker.cancel(); // nothing to do
    QCOMPARE(m_stage.running().size(), 1);
}

void TestWorkerProcess::insistsWhenAskedInVain()
{
    auto stubborn = m_stage.mediaOptions();
    stubborn.tools.ytdlp.path =
        m_stage.script("trap '' INT TERM\necho '[x] Extracting URL: y'\nsleep 600 & sleep 600\nsleep 600\n");
    stubborn.killAfter = 200ms;
    Bench bench(stubborn);
    QSignalSpy progressed(&bench.worker, &Worker::progressed);
    bench.worker.fetch(key(Ytid, 20'000, 50'000));
    QVERIFY(progressed.wait(Patience));
    QTRY_COMPARE(m_stage.running().size(), 3);
    bench.worker.cancel();
    QTRY_COMPARE(m_stage.running(), QList<qint64>());
}

void TestWorkerProcess::destructorEndsEverything()
{
    m_stage.media->setFault(m_stage.path, {.caller = Fault::Caller::Ffmpeg, .stallAfter = 100'000});
    auto bench = std::make_unique<Bench>(m_stage.mediaOptions());
    bench->worker.fetch(key(Ytid, 20'000, 50'000));
    QTRY_VERIFY_WITH_TIMEOUT(isStalled(), Patience);
    bench->worker.cancel();                         // one that is ending
    bench->worker.fetch(key(Ytid, 20'000, 50'000)); // and one that begins
    bench.reset();
    QTRY_COMPARE(m_stage.running(), QList<qint64>());
    QVERIFY(!QFile::exists(m_stage.mediaOptions().folder));
}

void TestWorkerProcess::mayBeDeletedByAListener_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("onProgress");
    QTest::newRow("progressed") << u"/{ytid}.m4a"_s << true;
    QTest::newRow("finished") << u"/{ytid}.m4a"_s << false;
    QTest::newRow("failed") << u"/absent/{ytid}.m4a"_s << false;
}

void TestWorkerProcess::mayBeDeletedByAListener()
{
    QFETCH(QString, path);
    QFETCH(bool, onProgress);
    auto worker = std::make_unique<Worker>(m_stage.options(m_stage.media->url(path)));
    if (onProgress)
        connect(worker.get(), &Worker::progressed, this, [&worker] { worker.reset(); });
    else
        connect(worker.get(), &Worker::finished, this, [&worker] { worker.reset(); });
    worker->fetch(key(Ytid, 20'000, 30'000));
    QTRY_VERIFY_WITH_TIMEOUT(!worker, Patience);
}

void TestWorkerProcess::ytdlpKilledInMidJob()
{
    m_stage.media->setFault(m_stage.path, {.caller = Fault::Caller::Ffmpeg, .stallAfter = 100'000});
    Bench bench(m_stage.mediaOptions());
    bench.worker.fetch(key(Ytid, 20'000, 50'000));
    QTRY_VERIFY_WITH_TIMEOUT(isStalled(), Patience);
    QVERIFY(m_stage.running(u"yt-dlp"_s) != 0);
    ::kill(static_cast<pid_t>(m_stage.running(u"yt-dlp"_s)), SIGKILL);
    COMPARE_FAILURE(bench.outcome(), FailureClass::Transient);
    QTRY_COMPARE(m_stage.running(), QList<qint64>()); // its ffmpeg neither

    m_stage.media->setFault(m_stage.path, {});
    VERIFY_FETCHED(bench.fetch(key(Ytid, 20'000, 50'000)));
}

void TestWorkerProcess::ytdlpKilledWhileIdle()
{
    Bench bench(m_stage.mediaOptions());
    VERIFY_FETCHED(bench.fetch(key(Ytid, 20'000, 50'000)));
    const qint64 first = m_stage.running(u"yt-dlp"_s);
    QVERIFY(first != 0);
    ::kill(static_cast<pid_t>(first), SIGKILL);
    // Nobody's fault and nobody's failure, whether it is noticed before the next job or after.
    VERIFY_FETCHED(bench.fetch(key(Ytid, 20'000, 50'000)));
    QVERIFY(m_stage.running(u"yt-dlp"_s) != first);
}

void TestWorkerProcess::programKilled_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("killed") << SIGKILL;
    QTest::newRow("asked to end") << SIGTERM;
    QTest::newRow("logged out") << SIGHUP;
    QTest::newRow("crashed") << SIGSEGV;
}

void TestWorkerProcess::programKilled()
{
    QFETCH(int, signal);
    m_stage.media->setFault(m_stage.path, {.caller = Fault::Caller::Ffmpeg, .stallAfter = 100'000});
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedChannels);
    const QString folder = m_stage.mediaOptions().folder;
    program.start(QCoreApplication::applicationFilePath(),
                  {u"--fetch"_s, m_stage.media->url(u"/{ytid}.m4a"_s), folder});
    QVERIFY(program.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(isStalled(), Patience);
    ::kill(static_cast<pid_t>(program.processId()), signal);
    QVERIFY(program.waitForFinished());
    QTRY_COMPARE(m_stage.running(), QList<qint64>());
    // What lies about is swept up by the next worker.
    QVERIFY(QFile::exists(folder));
    m_stage.media->setFault(m_stage.path, {});
    Bench bench(m_stage.mediaOptions());
    QVERIFY(!QFile::exists(folder));
    VERIFY_FETCHED(bench.fetch(key(Ytid, 20'000, 50'000)));
}

/// The program that programKilled() kills: fetches one segment with a worker of its own.
static int fetchOnly(const QString &source, const QString &folder)
{
    Worker worker({ytdlp::findTools(), ytdlp::Source(source), folder});
    worker.fetch(key(Ytid, 20'000, 50'000));
    QObject::connect(&worker, &Worker::finished, &worker, [] { QCoreApplication::exit(1); });
    return QCoreApplication::exec();
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == "--fetch"_L1) {
        QStandardPaths::setTestModeEnabled(true);
        return fetchOnly(arguments[2], arguments[3]);
    }
    TestWorkerProcess test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_workerprocess.moc"
