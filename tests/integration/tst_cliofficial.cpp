#include "support/cliprocess.h"
#include "support/faultserver.h"
#include "support/officialfiles.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <csignal>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 60'000;
const QByteArray Eval = "/corpus/v1/csv/eval_segments.csv";
const QByteArray Ontology = "/ontology.json";

} // namespace

/// `earmark-cli official` against a server that does wrong.
class TestCliOfficial final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<test::FaultServer>();
        m_server->serve(Eval, {test::smallSplit(5000)});
        m_server->serve(Ontology, {test::smallOntology()});
    }

    void fetches()
    {
        m_server->misbehave(Eval, {{.breakAfter = 100'000}});
        const auto run = official({u"EVAL"_s, u"ontology.json"_s, u"--json"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"folder"_s].toString(), m_folder->path());
        const QJsonArray files = run.json()[u"files"_s].toArray();
        QCOMPARE(files.size(), 2);
        QCOMPARE(files[0][u"name"_s].toString(), u"eval"_s);
        QCOMPARE(files[0][u"state"_s].toString(), u"there"_s);
        QCOMPARE(files[0][u"rows"_s].toInt(), 5000);
        QCOMPARE(files[0][u"date"_s].toString(), u"2017-03-02T10:00:00Z"_s);
        QVERIFY(files[0][u"warning"_s].toString().contains(u"instead of 20,371"_s));
        QVERIFY(run.errors.contains("instead of 20,371"));
        QCOMPARE(test::readFile(m_folder->filePath(u"eval_segments.csv"_s)), test::smallSplit(5000));
        QCOMPARE(test::readFile(m_folder->filePath(u"ontology.json"_s)), test::smallOntology());
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 2);
    }

    void tellsOfEachFailure()
    {
        const auto run = official({u"--json"_s}); // all: most of them are not there
        QCOMPARE(run.exitCode, 3);
        QCOMPARE(run.json()[u"files"_s].toArray().size(), 9);
        QVERIFY(run.errors.contains("balanced: 127.0.0.1 has nothing at"));
        QVERIFY(QFileInfo::exists(m_folder->filePath(u"eval_segments.csv"_s)));

        QCOMPARE(official({u"ratings"_s}).exitCode, 1);
        QCOMPARE(m_server->requestsOf(Eval), 1);
        QCOMPARE(official({}).exitCode, 1); // what is there is left alone
        QCOMPARE(m_server->requestsOf(Eval), 1);
    }

    void lists()
    {
        test::writeFile(m_folder->filePath(u"ontology.json"_s), test::smallOntology());
        test::writeFile(m_folder->filePath(u"eval_segments.csv"_s), "half a");
        const auto run = official({u"--list"_s});
        QCOMPARE(run.exitCode, 3);
        QCOMPARE(run.output.count('\n'), 9);
        QVERIFY(run.output.contains("2 classes"));
        QVERIFY(run.output.contains("damaged"));
        QVERIFY(m_server->requests().isEmpty());
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown name") << QStringList{u"nothing"_s};
        QTest::newRow("address of a file") << QStringList{u"--base"_s, u"file:///tmp"_s};
        QTest::newRow("no address") << QStringList{u"--ontology-url"_s, u"ontology"_s};
    }
    void refuses()
    {
        QFETCH(QStringList, arguments);
        const auto run = test::runCli(QStringList{u"official"_s, u"--into"_s, m_folder->path()} + arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(!run.errors.isEmpty());
    }

    void isInterruptedAndGoesOn()
    {
        m_server->misbehave(Eval, {{.stallAfter = 100'000}});
        QProcess process;
        test::startCli(process, arguments({u"eval"_s}));
        const QFileInfo part(m_folder->filePath(u"eval_segments.csv.part"_s));
        QTRY_VERIFY_WITH_TIMEOUT((QFileInfo(part.filePath()).size() == 100'000), Patience);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, Patience);
        QCOMPARE(process.exitCode(), 130);

        QCOMPARE(official({u"eval"_s}).exitCode, 0);
        QCOMPARE(m_server->requests().last().headers.value("range"), "bytes=100000-");
        QCOMPARE(test::readFile(m_folder->filePath(u"eval_segments.csv"_s)), test::smallSplit(5000));
    }

private:
    QStringList arguments(const QStringList &more) const
    {
        return QStringList{u"official"_s,
                           u"--into"_s,
                           m_folder->path(),
                           u"--base"_s,
                           m_server->url("/corpus").toString(),
                           u"--ontology-url"_s,
                           m_server->url(Ontology).toString()} +
               more;
    }
    /// While the server in this thread goes on, unlike runCli().
    test::CliRun official(const QStringList &more) const
    {
        QProcess process;
        process.start(qEnvironmentVariable("EARMARK_CLI"), arguments(more));
        const bool isDone =
            QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, Patience);
        return {isDone ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::FaultServer> m_server;
};

QTEST_GUILESS_MAIN(TestCliOfficial)
#include "tst_cliofficial.moc"
