#include "support/cliprocess.h"
#include "support/clips.h"
#include "support/mediaserver.h"
#include "support/processes.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <csignal>
#include <unistd.h>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::Fault;
using test::runCli;
using test::servedId;
using test::servedPath;

namespace {

constexpr int Patience = 60'000;

} // namespace

/// earmark-cli as scripts use it: what it prints, how it exits, and what it leaves when it is killed.
class TestCli final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_content = test::noiseM4a({u"-movflags"_s, u"+faststart"_s});
        m_split = file("split.csv", "# YTID, start_seconds, end_seconds, positive_labels\n"
                                    "-0RWZT-miFs, 420.000, 430.000, \"/m/03v3yw,/m/0k4j\"\n"
                                    "../../../x1, 0, 10, \"/m/0k4j\"\n"
                                    "Agi5ySKb1tY, 23.700, 33.700, \"/m/04rlf\"\n");
    }

    void inspects()
    {
        const auto run = runCli({u"inspect"_s, m_split, u"--json"_s});
        QCOMPARE(run.exitCode, 0);
        const QJsonObject json = run.json();
        QCOMPARE(json[u"rows"_s].toInt(), 2);
        QCOMPARE(json[u"unique_ids"_s].toInt(), 2);
        QCOMPARE(json[u"labels_used"_s].toInt(), 3);
        QCOMPARE(json[u"unnamed_labels"_s].toArray(), QJsonArray());
        QCOMPARE(json[u"problems"_s].toArray().size(), 1);
        QCOMPARE(json[u"problems"_s][0][u"line"_s].toInt(), 3);
        QVERIFY(json[u"problems"_s][0][u"reason"_s].toString().contains(u"../../../x1"_s));
    }

    void lists_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("output");
        QTest::newRow("count") << QStringList{u"--count"_s} << QByteArray("2\n");
        QTest::newRow("csv") << QStringList{u"--where"_s, u"music"_s}
                             << QByteArray("# YTID, start_seconds, end_seconds, positive_labels\n"
                                           "Agi5ySKb1tY, 23.700, 33.700, \"/m/04rlf\"\n");
        QTest::newRow("jsonl") << QStringList{u"--where"_s, u"label:Car"_s, u"--format"_s, u"jsonl"_s}
                               << QByteArray(
                                      R"({"ytid":"-0RWZT-miFs","start":420.0,"end":430.0,)"
                                      R"("labels":["/m/03v3yw","/m/0k4j"],"names":["Keys jangling","Car"]})"
                                      "\n");
        QTest::newRow("limit") << QStringList{u"--limit"_s, u"1"_s, u"--count"_s} << QByteArray("1\n");
    }
    void lists()
    {
        QFETCH(QStringList, arguments);
        const auto run = runCli(QStringList{u"list"_s, m_split} + arguments);
        QCOMPARE(run.exitCode, 0);
        QTEST(run.output, "output");
    }

    void readsOtherForms_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("format");
        QTest::addColumn<double>("assumed"); // seconds; 0: nothing
        QTest::addColumn<QByteArray>("listed");
        const QByteArray official = "# YTID, start_seconds, end_seconds, positive_labels\n";
        const QByteArray plain = "ytid,start_seconds,end_seconds,labels\n";
        QTest::newRow("strong labels")
            << file("strong.txt",
                    "a_b_-RWZT-m_30000\t0.1\t2.5\t/m/09x0r\na_b_-RWZT-m_30000\t1\t2\t/m/04rlf\n")
            << u"strong"_s << 0.0 << official + "a_b_-RWZT-m, 30.000, 40.000, \"/m/09x0r,/m/04rlf\"\n";
        QTest::newRow("VGGSound")
            << file("vgg.txt",
                    "-0RWZT-miFs,1,\"playing violin, fiddle\",test\nAgi5ySKb1tY,30,helicopter,train\n")
            << u"list"_s << 10.0
            << plain +
                   "-0RWZT-miFs,1,11,\"\"\"playing violin, fiddle\"\"\"\nAgi5ySKb1tY,30,40,\"/m/09ct_\"\n";
        QTest::newRow("a list with a header")
            << file("list.txt", "label;stop;end;YTID;start\nSpeech;;40.5;-0RWZT-miFs;30.25\n") << u"list"_s
            << 0.0 << official + "-0RWZT-miFs, 30.250, 40.500, \"/m/09x0r\"\n";
        QTest::newRow("a manifest")
            << file(
                   "manifest.txt",
                   R"({"audio_filepath":"processed/Y-0RWZT-miFs_30_40.wav","duration":10.0,"labels":["/m/09x0r"]})")
            << u"manifest"_s << 0.0 << official + "-0RWZT-miFs, 30.000, 40.000, \"/m/09x0r\"\n";
    }
    void readsOtherForms()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, listed);
        const QJsonObject json = runCli({u"inspect"_s, path, u"--json"_s}).json();
        QTEST(json[u"format"_s].toString(), "format");
        QTEST(json[u"assumed_duration"_s].toDouble(), "assumed");
        QCOMPARE(json[u"problems"_s].toArray(), QJsonArray());
        QVERIFY(runCli({u"inspect"_s, path}).output.contains("read as "));
        const auto run = runCli({u"list"_s, path});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.output, listed);
        // What is listed can be listed again.
        QCOMPARE(runCli({u"list"_s, file("listed.csv", listed)}).output, listed);
    }

    void samples_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("rows");
        QTest::addColumn<QStringList>("classes"); // name, asked, got, available, reason
        const auto row = [](const char *name, const QStringList &arguments, int rows,
                            const QStringList &classes) {
            QTest::newRow(name) << arguments << rows << classes;
        };
        row("of all", {u"--random"_s, u"5"_s}, 5, {});
        row("of few", {u"--random"_s, u"50"_s, u"--where"_s, u"label:Bark"_s}, 2, {});
        row("asked for by the query", {u"--per-label"_s, u"3"_s, u"--where"_s, u"label:Bark | label:Music"_s},
            5, {u"Bark 3 2 2 only 2 segments have it"_s, u"Music 3 3 10 "_s});
        row("by name and id", {u"--per-label"_s, u"1"_s, u"--class"_s, u"music"_s, u"/m/05tny_"_s}, 2,
            {u"Bark 1 1 2 "_s, u"Music 1 1 10 "_s});
        row("a segment counts for each of its classes",
            {u"--per-label"_s, u"2"_s, u"--class"_s, u"Bark"_s, u"--class"_s, u"Dog"_s}, 2,
            {u"Bark 2 2 2 "_s, u"Dog 2 2 2 "_s});
        row("without a segment", {u"--per-label"_s, u"2"_s, u"--class"_s, u"Speech"_s}, 0,
            {u"Speech 2 0 0 no segment has it"_s});
        row("every class found", {u"--per-label"_s, u"1"_s}, 2,
            {u"Bark 1 1 2 "_s, u"Dog 1 1 2 "_s, u"Music 1 1 10 "_s});
    }
    void samples()
    {
        QFETCH(QStringList, arguments);
        QByteArray text;
        for (int number = 0; number < 12; ++number)
            text += servedId(number).toLatin1() +
                    (number < 2 ? ", 0, 10, \"/m/0bt9lr,/m/05tny_\"\n" : ", 0, 10, \"/m/04rlf\"\n");
        const QStringList list = QStringList{u"list"_s, file("sampled.csv", text), u"--json"_s} + arguments;
        const auto run = runCli(list);
        QCOMPARE(run.exitCode, 0);
        QTEST(run.json()[u"rows"_s].toInt(), "rows");
        const QJsonArray segments = run.json()[u"segments"_s].toArray();
        QCOMPARE(segments.size(), run.json()[u"rows"_s].toInt());
        QCOMPARE(run.json()[u"sample"_s][u"seed"_s].toInt(), 1);
        QStringList classes;
        for (const QJsonValue outcome : run.json()[u"sample"_s][u"classes"_s].toArray()) {
            classes.append(u"%1 %2 %3 %4 %5"_s.arg(outcome[u"name"_s].toString())
                               .arg(outcome[u"asked"_s].toInt())
                               .arg(outcome[u"got"_s].toInt())
                               .arg(outcome[u"available"_s].toInt())
                               .arg(outcome[u"reason"_s].toString()));
            QVERIFY2(run.errors.contains(outcome[u"name"_s].toString().toUtf8()), run.errors.constData());
        }
        QTEST(classes, "classes");
        QVERIFY2(run.errors.contains("chosen with seed 1"), run.errors.constData());
        QCOMPARE(runCli(list).output, run.output);
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("says");
        const QString into = m_folder.filePath(u"refused"_s);
        const auto row = [](const char *name, const QStringList &arguments, int exitCode,
                            const QByteArray &says) { QTest::newRow(name) << arguments << exitCode << says; };
        row("no command", {}, 2, "Name a command");
        row("unknown option", {u"inspect"_s, m_split, u"--nonsense"_s}, 2, "--nonsense");
        row("a folder as split", {u"inspect"_s, m_folder.path()}, 1, "is a folder");
        row("an empty split", {u"inspect"_s, file("empty.csv", "")}, 1, "is empty");
        row("a binary split",
            {u"inspect"_s, file("binary.csv", QByteArray("\x7f"
                                                         "ELF\0\1\2\n",
                                                         8))},
            1, "not a text file");
        row("a label file as split", {u"inspect"_s, file("labels.csv", "0,/m/09x0r,\"Speech\"\n")}, 1,
            "is a label file");
        row("quality ratings as split", {u"list"_s, file("quality.csv", "/m/09x0r,100,97\n")}, 1,
            "--quality");
        row("no such split", {u"inspect"_s, u"/nowhere.csv"_s}, 1, "cannot be read");
        row("bad label file", {u"inspect"_s, m_split, u"--labels"_s, m_split}, 1, "line 2");
        row("bad ontology", {u"inspect"_s, m_split, u"--ontology"_s, m_split}, 1, "not JSON");
        row("bad query", {u"list"_s, m_split, u"--where"_s, u"dog ("_s}, 2, "     ^");
        row("bad comparison", {u"list"_s, m_split, u"--where"_s, u"dog end:soon"_s}, 2, "\n          ^^^^\n");
        row("unknown class in the query", {u"list"_s, m_split, u"--where"_s, u"-label:Bork"_s}, 2, "   ^^^^");
        row("a question for a workspace without one",
            {u"list"_s, m_split, u"--where"_s, u"dog -state:ready"_s}, 2,
            "name its folder with --workspace.\n  dog -state:ready\n       ^^^^^^^^^^^\n");
        row("a workspace that is none", {u"list"_s, m_split, u"--workspace"_s, m_folder.path()}, 1,
            "no ledger");
        row("nothing known of a new workspace",
            {u"fetch"_s, m_split, u"--into"_s, into, u"--where"_s, u"state:failed"_s}, 1,
            "matches no segment");
        row("unknown class to sample",
            {u"list"_s, m_split, u"--per-label"_s, u"3"_s, u"--class"_s, u"Bork"_s}, 2,
            "did you mean “Bark”?\n");
        row("two samples", {u"list"_s, m_split, u"--per-label"_s, u"3"_s, u"--random"_s, u"3"_s}, 2,
            "--random");
        row("classes of no sample", {u"list"_s, m_split, u"--class"_s, u"Bark"_s}, 2, "--per-label");
        row("a sample of nothing", {u"list"_s, m_split, u"--random"_s, u"0"_s}, 2, "--random");
        row("bad source", {u"fetch"_s, m_split, u"--into"_s, into, u"--source"_s, u"http://host/clip"_s}, 2,
            "{ytid}");
        row("bad failure class", {u"fetch"_s, m_split, u"--into"_s, into, u"--retry"_s, u"never"_s}, 2,
            "expected one of");
        row("too many workers", {u"fetch"_s, m_split, u"--into"_s, into, u"--workers"_s, u"99"_s}, 2,
            "--workers");
        row("nothing found", {u"fetch"_s, m_split, u"--into"_s, into, u"--where"_s, u"xylophone"_s}, 1,
            "matches no segment");
        row("no yt-dlp", {u"fetch"_s, m_split, u"--into"_s, into, u"--yt-dlp"_s, u"/nowhere/yt-dlp"_s}, 1,
            "/nowhere/yt-dlp");
        row("yt-dlp not executable", {u"fetch"_s, m_split, u"--into"_s, into, u"--yt-dlp"_s, m_split}, 1,
            "split.csv");
        row("yt-dlp too old",
            {u"fetch"_s, m_split, u"--into"_s, into, u"--yt-dlp"_s, program("old-yt-dlp", "echo 2023.03.04")},
            1, "2023.03.04");
        row("no ffmpeg", {u"fetch"_s, m_split, u"--into"_s, into, u"--ffmpeg"_s, u"/nowhere/ffmpeg"_s}, 1,
            "/nowhere/ffmpeg");
        row("into a file", {u"fetch"_s, m_split, u"--into"_s, m_split}, 1, "cannot be made");
        row("into where nobody may write", {u"fetch"_s, m_split, u"--into"_s, u"/proc/earmark"_s}, 1,
            "cannot be made");
        row("status of no workspace", {u"status"_s, m_folder.path()}, 1, "no ledger");
        row("export of no workspace", {u"export"_s, m_folder.path()}, 1, "no ledger");
        row("unknown format", {u"export"_s, m_folder.path(), u"--format"_s, u"xml"_s}, 2, "xml");
    }
    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        const auto run = runCli(arguments);
        QTEST(run.exitCode, "exitCode");
        QVERIFY2(run.errors.contains(says), run.errors.constData());
        QCOMPARE(run.output, QByteArray());
        QVERIFY(!QFile::exists(m_folder.filePath(u"refused"_s)));
    }

    void fetchesResumesAndExports()
    {
        test::MediaServer server;
        const QString split = serve(server, 3);
        server.setFault(servedPath(1), {Fault::Caller::Any, 404});
        const QString into = m_folder.filePath(u"job"_s);
        const QStringList fetch{
            u"fetch"_s, split, u"--into"_s, into, u"--source"_s, server.url(u"/{ytid}.m4a"_s), u"--json"_s};
        auto run = runCli(fetch);
        QCOMPARE(run.exitCode, 3); // finished, but one failed
        QCOMPARE(run.json()[u"total"_s].toInt(), 3);
        QCOMPARE(run.json()[u"ready"_s].toInt(), 2);

        // Queries ask the ledger.
        const auto count = [&](const QString &query) {
            const auto list =
                runCli({u"list"_s, split, u"--workspace"_s, into, u"--where"_s, query, u"--count"_s});
            return list.output;
        };
        QCOMPARE(count(u"state:ready"_s), "2\n");
        QCOMPARE(count(u"state:failed reason:permanent"_s), "1\n");
        QCOMPARE(count(u"-state:failed -verdict:keep"_s), "2\n");
        run = runCli(fetch + QStringList{u"--where"_s, u"state:failed"_s, u"--retry"_s, u"transient"_s});
        QVERIFY2(run.errors.contains("1 segment found, 0 to download"), run.errors.constData());

        // Again: what is ready is not fetched again, what is final is not tried again, unless asked for.
        const int requests = server.requests(servedPath(0));
        server.setFault(servedPath(1), {});
        run = runCli(fetch + QStringList{u"--retry"_s, u"all"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"ready"_s].toInt(), 3);
        QCOMPARE(server.requests(servedPath(0)), requests);

        run = runCli({u"status"_s, into, u"--json"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"ready"_s].toInt(), 3);
        QCOMPARE(run.json()[u"failed"_s][u"permanent"_s].toInt(-1), 0);

        run = runCli({u"export"_s, into, u"--format"_s, u"nemo"_s, u"--json"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"written"_s].toInt(), 3);
        QCOMPARE(run.json()[u"out"_s].toString(), into + u"/manifest.json"_s);
        QCOMPARE(test::readFile(into + u"/manifest.json"_s).count('\n'), 3);
    }

    void fetchesASample()
    {
        test::MediaServer server;
        const auto run = runCli({u"fetch"_s, serve(server, 3), u"--into"_s, m_folder.filePath(u"sampled"_s),
                                 u"--source"_s, server.url(u"/{ytid}.m4a"_s), u"--per-label"_s, u"2"_s,
                                 u"--seed"_s, u"9"_s, u"--json"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"total"_s].toInt(), 2);
        QCOMPARE(run.json()[u"ready"_s].toInt(), 2);
        QCOMPARE(run.json()[u"sample"_s][u"seed"_s].toInt(), 9);
        QCOMPARE(run.json()[u"sample"_s][u"classes"_s][0][u"name"_s].toString(), u"Speech"_s);

        // What was chosen, and how fast it was fetched, goes with what is exported.
        const QString into = m_folder.filePath(u"sampled"_s);
        QCOMPARE(runCli({u"export"_s, into, u"--card"_s}).exitCode, 0);
        const QByteArray card = test::readFile(into + u"/dataset_card.md"_s);
        QVERIFY2(card.contains("`all segments, 2 for each class, seed 9`"), card.constData());
    }

    void anInterruptKeepsTheState()
    {
        test::MediaServer server;
        const QString split = serve(server, 4);
        server.setFault(servedPath(3), {Fault::Caller::Ffmpeg, 0, 0});
        const QString into = m_folder.filePath(u"interrupted"_s);
        const QStringList fetch{
            u"fetch"_s, split, u"--into"_s, into, u"--source"_s, server.url(u"/{ytid}.m4a"_s), u"--json"_s};
        QProcess cli;
        test::startCli(cli, fetch);
        QTRY_COMPARE_WITH_TIMEOUT(readyIn(into), 3, Patience);
        ::kill(static_cast<pid_t>(cli.processId()), SIGINT);
        QVERIFY(cli.waitForFinished(Patience));
        QCOMPARE(cli.exitStatus(), QProcess::NormalExit);
        QCOMPARE(cli.exitCode(), 130);
        QCOMPARE(runCli({u"status"_s, into, u"--json"_s}).json()[u"queued"_s].toInt(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(test::processesIn(into), QList<qint64>(), Patience);
        server.setFault(servedPath(3), {});
        QCOMPARE(runCli(fetch).exitCode, 0);
        server.release();
    }

    void killedInMidJobItLeavesNothingAndGoesOn()
    {
        test::MediaServer server;
        const QString split = serve(server, 5);
        for (const int stalled : {3, 4})
            server.setFault(servedPath(stalled), {Fault::Caller::Ffmpeg, 0, 0});
        const QString into = m_folder.filePath(u"killed"_s);
        const QStringList fetch{
            u"fetch"_s, split, u"--into"_s, into, u"--source"_s, server.url(u"/{ytid}.m4a"_s), u"--json"_s};
        QProcess cli;
        test::startCli(cli, fetch);
        QTRY_COMPARE_WITH_TIMEOUT(readyIn(into), 3, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(server.requests(servedPath(4), Fault::Caller::Ffmpeg) > 0, Patience);
        QVERIFY(!test::processesIn(into).isEmpty());
        cli.kill();
        QVERIFY(cli.waitForFinished(Patience));
        // No yt-dlp and no ffmpeg outlives it.
        QTRY_COMPARE_WITH_TIMEOUT(test::processesIn(into), QList<qint64>(), Patience);

        const int requests = server.requests(servedPath(0));
        for (const int stalled : {3, 4})
            server.setFault(servedPath(stalled), {});
        const auto run = runCli(fetch);
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"ready"_s].toInt(), 5);
        QCOMPARE(server.requests(servedPath(0)), requests);
        server.release();
    }

    void aSecondProgramIsToldWhoHoldsTheWorkspace()
    {
        test::MediaServer server;
        const QString split = serve(server, 1);
        server.setFault(servedPath(0), {Fault::Caller::Ffmpeg, 0, 0});
        const QString into = m_folder.filePath(u"held"_s);
        const QStringList fetch{u"fetch"_s, split,         u"--into"_s,
                                into,       u"--source"_s, server.url(u"/{ytid}.m4a"_s)};
        QProcess first;
        test::startCli(first, fetch);
        QTRY_VERIFY_WITH_TIMEOUT(server.requests(servedPath(0), Fault::Caller::Ffmpeg) > 0, Patience);
        const auto second = runCli(fetch);
        QCOMPARE(second.exitCode, 1);
        QVERIFY2(second.errors.contains(QByteArray::number(first.processId())), second.errors.constData());
        ::kill(static_cast<pid_t>(first.processId()), SIGTERM);
        QVERIFY(first.waitForFinished(Patience));
        server.release();
    }

    void aFullDiskPausesInOneSentence()
    {
        const QString apart = mountsApart();
        if (apart.isEmpty())
            QSKIP("This machine gives no mount namespaces, so no disk can be made full.");
        test::MediaServer server;
        const QString split = serve(server, 8);
        const QString disk = m_folder.filePath(u"disk"_s);
        QVERIFY(QDir().mkpath(disk));
        QProcess cli;
        cli.start(u"unshare"_s,
                  {apart, u"sh"_s, u"-c"_s,
                   u"mount -t tmpfs -o size=1m tmpfs \"$1\" && \"$2\" fetch \"$3\" --into \"$1/job\" "
                   u"--source \"$4\" --json; "
                   "code=$?; ls \"$1/job/processed\" >&2; exit $code"_s,
                   u"sh"_s, disk, qEnvironmentVariable("EARMARK_CLI"), split, server.url(u"/{ytid}.m4a"_s)});
        QVERIFY(cli.waitForFinished(Patience));
        const QByteArray errors = cli.readAllStandardError();
        QCOMPARE(cli.exitCode(), 1);
        QVERIFY2(errors.contains("disk is full") || errors.contains("no room left"), errors.constData());
        const QJsonObject json = QJsonDocument::fromJson(cli.readAllStandardOutput()).object();
        // No clip is to blame: all that are not ready still wait.
        QVERIFY(json[u"queued"_s].toInt() > 0);
        QCOMPARE(json[u"ready"_s].toInt() + json[u"queued"_s].toInt(), 8);
    }

    void aFullDiskLeavesTheFormerManifest()
    {
        const QString apart = mountsApart();
        if (apart.isEmpty())
            QSKIP("This machine gives no mount namespaces, so no disk can be made full.");
        test::MediaServer server;
        const QString into = m_folder.filePath(u"whole"_s);
        QCOMPARE(runCli({u"fetch"_s, serve(server, 2), u"--into"_s, into, u"--source"_s,
                         server.url(u"/{ytid}.m4a"_s)})
                     .exitCode,
                 0);
        const QString disk = m_folder.filePath(u"tiny"_s);
        QVERIFY(QDir().mkpath(disk));
        QProcess cli;
        cli.start(
            u"unshare"_s,
            {apart, u"sh"_s, u"-c"_s,
             u"mount -t tmpfs -o size=8k tmpfs \"$1\" && echo former >\"$1/manifest.json\" && "
             "head -c 4096 /dev/zero >\"$1/filling\" && \"$2\" export \"$3\" --out \"$1/manifest.json\"; "
             "code=$?; cat \"$1/manifest.json\"; ls -A \"$1\"; exit $code"_s,
             u"sh"_s, disk, qEnvironmentVariable("EARMARK_CLI"), into});
        QVERIFY(cli.waitForFinished(Patience));
        QCOMPARE(cli.exitCode(), 1);
        QVERIFY(cli.readAllStandardError().contains("no room left"));
        QCOMPARE(cli.readAllStandardOutput(), QByteArray("former\nfilling\nmanifest.json\n"));
    }

private:
    /// The option that lets unshare mount a small disk that only one program sees; empty when this machine
    /// does not.
    static QString mountsApart()
    {
        const QString option = ::geteuid() == 0 ? u"-m"_s : u"-rm"_s;
        return QProcess::execute(u"unshare"_s, {option, u"true"_s}) == 0 ? option : QString();
    }

    QString file(const char *name, const QByteArray &content)
    {
        return test::writeFile(m_folder.filePath(QString::fromLatin1(name)), content);
    }

    QString program(const char *name, const QByteArray &script)
    {
        const QString path = file(name, "#!/bin/sh\n" + script + '\n');
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }

    /// A split of so many segments that the server has.
    QString serve(test::MediaServer &server, int count)
    {
        QByteArray text;
        for (int number = 0; number < count; ++number) {
            server.serve(servedPath(number), m_content);
            text += servedId(number).toLatin1() + ", 2.000, 5.000, \"/m/09x0r\"\n";
        }
        return file("served.csv", text);
    }

    static int readyIn(const QString &workspace)
    {
        return runCli({u"status"_s, workspace, u"--json"_s}).json()[u"ready"_s].toInt();
    }

    QTemporaryDir m_folder;
    QByteArray m_content;
    QString m_split;
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
