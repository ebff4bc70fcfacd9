#include "support/cliprocess.h"
#include "support/testmain.h"
#include "workerstage.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>

#include <csignal>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::Fault;
using test::processesIn;
using test::Ytid;

namespace {

constexpr std::array Secrets{"hunter2pass", "t0k3n-t0k3n", "SECRETCOOKIE123", "BEARER12345"};

} // namespace

/// Passwords, tokens and cookies that the command line is given: where they lie, and where they do not.
class TestCliSecrets final : public test::WorkerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        WorkerTest::init();
        m_list = test::writeFile(m_stage.folder->filePath(u"one.csv"_s),
                                 "-0RWZT-miFs, 30.000, 40.000, \"/m/09x0r\"\n");
        m_cookies = test::writeFile(m_stage.folder->filePath(u"c.txt"_s),
                                    "# Netscape HTTP Cookie File\n"
                                    "127.0.0.1\tFALSE\t/\tFALSE\t1999999999\tSID\tSECRETCOOKIE123\n");
        QVERIFY(QDir().mkpath(runtime()));
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime()));
    }

    void areGoneAfterwards();
    void areInNoLog();
    void areNotInTheWorkspaceOfAKilledProgram();
    void settingsFile_data();
    void settingsFile();
    void settingsFilesOfOthersAreRefused_data();
    void settingsFilesOfOthersAreRefused();

private:
    QString workspace() const { return m_stage.folder->filePath(u"ws"_s); }
    QString runtime() const { return m_stage.folder->filePath(u"run"_s); }
    QStringList secretFolders() const
    {
        return QDir(runtime()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    /// "http://bob:hunter2pass@127.0.0.1:1234/{ytid}.m4a?token=t0k3n-t0k3n"
    QString source(const QString &path) const
    {
        return m_stage.media->url(path + u"?token=t0k3n-t0k3n"_s).replace(u"://"_s, u"://bob:hunter2pass@"_s);
    }
    QStringList fetching(const QString &path) const
    {
        return {u"fetch"_s,
                m_list,
                u"--into"_s,
                workspace(),
                u"--source"_s,
                source(path),
                u"--cookies"_s,
                m_cookies,
                u"--yt-dlp-arg=--add-header"_s,
                u"--yt-dlp-arg=X-Key: Bearer BEARER12345"_s,
                u"--yt-dlp-arg=--verbose"_s};
    }
    /// The files of the workspace that hold one of the secrets.
    QStringList tellingFiles() const
    {
        QStringList telling;
        QDirIterator files(workspace(), QDir::Files | QDir::Hidden | QDir::System,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QByteArray content = test::readFile(files.next());
            for (const auto secret : Secrets) {
                if (content.contains(secret))
                    telling += files.fileName() + u": "_s + QLatin1StringView(secret);
            }
        }
        return telling;
    }

    QString m_list, m_cookies;
};

void TestCliSecrets::areGoneAfterwards()
{
    const auto run = test::runCli(fetching(u"/{ytid}.m4a"_s) + QStringList{u"--verbose"_s});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QVERIFY2(run.errors.contains("--download-sections"), run.errors.constData());
    for (const char *secret : Secrets)
        QVERIFY2(!run.errors.contains(secret), secret);
    QCOMPARE(secretFolders(), QStringList());
    QCOMPARE(tellingFiles(), QStringList());
    QVERIFY(test::readFile(m_cookies).contains("SECRETCOOKIE123"));
}

void TestCliSecrets::areInNoLog()
{
    const auto run = test::runCli(fetching(u"/absent/{ytid}.m4a"_s));
    QCOMPARE(run.exitCode, 3);
    const QString log = workspace() + u"/logs/failures.log"_s;
    QVERIFY2(test::readFile(log).contains("404"), test::readFile(log).constData());
    QCOMPARE(tellingFiles(), QStringList());
    QCOMPARE(QFile::permissions(log) & QFile::Permissions(0x77), QFile::Permissions());
}

void TestCliSecrets::areNotInTheWorkspaceOfAKilledProgram()
{
    m_stage.media->setFault(m_stage.path, {.caller = Fault::Caller::Ffmpeg, .stallAfter = 50'000});
    QProcess program;
    test::startCli(program, fetching(u"/{ytid}.m4a"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_stage.media->requests(m_stage.path, Fault::Caller::Ffmpeg) > 0,
                             test::Patience);
    QCOMPARE(secretFolders().size(), 1);
    QCOMPARE(tellingFiles(), QStringList());
    ::kill(static_cast<pid_t>(program.processId()), SIGKILL);
    QVERIFY(program.waitForFinished());
    QTRY_COMPARE(processesIn(m_stage.folder->path()), QList<qint64>());
    QCOMPARE(tellingFiles(), QStringList());

    // The next start sweeps up, whatever it is given.
    m_stage.media->setFault(m_stage.path, {});
    const auto run = test::runCli(
        {u"fetch"_s, m_list, u"--into"_s, workspace(), u"--source"_s, m_stage.media->url(u"/{ytid}.m4a"_s)});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(secretFolders(), QStringList());
}

void TestCliSecrets::settingsFile_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("with =") << QByteArray("--source=SOURCE\n");
    QTest::newRow("with a blank") << QByteArray("# of the lab\n\n--source   SOURCE\r\n--limit 1");
    QTest::newRow("values that begin with a dash")
        << QByteArray("--yt-dlp-arg --add-header\n--yt-dlp-arg=X-Key: Bearer BEARER12345\n--source=SOURCE\n");
}

void TestCliSecrets::settingsFile()
{
    QFETCH(QByteArray, content);
    const QString file = test::writeFile(m_stage.folder->filePath(u"settings"_s),
                                         content.replace("SOURCE", source(u"/{ytid}.m4a"_s).toUtf8()));
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner));
    const auto run = test::runCli({u"fetch"_s, m_list, u"--settings-file"_s, file, u"--into"_s, workspace()});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QVERIFY(m_stage.media->requests(m_stage.path) > 0);
}

void TestCliSecrets::settingsFilesOfOthersAreRefused_data()
{
    QTest::addColumn<int>("permissions"); // 0: there is no such file
    QTest::addColumn<QString>("said");
    QTest::newRow("readable by all") << 0x6644 << u"chmod 600"_s;
    QTest::newRow("writable by the group") << 0x6660 << u"chmod 600"_s;
    QTest::newRow("absent") << 0 << u"cannot be read"_s;
}

void TestCliSecrets::settingsFilesOfOthersAreRefused()
{
    QFETCH(int, permissions);
    QFETCH(QString, said);
    const QString file = m_stage.folder->filePath(u"settings"_s);
    if (permissions != 0) {
        test::writeFile(file, "--limit=1\n");
        QVERIFY(QFile::setPermissions(file, QFile::Permissions(permissions)));
    }
    const auto run =
        test::runCli({u"fetch"_s, m_list, u"--settings-file="_s + file, u"--into"_s, workspace()});
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.errors.contains(said.toUtf8()), run.errors.constData());
    QVERIFY(!QDir(workspace()).exists());
}

QTEST_GUILESS_MAIN(TestCliSecrets)
#include "tst_clisecrets.moc"
