#include "support/cliprocess.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::runCli;
using test::runShell;

/// earmark-cli to somebody who does not know it: help, and what it says to a wrong command line.
class TestCliUsage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_list = test::writeFile(m_folder.filePath(u"list.csv"_s),
                                 "-0RWZT-miFs, 420.000, 430.000, \"/m/03v3yw,/m/0k4j\"\n");
    }

    void helps_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const QStringList &arguments, const QByteArray &says) {
            QTest::newRow(qUtf8Printable(arguments.join(u' '))) << arguments << says;
        };
        row({u"--help"_s}, "\n  list      Print the matching segments");
        row({u"-h"_s}, "\n  fetch     Download segments");
        row({u"help"_s}, "\nExamples:\n  earmark-cli demo");
        row({u"help"_s, u"list"_s}, "Usage: earmark-cli list LIST [options]\n");
        row({u"list"_s, u"--help"_s}, "\n  --where QUERY  ");
        row({u"help"_s, u"fetch"_s}, "Usage: earmark-cli fetch LIST --into DIR [options]\n");
        row({u"help"_s, u"export"_s}, "\nParts and companions:\n");
        row({u"help"_s, u"export"_s}, "\n                           kaldi: folder for Kaldi");
        row({u"help"_s, u"fetch"_s}, "\n  --manifest[=PATH]  ");
        row({u"help"_s, u"help"_s}, "\n  earmark-cli help query");
        row({u"help"_s, u"query"_s}, "\n  under:  ");
        row({u"help"_s, u"query"_s}, "(undecided,\n");
    }
    void helps()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        const auto run = runCli(arguments);
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.output.contains(says), run.output.constData());
        QCOMPARE(run.errors, QByteArray());
    }

    void helpKeepsToTheWidth_data()
    {
        QTest::addColumn<QByteArray>("columns");
        for (const char *columns : {"40", "60", "80", "120"})
            QTest::newRow(columns) << QByteArray(columns);
    }
    void helpKeepsToTheWidth()
    {
        QFETCH(QByteArray, columns);
        qputenv("COLUMNS", columns);
        for (const char *topic : {"inspect", "list", "fetch", "status", "verify", "coverage", "export",
                                  "demo", "official", "tools", "query", "help"}) {
            const auto run = runCli({u"help"_s, QString::fromLatin1(topic)});
            QCOMPARE(run.exitCode, 0);
            const QString text = QString::fromUtf8(run.output);
            QVERIFY2(!text.contains(u"{false}"_s), topic);
            for (const QString &line : text.split(u'\n')) {
                // Examples are to be copied, and an address is one word.
                if (!line.startsWith(u"  earmark-cli "_s) && line.trimmed().contains(u' '))
                    QVERIFY2(line.size() <= columns.toInt(), qUtf8Printable(line));
            }
        }
        qunsetenv("COLUMNS");
    }

    void saysTheVersion()
    {
        const auto version = runCli({u"version"_s});
        QCOMPARE(version.exitCode, 0);
        QVERIFY(!version.output.trimmed().isEmpty());
        QCOMPARE(runCli({u"-V"_s}).output, version.output);
        QCOMPARE(runCli({u"--version"_s}).output, version.output);
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says"); // the first line
        const QString into = m_folder.filePath(u"refused"_s);
        const auto row = [](const QStringList &arguments, const QByteArray &says) {
            QTest::newRow(qUtf8Printable(arguments.join(u' ').right(60))) << arguments << says;
        };
        const auto list = [&](const QStringList &options) {
            return QStringList{u"list"_s, m_list} + options;
        };
        const auto fetch = [&](const QStringList &options) {
            return QStringList{u"fetch"_s, m_list, u"--into"_s, into} + options;
        };
        const auto exporting = [&](const QStringList &options) {
            return QStringList{u"export"_s, into} + options;
        };

        row({}, "Name a command.");
        row({u"foo"_s}, "Unknown command “foo”.");
        row({u"lst"_s}, "Unknown command “lst”; did you mean “list”?");
        row({u"exprot"_s, u"--json"_s}, "Unknown command “exprot”; did you mean “export”?");
        row({u"help"_s, u"qury"_s}, "There is no help on “qury”; did you mean “query”?");
        row({u"--verison"_s}, "Unknown option --verison; did you mean “--version”?");
        row({u"list"_s}, "LIST is missing.");
        row({u"fetch"_s, m_list}, "--into is missing.");
        row(list({u"--nonsense"_s}), "Unknown option --nonsense.");
        row(list({u"--wher=dog"_s}), "Unknown option --wher; did you mean “--where”?");
        row(list({u"dog"_s}), "Unexpected argument “dog”.\n");
        row(list({u"--where"_s, u"dog"_s, u"bark"_s}),
            "Unexpected argument “bark”. Put quotes around a query that contains blanks.");
        row({u"--quiet"_s, u"list"_s, m_list}, "--quiet stands before the command. Put it behind “list”.");
        row({u"list"_s, QString()}, "LIST is empty.");
        row({u"fetch"_s, m_list, u"--into"_s, QString()}, "--into is empty.");
        row(list({u"--where"_s, u"stat:failed"_s}),
            "The query is wrong: there is no field “stat”; did you mean “state”?");
        row(list({u"--where"_s}), "--where needs a value.");
        row(list({u"--where"_s, u"--count"_s}), "--where needs a value.");
        row(list({u"--where"_s, u"a"_s, u"--where"_s, u"b"_s}), "--where was given more than once.");
        row(list({u"--count=3"_s, u"--limit"_s, u"0"_s}), "--limit must be a whole number, 1 or more.");
        row(list({u"--limit"_s, u"many"_s}), "--limit must be a whole number, 1 or more.");
        row(list({u"--limit"_s, u"99999999999999999999"_s}), "--limit must be a whole number, 1 or more.");
        row(list({u"--random"_s, u"1.5"_s}), "--random must be a whole number, 1 or more.");
        row(list({u"--random"_s, u"3"_s, u"--seed"_s, u"-1"_s}),
            "--seed must be a whole number from 0 to 18446744073709551615.");
        row(list({u"--random"_s, u"3"_s, u"--seed"_s, u"18446744073709551616"_s}),
            "--seed must be a whole number from 0 to 18446744073709551615.");
        row(list({u"--class"_s, u"Dog"_s}), "--class works only with --per-label.");
        row(list({u"--shard"_s, u"4/3"_s}), "--shard: ");
        row(list({u"--format"_s, u"xml"_s}), "--format has no value “xml”. Choose one of csv, jsonl.");
        row(list({u"--format"_s, u"jsnl"_s}), "--format has no value “jsnl”; did you mean “jsonl”?");
        row(list({u"--where"_s, u"dog ("_s}), "The query is wrong: ");
        row(list({u"--where"_s, u"label:Bork"_s}),
            "The query is wrong: there is no class “Bork”; did you mean");
        row(list({u"--where"_s, u"state:ready"_s}), "The query is wrong: only a workspace knows");
        row(list({u"--per-label"_s, u"2"_s, u"--class"_s, u"Bork"_s}), "--class: there is no class “Bork”");
        row(fetch({u"--per-hour"_s, u"-1"_s}), "--per-hour must be a whole number, 0 or more.");
        row(fetch({u"--workers"_s, u"99"_s}), "--workers must be a whole number from 1 to 16.");
        row(fetch({u"--sample-rate"_s, u"44.1k"_s}),
            "--sample-rate must be a whole number from 8000 to 192000.");
        row(fetch({u"--progress"_s, u"jsn"_s}), "--progress has no value “jsn”; did you mean “json”?");
        row(fetch({u"--retry"_s, u"never"_s}), "--retry: ");
        row(fetch({u"--where"_s, u"dog ("_s}), "The query is wrong: ");
        row(exporting({u"--min-duration"_s, u"10s"_s}),
            "--min-duration must be a number, 0 or more, for example 10 for ten seconds.");
        row(exporting({u"--min-duration"_s, u"nan"_s}), "--min-duration must be a number, 0 or more");
        row(exporting({u"--shard-size"_s, u"3XB"_s}),
            "--shard-size must be a number of bytes, for example 500MB or 1GB.");
        row(exporting({u"--column"_s, u"verdct"_s}),
            "--column has no value “verdct”; did you mean “verdict”?");
        row(exporting({u"--where"_s, u"dog ("_s}), "The query is wrong: ");
        row(exporting({u"--seed"_s, u"3"_s}), "--seed works only with --split.");
        row(exporting({u"--format"_s, u"kaldi"_s, u"--out"_s, u"-"_s}), "This export is a folder");
        row(exporting({u"--frozen"_s, u"--out"_s, u"-"_s}), "--card and --frozen write files beside");
        row(exporting({u"--json"_s, u"--out"_s, u"-"_s}), "--json and --out - both write");
        row({u"official"_s, u"blanced"_s}, "There is no official file “blanced”; did you mean “balanced”?");
        row({u"tools"_s, u"--update"_s, u"weekly"_s}, "--update has no value “weekly”.");
        row({u"coverage"_s, into, u"--missing"_s, u"-"_s}, "The list of missing clips goes to a file.");
    }
    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        const bool isJson = arguments.contains(u"--json"_s);
        for (const bool asJson : {isJson, true}) {
            QStringList asked = arguments;
            if (asJson && !isJson)
                asked.insert(std::min<qsizetype>(1, asked.size()), u"--json"_s);
            const auto run = runCli(asked);
            QCOMPARE(run.exitCode, 2);
            QVERIFY2(run.errors.startsWith("earmark-cli: " + says) || asJson, run.errors.constData());
            for (const QByteArray &line : run.errors.split('\n'))
                QVERIFY2(line.size() < 250, line.constData());
            if (asJson) {
                const QJsonObject error = run.json()[u"error"_s].toObject();
                QCOMPARE(error[u"code"_s].toString(), u"usage"_s);
                QVERIFY(run.errors.contains(error[u"message"_s].toString().toUtf8()));
            } else {
                QCOMPARE(run.output, QByteArray());
            }
        }
        QVERIFY(!QFile::exists(m_folder.filePath(u"refused"_s)));
    }

    void errorsAreAnObjectToo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("code");
        QTest::newRow("no list") << QStringList{u"list"_s, u"/nowhere.csv"_s} << u"not-found"_s;
        QTest::newRow("a folder") << QStringList{u"inspect"_s, m_folder.path()} << u"unreadable"_s;
        QTest::newRow("no workspace") << QStringList{u"status"_s, m_folder.path()} << u"not-found"_s;
        QTest::newRow("nothing to export") << QStringList{u"export"_s, m_folder.path()} << u"not-found"_s;
        QTest::newRow("nothing to verify") << QStringList{u"verify"_s, m_folder.path()} << u"not-found"_s;
        QTest::newRow("no report") << QStringList{u"coverage"_s, m_folder.path()} << u"not-found"_s;
        QTest::newRow("into a file") << QStringList{u"fetch"_s, m_list, u"--into"_s, m_list}
                                     << u"unwritable"_s;
        QTest::newRow("no yt-dlp") << QStringList{u"fetch"_s,    m_list,
                                                  u"--into"_s,   m_folder.filePath(u"refused"_s),
                                                  u"--yt-dlp"_s, u"/nowhere/yt-dlp"_s}
                                   << u"not-found"_s;
    }
    void errorsAreAnObjectToo()
    {
        QFETCH(QStringList, arguments);
        const auto run = runCli(arguments + QStringList{u"--json"_s});
        QCOMPARE(run.exitCode, 1);
        const QJsonObject error = run.json()[u"error"_s].toObject();
        QTEST(error[u"code"_s].toString(), "code");
        const QByteArray message = error[u"message"_s].toString().toUtf8();
        QVERIFY(!message.isEmpty());
        QVERIFY2(run.errors.contains("earmark-cli: " + message + '\n'), run.errors.constData());
        QCOMPARE(run.output.count('\n'), 1);
    }

    void quietIsQuiet()
    {
        const QString list =
            test::writeFile(m_folder.filePath(u"skipped.csv"_s),
                            "-0RWZT-miFs, 420.000, 430.000, \"/m/0k4j\"\nbroken\nbroken, too\n");
        const auto run = runCli({u"list"_s, list, u"--random"_s, u"1"_s});
        QVERIFY2(run.errors.contains("2 lines skipped in ") && run.errors.contains("; line 2: "),
                 run.errors.constData());
        QVERIFY2(run.errors.contains("1 of 1 segment chosen with seed 1"), run.errors.constData());
        const auto quiet = runCli({u"list"_s, list, u"--random"_s, u"1"_s, u"--quiet"_s});
        QCOMPARE(quiet.errors, QByteArray());
        QCOMPARE(quiet.output, run.output);
        QVERIFY(runCli({u"list"_s, u"/nowhere.csv"_s, u"--quiet"_s}).errors.contains("cannot be read"));
    }

    /// What is closed is given to no file that is opened later.
    void closedDescriptors()
    {
        const auto run = runShell(u"$cli list \"$1\" >&- <&-"_s, {m_list});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains("could not be written"), run.errors.constData());
        QCOMPARE(runShell(u"$cli list \"$1\" --count 2>&-"_s, {m_list}).output, "1\n");
        QCOMPARE(runShell(u"$cli list \"$1\" --where '(' 2>&- >&-"_s, {m_list}).exitCode, 2);
    }

private:
    QTemporaryDir m_folder;
    QString m_list;
};

QTEST_GUILESS_MAIN(TestCliUsage)
#include "tst_cliusage.moc"
