#include "support/cliprocess.h"
#include "support/mediaserver.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"

#include <QDir>
#include <QTemporaryDir>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::runCli;
using test::runShell;

/// earmark-cli between other programs: lists out of pipes, manifests into them, and outputs that fail.
class TestCliPipes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray sound = test::noiseM4a();
        QByteArray text;
        for (const char *id : {"-clip00000_", "-clip00001_", "-clip00002_"}) {
            m_server.serve(u"/%1.m4a"_s.arg(QLatin1StringView(id)), sound);
            text +=
                QByteArray(id) + ", 2.000, 5.000, \"" + (text.isEmpty() ? "/m/09x0r" : "/m/04rlf") + "\"\n";
        }
        m_list = test::writeFile(m_folder.filePath(u"list.csv"_s), text);
        m_clips = m_folder.filePath(u"clips"_s);
        const auto run = runCli({u"fetch"_s, m_list, u"--into"_s, m_clips, u"--source"_s, source()});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
    }

    void reads_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("-") << u"cat \"$1\" | $cli inspect - --json"_s;
        QTest::newRow("- from a file") << u"$cli inspect - --json < \"$1\""_s;
        QTest::newRow("/dev/stdin") << u"cat \"$1\" | $cli inspect /dev/stdin --json"_s;
        QTest::newRow("<(…)") << u"$cli inspect <(cat \"$1\") --json"_s;
        QTest::newRow("a FIFO") << u"mkfifo \"$1.fifo\" && { cat \"$1\" > \"$1.fifo\" & } && $cli inspect "
                                   "\"$1.fifo\" --json; wait; rm \"$1.fifo\""_s;
        QTest::newRow("piece by piece")
            << u"while read -r line; do echo \"$line\"; sleep 0.05; done < \"$1\" | "
               "$cli inspect - --json"_s;
        QTest::newRow("CSV of list") << u"$cli list \"$1\" | $cli inspect - --json"_s;
        QTest::newRow("CSV of list, named") << u"$cli list \"$1\" --format csv | $cli inspect - --json"_s;
        QTest::newRow("a manifest") << u"$cli export \"$2\" --out - | $cli inspect - --json"_s;
        QTest::newRow("a table") << u"$cli export \"$2\" --format csv --out - | $cli inspect - --json"_s;
    }
    void reads()
    {
        QFETCH(QString, line);
        const auto run = runShell(line, {m_list, m_clips});
        QVERIFY2(run.exitCode == 0 || line.contains(u"wait"), run.errors.constData());
        QCOMPARE(run.json()[u"rows"_s].toInt(), 3);
        QCOMPARE(run.json()[u"problem_count"_s].toInt(-1), 0);
    }

    void namesThePipe_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("empty") << u"$cli list - < /dev/null"_s << QByteArray("standard input is empty");
        QTest::newRow("not a list") << u"echo broken | $cli list -"_s
                                    << QByteArray("standard input holds no segment. Line 1: ");
        QTest::newRow("not text") << u"head -c 3000 /dev/zero | $cli list /dev/stdin"_s
                                  << QByteArray("standard input is not a text file");
        QTest::newRow("labels") << u"echo '0,/m/09x0r,\"Speech\"' | $cli list -"_s
                                << QByteArray("standard input is a label file");
        QTest::newRow("closed") << u"$cli list - <&-"_s << QByteArray("standard input cannot be read");
        QTest::newRow("<(…)") << u"$cli list <(echo broken)"_s << QByteArray("/dev/fd/");
        QTest::newRow("a folder for temporary files that takes none")
            << u"TMPDIR=/proc $cli list - < \"$1\""_s << QByteArray("/proc cannot be written");
    }
    void namesThePipe()
    {
        QFETCH(QString, line);
        QFETCH(QByteArray, says);
        const auto run = runShell(line, {m_list});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains(says), run.errors.constData());
        QVERIFY2(!run.errors.contains("/proc/self"), run.errors.constData());
    }

    void fetchesWhatIsPiped()
    {
        const QString into = m_folder.filePath(u"piped"_s);
        const auto run = runShell(u"$cli list \"$1\" --where label:Music | "
                                  "$cli fetch - --into \"$2\" --source \"$3\" --json"_s,
                                  {m_list, into, source()});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        QCOMPARE(run.json()[u"ready"_s].toInt(), 2);
    }

    void exportsToStandardOutput_data()
    {
        QTest::addColumn<QString>("format");
        for (const auto &format :
             {u"nemo"_s, u"csv"_s, u"tsv"_s, u"official"_s, u"speechbrain-csv"_s, u"speechbrain-json"_s})
            QTest::newRow(qUtf8Printable(format)) << format;
    }
    void exportsToStandardOutput()
    {
        QFETCH(QString, format);
        const QString file = m_folder.filePath(u"exported"_s);
        QCOMPARE(runCli({u"export"_s, m_clips, u"--format"_s, format, u"--out"_s, file}).exitCode, 0);
        const QByteArray written = test::readFile(file);
        for (const auto &out : {u"-"_s, u"/dev/stdout"_s}) {
            const auto run = runShell(u"cd \"$1\" && $cli export clips --format $2 --out $3"_s,
                                      {m_folder.path(), format, out});
            QCOMPARE(run.exitCode, 0);
            QCOMPARE(run.output, written); // its paths, too: both are relative to this folder
            QVERIFY2(run.errors.contains("3 clips written to standard output"), run.errors.constData());
        }
        QVERIFY(!QFile::exists(m_folder.filePath(u"-"_s)));
    }

    /// Every command, so that no subset is cut off without a word.
    void saysThatTheDiskIsFull_data()
    {
        QTest::addColumn<QString>("command");
        for (const char *command : {"inspect \"$1\"",
                                    "inspect \"$1\" --json",
                                    "list \"$1\"",
                                    "list \"$1\" --count",
                                    "list \"$1\" --json",
                                    "list \"$1\" --format jsonl",
                                    "fetch \"$1\" --into \"$2\" --source \"$3\"",
                                    "fetch \"$1\" --into \"$2\" --source \"$3\" --json",
                                    "fetch \"$1\" --into \"$2\" --dry-run",
                                    "status \"$2\"",
                                    "status \"$2\" --json",
                                    "verify \"$2\"",
                                    "verify \"$2\" --deep --json",
                                    "coverage \"$2\"",
                                    "coverage \"$2\" --json",
                                    "export \"$2\"",
                                    "export \"$2\" --json",
                                    "export \"$2\" --out -",
                                    "export \"$2\" --dry-run",
                                    "official --list",
                                    "official --list --json",
                                    "tools",
                                    "tools --json",
                                    "help",
                                    "help list",
                                    "help query",
                                    "--help",
                                    "list --help",
                                    "version",
                                    "--version",
                                    "list /nowhere --json"})
            QTest::newRow(command) << QString::fromLatin1(command);
    }
    void saysThatTheDiskIsFull()
    {
        QFETCH(QString, command);
        const auto run = runShell(u"$cli "_s + command + u" > /dev/full"_s, {m_list, m_clips, source()});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains("output could not be written: No space left on device.\n"),
                 run.errors.constData());
    }

    void aReaderThatLeavesIsNoError_data()
    {
        QTest::addColumn<QString>("command");
        QTest::newRow("list") << u"list \"$1\""_s;
        QTest::newRow("export") << u"export \"$2\" --out -"_s;
    }
    void aReaderThatLeavesIsNoError()
    {
        QFETCH(QString, command);
        QByteArray text;
        for (int second = 0; second < 5'000; ++second) // more than a pipe holds
            text += "-0RWZT-miFs, " + QByteArray::number(second) + ".000, " + QByteArray::number(second + 1) +
                    ".000, \"/m/09x0r\"\n";
        const QString list = test::writeFile(m_folder.filePath(u"long.csv"_s), text);
        const auto run = runShell(
            u"{ sleep 0.3; $cli "_s + command + u"; echo $? >&2; } | head -c 0; exit 0"_s, {list, m_clips});
        QVERIFY2(run.errors.endsWith("141\n"), run.errors.constData());
        QVERIFY2(!run.errors.contains("could not be written"), run.errors.constData());
    }

private:
    QString source() const { return m_server.url(u"/{ytid}.m4a"_s); }

    test::MediaServer m_server;
    QTemporaryDir m_folder;
    QString m_list;
    QString m_clips; ///< a workspace with three of them
};

QTEST_GUILESS_MAIN(TestCliPipes)
#include "tst_clipipes.moc"
