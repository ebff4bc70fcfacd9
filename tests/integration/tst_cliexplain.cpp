#include "support/cliprocess.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

const QByteArray Log =
    "[youtube] Extracting URL: https://www.youtube.com/watch?v=aaaaaaaaaaa\n"
    "WARNING: [youtube] No supported JavaScript runtime could be found. Only deno is enabled\n"
    "ERROR: [youtube] aaaaaaaaaaa: Requested format is not available\n"
    "[youtube] Extracting URL: https://www.youtube.com/watch?v=bbbbbbbbbbb\n"
    "ERROR: [youtube] bbbbbbbbbbb: Requested format is not available\n"
    "[youtube] Extracting URL: https://www.youtube.com/watch?v=ccccccccccc\n"
    "ERROR: [youtube] ccccccccccc: Private video\n";

} // namespace

/// `earmark-cli explain`.
class TestCliExplain final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explainsAFile()
    {
        test::writeFile(m_folder.filePath(u"x.log"_s), Log);
        const auto run = test::runCli({u"explain"_s, m_folder.filePath(u"x.log"_s), u"--json"_s});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        const QJsonObject json = run.json();
        QCOMPARE(json[u"class"_s].toString(), u"environment"_s);
        QVERIFY(json[u"sentence"_s].toString().contains(u"JavaScript runtime"_s));
        QVERIFY(json[u"remedy"_s].toString().contains(u"deno"_s));
        QCOMPARE(json[u"help"_s].toString(), u"tools"_s);
        QVERIFY(json[u"cause"_s].toString().startsWith(u"WARNING: [youtube] No supported"_s));
        QCOMPARE(json[u"downloads"_s].toInt(), 3);
        QCOMPARE(json[u"failed"_s].toInt(), 3);
        const QJsonArray failures = json[u"failures"_s].toArray();
        QCOMPARE(failures.size(), 2);
        QCOMPARE(failures[0][u"count"_s].toInt(), 2);
        QCOMPARE(failures[1][u"class"_s].toString(), u"permanent"_s);
        QCOMPARE(failures[1][u"help"_s].toString(), QString());
    }

    void explainsStandardInput_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no file") << QStringList();
        QTest::newRow("dash") << QStringList(u"-"_s);
    }

    void explainsStandardInput()
    {
        QFETCH(QStringList, arguments);
        const test::CliRun run = explain(Log, arguments);
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.output.startsWith("3 of 3 downloads failed.\n"), run.output.constData());
        QVERIFY2(run.output.contains("\n2 × yt-dlp has no JavaScript runtime"), run.output.constData());
        QVERIFY2(run.output.contains("\nInstall deno.\n"), run.output.constData());
        QVERIFY2(run.output.contains("\n1 × The video is private.\n"), run.output.constData());
    }

    void saysWhenNothingFailed()
    {
        test::CliRun run = explain("[download] 100% of    1.00MiB in 00:00:01\n", {u"--json"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"class"_s].toString(), u"none"_s);
        run = explain("Dear all\n", {u"--json"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"class"_s].toString(), u"unknown"_s);
        QVERIFY(!run.json()[u"sentence"_s].toString().isEmpty());
    }

    void namesWhatCannotBeRead()
    {
        const QString absent = m_folder.filePath(u"absent.log"_s);
        test::CliRun run = test::runCli({u"explain"_s, absent});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains(absent.toUtf8()), run.errors.constData());
        run = test::runCli({u"explain"_s, m_folder.path()});
        QCOMPARE(run.exitCode, 1);
        const QString large = m_folder.filePath(u"large.log"_s);
        test::writeFile(large, QByteArray(16'000'001, '\n'));
        run = test::runCli({u"explain"_s, large});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains("16"), run.errors.constData());
    }

    void ownRulesApply()
    {
        QDir(m_folder.path()).mkpath(u"Earmark/earmark"_s);
        test::writeFile(
            m_folder.filePath(u"Earmark/earmark/failurerules.json"_s),
            R"([{"class": "permanent", "patterns": ["gone fishing"], "sentence": "Ada is away."}])");
        const test::CliRun run = explain("ERROR: Gone fishing\n", {});
        QVERIFY2(run.output.startsWith("Ada is away.\n"), (run.output + run.errors).constData());
    }

private:
    test::CliRun explain(const QByteArray &log, const QStringList &arguments) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_CONFIG_HOME"_s, m_folder.path());
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(qEnvironmentVariable("EARMARK_CLI"), QStringList(u"explain"_s) + arguments);
        process.write(log);
        process.closeWriteChannel();
        const bool isDone = process.waitForFinished();
        return {isDone ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCliExplain)
#include "tst_cliexplain.moc"
