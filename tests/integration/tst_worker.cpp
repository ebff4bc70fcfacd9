#include "workerstage.h"

#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>

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

namespace {

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

/// What the worker fetches, and what it says when it cannot.
class TestWorker final : public test::WorkerTest
{
    Q_OBJECT

private Q_SLOTS:
    void fetchesTheSection_data();
    void fetchesTheSection();
    void oneProcessForManyJobs();
    void newProcessAfterManyJobs();
    void progressRises();
    void anOldFileIsNotTakenForTheNew();
    void namesWhatWentWrong_data();
    void namesWhatWentWrong();
    void goesOnAfterACut();
    void cannotStart_data();
    void cannotStart();
    void cancelBeforeTheProblemIsTold();

private:
};

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
        source == u"wav"_s ? m_stage.demo->sourceTemplate() : m_stage.media->url(u"/{ytid}."_s + source);
    Bench bench(m_stage.options(address));
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
    Bench bench(m_stage.options(m_stage.demo->sourceTemplate()));
    QList<qint64> first;
    for (const auto &wanted : {key("-0RWZT-miFs", 30'000, 40'000), key("--PJHxphWEs", 0, 10'000),
                               key("-0RWZT-miFs", 23'700, 33'700)}) {
        const FetchOutcome outcome = bench.fetch(wanted);
        VERIFY_FETCHED(outcome);
        QCOMPARE(outcome.key, wanted);
        QVERIFY(!bench.worker.isBusy());
        if (first.isEmpty())
            first = m_stage.running();
        QCOMPARE(m_stage.running(), first);
        QCOMPARE(first.size(), 1);
    }
}

void TestWorker::newProcessAfterManyJobs()
{
    Bench bench(m_stage.options(m_stage.media->url(u"/absent/{ytid}.m4a"_s)));
    QSet<qint64> processes;
    for (std::uint32_t job = 0; job < 202; ++job) {
        COMPARE_FAILURE(bench.fetch(key(Ytid, job * 1000, job * 1000 + 1000)), FailureClass::Permanent);
        for (const qint64 id : m_stage.running())
            processes += id;
    }
    QCOMPARE(processes.size(), 2);
    QTRY_COMPARE(m_stage.running().size(), 1);
    QTRY_COMPARE(QDir(m_stage.options({}).folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
}

void TestWorker::progressRises()
{
    Fault slow;
    slow.bytesPerSecond = 100'000;
    m_stage.media->setFault(m_stage.path, slow);
    Bench bench(m_stage.mediaOptions());
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
    Bench bench(m_stage.mediaOptions());
    const auto wanted = key(Ytid, 30'000, 40'000);
    VERIFY_FETCHED(bench.fetch(wanted)); // and the file stays where it is
    m_stage.media->setFault(m_stage.path, {.caller = Fault::Caller::Ffmpeg, .status = 404});
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
    m_stage.media->setFault(m_stage.path, fault);
    Bench bench(m_stage.mediaOptions());
    const FetchOutcome outcome = bench.fetch(key(Ytid, 30'000, 40'000));
    COMPARE_FAILURE(outcome, expected);
    QVERIFY(outcome.log.contains(u"ERROR: "_s));
    // The same process goes on.
    const auto before = m_stage.running();
    m_stage.media->setFault(m_stage.path, {});
    VERIFY_FETCHED(bench.fetch(key(Ytid, 10'000, 20'000)));
    QCOMPARE(m_stage.running(), before);
    // Beyond the end there is nothing, though neither program calls that an error.
    COMPARE_FAILURE(bench.fetch(key(Ytid, 100'000, 110'000)), FailureClass::BadMedia);
}

void TestWorker::goesOnAfterACut()
{
    m_stage.media->setFault(m_stage.path, {.caller = Fault::Caller::Ffmpeg, .cutAfter = 100'000, .times = 1});
    Bench bench(m_stage.mediaOptions());
    const FetchOutcome outcome = bench.fetch(key(Ytid, 20'000, 50'000));
    VERIFY_FETCHED(outcome);
    QVERIFY(packetTimes(outcome.file).second > 50.9);
}

void TestWorker::cannotStart_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<FailureClass>("expected");
    QTest::addColumn<QString>("said");
    QTest::newRow("absent") << QByteArray() << FailureClass::Environment << u"cannot be started"_s;
    QTest::newRow("ends at once") << QByteArray("exit 0\n") << FailureClass::Environment
                                  << u"ended before its first download"_s;
    QTest::newRow("is killed at once")
        << QByteArray("kill -9 $$\n") << FailureClass::Transient << u"ended in mid-job"_s;
    QTest::newRow("names its trouble")
        << QByteArray("echo 'Traceback (most recent call last):\n  File \"x.py\"'\n"
                      "echo \"ImportError: cannot import name 'y' from 'z'\n    (z.py)\"; exit 1\n")
        << FailureClass::Environment << u"(ImportError: cannot import name 'y' from 'z')"_s;
    QTest::newRow("knows no such option")
        << QByteArray("echo 'yt-dlp: error: no such option: --plugin-dirs'; exit 2\n")
        << FailureClass::Environment << u"does not know one of its arguments"_s;
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
    auto wrong = m_stage.mediaOptions();
    if (content.isEmpty())
        wrong.tools.ytdlp.path = m_stage.folder->filePath(u"absent"_s);
    else if (content == "folder")
        wrong.folder = m_stage.script("a file, no folder") + u"/worker"_s;
    else if (content == "nowhere")
        wrong.folder.clear();
    else if (content == "problem")
        wrong.tools.ytdlp.problem = u"yt-dlp 2023.03.04 is too old."_s;
    else if (content == "source")
        wrong.source = ytdlp::Source(u"http://127.0.0.1/x.m4a"_s);
    else
        wrong.tools.ytdlp.path = m_stage.script(content);
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
    auto wrong = m_stage.mediaOptions();
    wrong.tools.ytdlp.problem = u"yt-dlp was not found."_s;
    Bench bench(wrong);
    bench.worker.fetch(key(Ytid, 20'000, 50'000));
    bench.worker.cancel();
    bench.worker.fetch(key(Ytid, 0, 10'000));
    QCOMPARE(bench.outcome().key, key(Ytid, 0, 10'000));
    QCoreApplication::processEvents();
    QVERIFY(bench.finished.isEmpty());
}

QTEST_GUILESS_MAIN(TestWorker)
#include "tst_worker.moc"
