#include "ytdlp/worker.h"

#include "demo/demoserver.h"
#include "demo/synth.h"
#include "support/mediaserver.h"
#include "support/processes.h"
#include "support/resulttest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace earmark;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Fault;
using test::processesIn;
using test::processName;
using ytdlp::FetchOutcome;
using ytdlp::Worker;

namespace {

constexpr int Patience = 60'000;
constexpr auto Ytid = "-0RWZT-miFs";

SegmentKey key(const char *ytid, std::uint32_t startMs, std::uint32_t endMs)
{
    return {*YtId::parse(ytid), startMs, endMs};
}

/// A worker and what it has said.
struct Bench
{
    explicit Bench(const ytdlp::WorkerOptions &options)
        : worker(options)
        , finished(&worker, &Worker::finished)
    {
    }
    /// Fetches, and waits for the outcome; a failure without a class when there is none.
    FetchOutcome fetch(const SegmentKey &wanted)
    {
        worker.fetch(wanted);
        return outcome();
    }
    FetchOutcome outcome()
    {
        if (finished.isEmpty() && !finished.wait(Patience)) {
            FetchOutcome none;
            none.reason = u"no outcome in time"_s;
            return none;
        }
        return finished.takeFirst().constFirst().value<FetchOutcome>();
    }

    Worker worker;
    QSignalSpy finished;
};

QByteArray text(const FetchOutcome &outcome)
{
    return (QString::fromLatin1(word(outcome.failure)) + u": "_s + outcome.reason + u'\n' + outcome.log)
        .toUtf8();
}

#define VERIFY_FETCHED(outcome)                                                                              \
    do {                                                                                                     \
        const FetchOutcome &seen = (outcome);                                                                \
        QVERIFY2(seen.isOk() && QFile::exists(seen.file), text(seen).constData());                           \
    } while (false)
#define COMPARE_FAILURE(outcome, expected)                                                                   \
    do {                                                                                                     \
        const FetchOutcome &seen = (outcome);                                                                \
        QVERIFY2(seen.failure == (expected), text(seen).constData());                                        \
        QVERIFY(seen.file.isEmpty());                                                                        \
        QVERIFY(!seen.reason.isEmpty());                                                                     \
    } while (false)

/// Times of the first and last packet, in seconds.
std::pair<double, double> packetTimes(const QString &file)
{
    QProcess probe;
    probe.start(u"ffprobe"_s, {u"-v"_s, u"error"_s, u"-show_entries"_s, u"packet=pts_time"_s, u"-of"_s,
                               u"csv=p=0"_s, file});
    probe.waitForFinished();
    const QList<QByteArray> lines = probe.readAllStandardOutput().trimmed().split('\n');
    return {lines.first().toDouble(), lines.last().toDouble()};
}

} // namespace

class TestWorker final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void fetchesTheSection_data();
    void fetchesTheSection();
    void oneProcessForManyJobs();
    void newProcessAfterManyJobs();
    void progressRises();
    void anOldFileIsNotTakenForTheNew();
    void namesWhatWentWrong_data();
    void namesWhatWentWrong();
    void goesOnAfterACut();
    void watchdogEndsAStall();
    void jobLimitEndsATrickle();
    void cancelEndsEverything();
    void insistsWhenAskedInVain();
    void destructorEndsEverything();
    void mayBeDeletedByAListener_data();
    void mayBeDeletedByAListener();
    void ytdlpKilledInMidJob();
    void ytdlpKilledWhileIdle();
    void programKilled();
    void cannotStart_data();
    void cannotStart();
    void cancelBeforeTheProblemIsTold();

private:
    ytdlp::WorkerOptions options(const QString &source) const
    {
        return {m_tools, ytdlp::Source(source), m_folder->filePath(u"worker $HOME ~"_s)};
    }
    ytdlp::WorkerOptions mediaOptions() const { return options(m_media->url(u"/{ytid}.m4a"_s)); }
    /// The address of the sound that mediaOptions() lead to.
    const QString m_path = u"/%1.m4a"_s.arg(QLatin1StringView(Ytid));
    QList<qint64> running() const { return processesIn(m_folder->path()); }
    /// The process of that name among those that run; 0: none.
    qint64 running(const QString &name) const
    {
        for (const qint64 id : running()) {
            if (processName(id) == name)
                return id;
        }
        return 0;
    }
    QString script(const QByteArray &content) const;

    ytdlp::Tools m_tools;
    std::unique_ptr<demo::DemoServer> m_demo;
    QTemporaryDir m_sounds;
    std::unique_ptr<test::MediaServer> m_media;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestWorker::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    m_tools = ytdlp::findTools();
    QVERIFY2(m_tools.areUsable(), qPrintable(m_tools.problem()));
    auto server = demo::DemoServer::start();
    VERIFY_OK(server);
    m_demo = std::move(*server);

    // A minute as YouTube has it: AAC and Opus.
    const QString demo = m_demo->sourceTemplate().replace(u"{ytid}"_s, QString::fromLatin1(Ytid));
    const QString base = m_sounds.filePath(QString::fromLatin1(Ytid));
    const QStringList made{base + u".m4a"_s, base + u".webm"_s};
    QCOMPARE(
        QProcess::execute(m_tools.ffmpeg.path, {u"-v"_s, u"error"_s, u"-t"_s, u"60"_s, u"-i"_s, demo,
                                                u"-c:a"_s, u"aac"_s, u"-b:a"_s, u"128k"_s, u"-movflags"_s,
                                                u"+faststart"_s, made[0], u"-c:a"_s, u"libopus"_s, made[1]}),
        0);
}

void TestWorker::init()
{
    m_media = std::make_unique<test::MediaServer>();
    m_media->serveFolder(m_sounds.path());
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestWorker::cleanup()
{
    // No test leaves a process behind.
    QTRY_COMPARE(running(), QList<qint64>());
}

QString TestWorker::script(const QByteArray &content) const
{
    const QString path = m_folder->filePath(u"yt-dlp"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + content) < 0 ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        qFatal("%s cannot be written", qPrintable(path));
    return path;
}

void TestWorker::fetchesTheSection_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<SegmentKey>("wanted");
    const QString m4a = u"m4a"_s, webm = u"webm"_s, wav = u"wav"_s;
    QTest::newRow("m4a") << m4a << key(Ytid, 30'000, 40'000);
    QTest::newRow("m4a from the start") << m4a << key(Ytid, 0, 10'000);
    QTest::newRow("m4a to the end") << m4a << key(Ytid, 50'000, 60'000);
    QTest::newRow("m4a, milliseconds") << m4a << key(Ytid, 33'123, 43'457);
    QTest::newRow("webm") << webm << key(Ytid, 30'000, 40'000);
    QTest::newRow("webm, half seconds") << webm << key(Ytid, 33'500, 43'500);
    QTest::newRow("wav") << wav << key(Ytid, 30'000, 40'000);
    QTest::newRow("wav from the start") << wav << key("--PJHxphWEs", 0, 10'000);
    QTest::newRow("wav, milliseconds") << wav << key("___________", 23'701, 33'709);
    QTest::newRow("wav, one second, far in") << wav << key("aaaaaaaaaaa", 590'000, 591'000);
}

void TestWorker::fetchesTheSection()
{
    QFETCH(QString, source);
    QFETCH(SegmentKey, wanted);
    const QString address =
        source == u"wav"_s ? m_demo->sourceTemplate() : m_media->url(u"/{ytid}."_s + source);
    Bench bench(options(address));
    const FetchOutcome outcome = bench.fetch(wanted);
    VERIFY_FETCHED(outcome);
    QCOMPARE(outcome.key, wanted);
    QCOMPARE(outcome.reason, QString());
    QCOMPARE(QFileInfo(outcome.file).fileName(), wanted.stem() + u".mka"_s);
    QVERIFY(!outcome.formatId.isEmpty());
    QVERIFY(!outcome.log.isEmpty());

    // The video's clock is in the file, with room on both sides where there is any.
    const auto [first, last] = packetTimes(outcome.file);
    const double start = wanted.startMs / 1000.0, end = wanted.endMs / 1000.0;
    QVERIFY2(first <= std::max(start - 0.9, 0.0), qPrintable(QString::number(first)));
    QVERIFY2(first >= start - (source == u"webm"_s ? 12 : 1.1), qPrintable(QString::number(first)));
    const double mostPossible = source == u"wav"_s ? end + 0.9 : std::min(end + 0.9, 59.9);
    QVERIFY2(last >= mostPossible && last <= end + 1.1, qPrintable(QString::number(last)));
}

void TestWorker::oneProcessForManyJobs()
{
    Bench bench(options(m_demo->sourceTemplate()));
    QList<qint64> first;
    for (const auto &wanted : {key("-0RWZT-miFs", 30'000, 40'000), key("--PJHxphWEs", 0, 10'000),
                               key("-0RWZT-miFs", 23'700, 33'700)}) {
        const FetchOutcome outcome = bench.fetch(wanted);
        VERIFY_FETCHED(outcome);
        QCOMPARE(outcome.key, wanted);
        QVERIFY(!bench.worker.isBusy());
        if (first.isEmpty())
            first = running();
        QCOMPARE(running(), first);
        QCOMPARE(first.size(), 1);
    }
}

void TestWorker::newProcessAfterManyJobs()
{
    Bench bench(options(m_media->url(u"/absent/{ytid}.m4a"_s)));
    QSet<qint64> processes;
    for (std::uint32_t job = 0; job < 202; ++job) {
        COMPARE_FAILURE(bench.fetch(key(Ytid, job * 1000, job * 1000 + 1000)), FailureClass::Permanent);
        for (const qint64 id : running())
            processes += id;
    }
    QCOMPARE(processes.size(), 2);
    QTRY_COMPARE(running().size(), 1);
    QTRY_COMPARE(QDir(options({}).folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
}

void TestWorker::progressRises()
{
    Fault slow;
    slow.bytesPerSecond = 100'000;
    m_media->setFault(m_path, slow);
    Bench bench(mediaOptions());
    QSignalSpy progressed(&bench.worker, &Worker::progressed);
    const auto wanted = key(Ytid, 30'000, 50'000);
    VERIFY_FETCHED(bench.fetch(wanted));

    double last = 0;
    int between = 0;
    for (const QList<QVariant> &arguments : progressed) {
        QCOMPARE(arguments[0].value<SegmentKey>(), wanted);
        const double fraction = arguments[1].toDouble();
        QVERIFY(fraction > last && fraction <= 1);
        last = fraction;
        between += fraction > 0.3 && fraction < 0.9;
    }
    QCOMPARE(last, 1.0);
    QVERIFY2(between >= 3, qPrintable(QString::number(between)));
}

void TestWorker::anOldFileIsNotTakenForTheNew()
{
    Bench bench(mediaOptions());
    const auto wanted = key(Ytid, 30'000, 40'000);
    VERIFY_FETCHED(bench.fetch(wanted)); // and the file stays where it is
    m_media->setFault(m_path, {.status = 404});
    COMPARE_FAILURE(bench.fetch(wanted), FailureClass::Permanent);
}

void TestWorker::namesWhatWentWrong_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<FailureClass>("expected");
    using enum Fault::Caller;
    QTest::newRow("page 404") << Fault{Any, 404} << FailureClass::Permanent;
    QTest::newRow("page 403") << Fault{Any, 403} << FailureClass::Transient;
    QTest::newRow("page 429") << Fault{Any, 429} << FailureClass::RateLimit;
    QTest::newRow("page 500") << Fault{Any, 500} << FailureClass::Transient;
    QTest::newRow("page 503") << Fault{Any, 503} << FailureClass::Transient;
    QTest::newRow("media 403") << Fault{Ffmpeg, 403} << FailureClass::Transient;
    QTest::newRow("media 404") << Fault{Ffmpeg, 404} << FailureClass::Permanent;
    QTest::newRow("media 503") << Fault{Ffmpeg, 503} << FailureClass::Transient;
}

void TestWorker::namesWhatWentWrong()
{
    QFETCH(Fault, fault);
    QFETCH(FailureClass, expected);
    m_media->setFault(m_path, fault);
    Bench bench(mediaOptions());
    const FetchOutcome outcome = bench.fetch(key(Ytid, 30'000, 40'000));
    COMPARE_FAILURE(outcome, expected);
    QVERIFY(outcome.log.contains(u"ERROR: "_s));
    // The same process goes on.
    const auto before = running();
    m_media->setFault(m_path, {});
    VERIFY_FETCHED(bench.fetch(key(Ytid, 10'000, 20'000)));
    QCOMPARE(running(), before);
    // Beyond the end there is nothing, though neither program calls that an error.
    COMPARE_FAILURE(bench.fetch(key(Ytid, 100'000, 110'000)), FailureClass::BadMedia);
}

void TestWorker::goesOnAfterACut()
{
    m_media->setFault(m_path, {.caller = Fault::Caller::Ffmpeg, .cutAfter = 100'000, .times = 1});
    Bench bench(mediaOptions());
    const FetchOutcome outcome = bench.fetch(key(Ytid, 20'000, 50'000));
    VERIFY_FETCHED(outcome);
    QVERIFY(packetTimes(outcome.file).second > 50.9);
}

void TestWorker::watchdogEndsAStall()
{
    m_media->setFault(m_path, {.caller = Fault::Caller::Ffmpeg, .stallAfter = 100'000});
    auto limited = mediaOptions();
    limited.idleLimit = 3s;
    limited.killAfter = 500ms;
    Bench bench(limited);
    const FetchOutcome outcome = bench.fetch(key(Ytid, 20'000, 50'000));
    COMPARE_FAILURE(outcome, FailureClass::Transient);
    QVERIFY2(outcome.reason.contains(u"3 s"_s), qPrintable(outcome.reason));
    QTRY_COMPARE(running(), QList<qint64>());
    QTRY_COMPARE(QDir(limited.folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());

    m_media->setFault(m_path, {});
    VERIFY_FETCHED(bench.fetch(key(Ytid, 20'000, 50'000)));
}

void TestWorker::jobLimitEndsATrickle()
{
    m_media->setFault(m_path, {.caller = Fault::Caller::Ffmpeg, .bytesPerSecond = 4'000});
    auto limited = mediaOptions();
    limited.jobLimit = 4s;
    Bench bench(limited);
    const FetchOutcome outcome = bench.fetch(key(Ytid, 0, 50'000));
    COMPARE_FAILURE(outcome, FailureClass::Transient);
    QVERIFY2(outcome.reason.contains(u"4 s"_s), qPrintable(outcome.reason));
}

void TestWorker::cancelEndsEverything()
{
    m_media->setFault(m_path, {.caller = Fault::Caller::Ffmpeg, .stallAfter = 100'000});
    Bench bench(mediaOptions());
    bench.worker.fetch(key(Ytid, 20'000, 50'000));
    QTRY_VERIFY_WITH_TIMEOUT(running(u"ffmpeg"_s) != 0, Patience);
    QVERIFY(bench.worker.isBusy());
    bench.worker.cancel();
    QVERIFY(!bench.worker.isBusy());

    // The next one need not wait for the end of the old.
    m_media->setFault(m_path, {});
    const auto next = key(Ytid, 10'000, 20'000);
    const FetchOutcome outcome = bench.fetch(next);
    VERIFY_FETCHED(outcome);
    QCOMPARE(outcome.key, next);
    QTRY_COMPARE(running().size(), 1);
    QVERIFY(QFile::exists(outcome.file));
    QVERIFY(bench.finished.isEmpty());
    bench.worker.cancel(); // nothing to do
    QCOMPARE(running().size(), 1);
}

void TestWorker::insistsWhenAskedInVain()
{
    auto stubborn = mediaOptions();
    stubborn.tools.ytdlp.path =
        script("trap '' INT TERM\necho '[x] Extracting URL: y'\nsleep 600 & sleep 600\nsleep 600\n");
    stubborn.killAfter = 200ms;
    Bench bench(stubborn);
    QSignalSpy progressed(&bench.worker, &Worker::progressed);
    bench.worker.fetch(key(Ytid, 20'000, 50'000));
    QVERIFY(progressed.wait(Patience));
    QTRY_COMPARE(running().size(), 3);
    bench.worker.cancel();
    QTRY_COMPARE(running(), QList<qint64>());
}

void TestWorker::destructorEndsEverything()
{
    m_media->setFault(m_path, {.caller = Fault::Caller::Ffmpeg, .stallAfter = 100'000});
    auto bench = std::make_unique<Bench>(mediaOptions());
    bench->worker.fetch(key(Ytid, 20'000, 50'000));
    QTRY_VERIFY_WITH_TIMEOUT(running(u"ffmpeg"_s) != 0, Patience);
    bench->worker.cancel();                         // one that is ending
    bench->worker.fetch(key(Ytid, 20'000, 50'000)); // and one that begins
    bench.reset();
    QTRY_COMPARE(running(), QList<qint64>());
    QVERIFY(!QFile::exists(mediaOptions().folder));
}

void TestWorker::mayBeDeletedByAListener_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("onProgress");
    QTest::newRow("progressed") << u"/{ytid}.m4a"_s << true;
    QTest::newRow("finished") << u"/{ytid}.m4a"_s << false;
    QTest::newRow("failed") << u"/absent/{ytid}.m4a"_s << false;
}

void TestWorker::mayBeDeletedByAListener()
{
    QFETCH(QString, path);
    QFETCH(bool, onProgress);
    auto worker = std::make_unique<Worker>(options(m_media->url(path)));
    if (onProgress)
        connect(worker.get(), &Worker::progressed, this, [&worker] { worker.reset(); });
    else
        connect(worker.get(), &Worker::finished, this, [&worker] { worker.reset(); });
    worker->fetch(key(Ytid, 20'000, 30'000));
    QTRY_VERIFY_WITH_TIMEOUT(!worker, Patience);
}

void TestWorker::ytdlpKilledInMidJob()
{
    m_media->setFault(m_path, {.caller = Fault::Caller::Ffmpeg, .stallAfter = 100'000});
    Bench bench(mediaOptions());
    bench.worker.fetch(key(Ytid, 20'000, 50'000));
    QTRY_VERIFY_WITH_TIMEOUT(running(u"ffmpeg"_s) != 0, Patience);
    QVERIFY(running(u"yt-dlp"_s) != 0);
    ::kill(static_cast<pid_t>(running(u"yt-dlp"_s)), SIGKILL);
    COMPARE_FAILURE(bench.outcome(), FailureClass::Transient);
    QTRY_COMPARE(running(), QList<qint64>()); // its ffmpeg neither

    m_media->setFault(m_path, {});
    VERIFY_FETCHED(bench.fetch(key(Ytid, 20'000, 50'000)));
}

void TestWorker::ytdlpKilledWhileIdle()
{
    Bench bench(mediaOptions());
    VERIFY_FETCHED(bench.fetch(key(Ytid, 20'000, 50'000)));
    const qint64 first = running(u"yt-dlp"_s);
    QVERIFY(first != 0);
    ::kill(static_cast<pid_t>(first), SIGKILL);
    // Nobody's fault and nobody's failure, whether it is noticed before the next job or after.
    VERIFY_FETCHED(bench.fetch(key(Ytid, 20'000, 50'000)));
    QVERIFY(running(u"yt-dlp"_s) != first);
}

void TestWorker::programKilled()
{
    m_media->setFault(m_path, {.caller = Fault::Caller::Ffmpeg, .stallAfter = 100'000});
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedChannels);
    const QString folder = mediaOptions().folder;
    program.start(QCoreApplication::applicationFilePath(),
                  {u"--fetch"_s, m_media->url(u"/{ytid}.m4a"_s), folder});
    QVERIFY(program.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(running(u"ffmpeg"_s) != 0, Patience);
    ::kill(static_cast<pid_t>(program.processId()), SIGKILL);
    QVERIFY(program.waitForFinished());
    QTRY_COMPARE(running(), QList<qint64>());
    // What lies about is swept up by the next worker.
    QVERIFY(QFile::exists(folder));
    m_media->setFault(m_path, {});
    Bench bench(mediaOptions());
    QVERIFY(!QFile::exists(folder));
    VERIFY_FETCHED(bench.fetch(key(Ytid, 20'000, 50'000)));
}

void TestWorker::cannotStart_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<FailureClass>("expected");
    QTest::addColumn<QString>("said");
    QTest::newRow("absent") << QByteArray() << FailureClass::Environment << u"cannot be started"_s;
    QTest::newRow("ends at once") << QByteArray("exit 0\n") << FailureClass::Transient
                                  << u"ended in mid-job"_s;
    QTest::newRow("knows no such option")
        << QByteArray("echo 'yt-dlp: error: no such option: --plugin-dirs'; exit 2\n")
        << FailureClass::Environment << u"does not understand"_s;
    QTest::newRow("folder cannot be made")
        << QByteArray("folder") << FailureClass::Environment << u"cannot be made"_s;
    QTest::newRow("no folder") << QByteArray("nowhere") << FailureClass::Environment << u"cannot be made"_s;
    QTest::newRow("tool has a problem") << QByteArray("problem") << FailureClass::Environment << u"too old"_s;
    QTest::newRow("no {ytid}") << QByteArray("source") << FailureClass::Environment << u"{ytid}"_s;
}

void TestWorker::cannotStart()
{
    QFETCH(QByteArray, content);
    QFETCH(FailureClass, expected);
    QFETCH(QString, said);
    auto wrong = mediaOptions();
    if (content.isEmpty())
        wrong.tools.ytdlp.path = m_folder->filePath(u"absent"_s);
    else if (content == "folder")
        wrong.folder = script("a file, no folder") + u"/worker"_s;
    else if (content == "nowhere")
        wrong.folder.clear();
    else if (content == "problem")
        wrong.tools.ytdlp.problem = u"yt-dlp 2023.03.04 is too old."_s;
    else if (content == "source")
        wrong.source = ytdlp::Source(u"http://127.0.0.1/x.m4a"_s);
    else
        wrong.tools.ytdlp.path = script(content);
    Bench bench(wrong);
    for (int round = 0; round < 2; ++round) {
        bench.worker.fetch(key(Ytid, 20'000, 50'000));
        QVERIFY(bench.finished.isEmpty()); // never before fetch() has returned
        const FetchOutcome outcome = bench.outcome();
        COMPARE_FAILURE(outcome, expected);
        QVERIFY2(outcome.reason.contains(said), qPrintable(outcome.reason));
        QVERIFY(!bench.worker.isBusy());
    }
}

void TestWorker::cancelBeforeTheProblemIsTold()
{
    auto wrong = mediaOptions();
    wrong.tools.ytdlp.problem = u"yt-dlp was not found."_s;
    Bench bench(wrong);
    bench.worker.fetch(key(Ytid, 20'000, 50'000));
    bench.worker.cancel();
    bench.worker.fetch(key(Ytid, 0, 10'000));
    QCOMPARE(bench.outcome().key, key(Ytid, 0, 10'000));
    QCoreApplication::processEvents();
    QVERIFY(bench.finished.isEmpty());
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
    TestWorker test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_worker.moc"
