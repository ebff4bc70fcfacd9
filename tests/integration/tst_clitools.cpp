#include "support/cliprocess.h"
#include "support/releases.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 120'000;
/// The yt-dlp that is installed, in another file.
const QByteArray Real = "#!/bin/sh\nexec yt-dlp \"$@\"\n";

} // namespace

/// `earmark-cli tools` with the real tools, and with releases from a server that does wrong.
class TestCliTools final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<test::FaultServer>();
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert(u"XDG_DATA_HOME"_s, m_folder->path());
    }

    void tells()
    {
        const auto run = tools({u"--json"_s});
        QVERIFY2(run.exitCode == 0, run.errors.constData());
        const QJsonArray list = run.json()[u"tools"_s].toArray();
        QCOMPARE(list.size(), 3);
        QCOMPARE(list[0][u"name"_s].toString(), u"yt-dlp"_s);
        QVERIFY(QDate::fromString(list[0][u"released"_s].toString(), Qt::ISODate).isValid());
        QVERIFY(QFileInfo(list[0][u"path"_s].toString()).isExecutable());
        QCOMPARE(list[0][u"origin"_s].toString(), u"on PATH"_s);
        QCOMPARE(list[1][u"name"_s].toString(), u"ffmpeg"_s);
        QCOMPARE(list[1][u"state"_s].toString(), u"good"_s);
        QVERIFY(!list[2][u"sentence"_s].toString().isEmpty());
        QVERIFY(!run.json().contains(u"self_test"_s));
        QVERIFY(m_server->requests().isEmpty());
        QCOMPARE(tools({}).output.count('\n'), 6);
    }

    void tellsWhatWillNotDo()
    {
        const auto run = tools({u"--json"_s, u"--ffmpeg"_s, m_folder->filePath(u"absent"_s)});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.json()[u"tools"_s][1][u"state"_s].toString(), u"bad"_s);
    }

    void updatesAndTestsItself()
    {
        test::serveRelease(*m_server, "/releases", Real);
        const auto run = tools({u"--update"_s, u"--self-test"_s, u"--json"_s});
        QVERIFY2(run.exitCode == 0, (run.errors + run.output).constData());
        const QJsonObject json = run.json();
        QCOMPARE(json[u"update"_s][u"ok"_s].toBool(), true);
        QCOMPARE(json[u"tools"_s][0][u"origin"_s].toString(), u"fetched by Earmark"_s);
        QCOMPARE(json[u"tools"_s][0][u"version"_s], json[u"fetched"_s][u"current"_s]);
        QVERIFY(json[u"tools"_s][0][u"path"_s].toString().startsWith(m_folder->path()));
        QCOMPARE(json[u"self_test"_s][u"ok"_s].toBool(), true);
        QVERIFY(json[u"self_test"_s][u"log"_s].toString().contains(u"@DONE"_s));

        const auto back = tools({u"--back"_s, u"--json"_s});
        QCOMPARE(back.exitCode, 0);
        QCOMPARE(back.json()[u"tools"_s][0][u"origin"_s].toString(), u"on PATH"_s);
        QCOMPARE(back.json()[u"fetched"_s][u"previous"_s], json[u"fetched"_s][u"current"_s]);
    }

    void fetchesDenoAndGoesBack()
    {
        for (const char *version : {"2.9.5", "2.9.6"}) {
            test::serveDeno(*m_server, "/releases", test::zipOf("deno", test::smallDeno(version)));
            const auto run = tools({u"--fetch-deno"_s, u"--json"_s});
            QVERIFY2(run.exitCode == 0, (run.errors + run.output).constData());
            QVERIFY(run.json()[u"deno"_s][u"ok"_s].toBool());
            QCOMPARE(run.json()[u"tools"_s][2][u"origin"_s].toString(), u"fetched by Earmark"_s);
            QCOMPARE(run.json()[u"tools"_s][2][u"version"_s].toString(), QString::fromLatin1(version));
        }
        const auto back = tools({u"--back"_s, u"deno"_s, u"--json"_s});
        QVERIFY2(back.exitCode == 0, back.errors.constData());
        QCOMPARE(back.json()[u"tools"_s][2][u"version"_s].toString(), u"2.9.5"_s);
        test::serveDeno(*m_server, "/releases", test::zipOf("deno", test::smallDeno("2.9.4")));
        const auto refused = tools({u"--fetch-deno"_s});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.errors.contains("earmark-cli tools --fetch-deno --allow-older"),
                 refused.errors.constData());
        QCOMPARE(tools({u"--fetch-deno"_s, u"--allow-older"_s}).exitCode, 0);
    }

    /// Right after the newest was fetched, it is not called too old.
    void theNewestIsNotTooOld()
    {
        test::serveRelease(*m_server, "/releases", test::smallYtDlp("2025.05.01"));
        const auto run = tools({u"--update"_s, u"--json"_s});
        QVERIFY2(run.exitCode == 0, (run.errors + run.output).constData());
        const auto ytdlp = run.json()[u"tools"_s][0];
        QCOMPARE(ytdlp[u"version"_s].toString(), u"2025.05.01"_s);
        QCOMPARE(ytdlp[u"state"_s].toString(), u"good"_s);
        QVERIFY2(ytdlp[u"sentence"_s].toString().startsWith(u"The newest release (checked today)."_s),
                 run.output.constData());
    }

    void keepsTheOldWhenTheNewIsWrong()
    {
        test::serveRelease(*m_server, "/releases", test::smallYtDlp("2026.10.26"));
        QCOMPARE(tools({u"--update"_s, u"nightly"_s}).exitCode, 0);
        test::serveRelease(*m_server, "/releases", test::smallYtDlp("2026.10.27"));
        const QByteArray sums = test::sumLine("x", "yt-dlp") + test::sumLine("x", "yt-dlp_linux");
        m_server->serve("/releases/SHA2-256SUMS", {sums});
        m_server->serve("/releases/SHA2-256SUMS.sig", {test::signatureOf(sums)});
        const auto run = tools({u"--update"_s, u"--json"_s});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains("SHA-256") && run.errors.contains("thrown away"),
                 run.errors.constData());
        QCOMPARE(run.json()[u"update"_s][u"ok"_s].toBool(true), false);
        QCOMPARE(run.json()[u"tools"_s][0][u"version"_s].toString(), u"2026.10.26"_s);
        QCOMPARE(tools({u"--back"_s}).exitCode, 0);
    }

    void neverGoesBackUnasked()
    {
        test::serveRelease(*m_server, "/releases", test::smallYtDlp("2026.10.26"));
        QCOMPARE(tools({u"--update"_s}).exitCode, 0);
        test::serveRelease(*m_server, "/releases", test::smallYtDlp("2025.11.04"));
        const auto refused = tools({u"--update"_s, u"--json"_s});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.errors.contains("--allow-older"), refused.errors.constData());
        QCOMPARE(refused.json()[u"fetched"_s][u"current"_s].toString(), u"2026.10.26"_s);
        const auto asked = tools({u"--update"_s, u"--allow-older"_s, u"--json"_s});
        QCOMPARE(asked.exitCode, 0);
        QCOMPARE(asked.json()[u"fetched"_s][u"current"_s].toString(), u"2025.11.04"_s);
    }

    void isInterruptedAndGoesOn()
    {
        test::serveRelease(*m_server, "/releases", test::smallYtDlp("2026.10.26"));
        for (const char *name : {"yt-dlp", "yt-dlp_linux", "yt-dlp_linux_aarch64"})
            m_server->misbehave(QByteArray("/releases/") + name, {{.stallAfter = 100'000}});
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(qEnvironmentVariable("EARMARK_CLI"), arguments({u"--update"_s}));
        const QDir incoming(m_folder->filePath(u"Earmark/earmark/tools/yt-dlp/incoming"_s));
        QTRY_VERIFY_WITH_TIMEOUT((partSize(incoming) == 100'000), Patience);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, Patience);
        QCOMPARE(process.exitCode(), 130);

        QCOMPARE(tools({u"--update"_s}).exitCode, 0);
        QCOMPARE(m_server->requests().last().headers.value("range"), "bytes=100000-");
        QCOMPARE(partSize(incoming), -1);
    }

    /// It says its version, and that is all that it can do.
    void theSelfTestFails()
    {
        QFile ytdlp(test::writeFile(m_folder->filePath(u"yt-dlp"_s), test::smallYtDlp("2026.10.26")));
        QVERIFY(ytdlp.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        const auto run = tools({u"--self-test"_s, u"--json"_s, u"--yt-dlp"_s, ytdlp.fileName()});
        QCOMPARE(run.exitCode, 1);
        const QJsonObject test = run.json()[u"self_test"_s].toObject();
        QCOMPARE(test[u"ok"_s].toBool(true), false);
        QVERIFY(!test[u"sentence"_s].toString().isEmpty());
        QVERIFY(test[u"log"_s].toString().contains(ytdlp.fileName()));
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("channel") << QStringList{u"--update"_s, u"weekly"_s};
        QTest::newRow("address") << QStringList{u"--update"_s, u"--releases"_s, u"file:///tmp"_s};
        QTest::newRow("not https") << QStringList{u"--update"_s, u"--releases"_s, u"http://example.org/"_s};
        QTest::newRow("older without an update") << QStringList{u"--allow-older"_s};
        QTest::newRow("forth and back") << QStringList{u"--update"_s, u"--back"_s};
    }
    void refuses()
    {
        QFETCH(QStringList, arguments);
        const auto run = test::runCli(QStringList{u"tools"_s} + arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(!run.errors.isEmpty());
    }

    void hasNothingToGoBackTo()
    {
        const auto run = tools({u"--back"_s});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains("no former yt-dlp"), run.errors.constData());
    }

private:
    QStringList arguments(const QStringList &more) const
    {
        return QStringList{u"tools"_s, u"--releases"_s, m_server->url("/releases").toString(),
                           u"--release-key"_s, test::releaseKey()} +
               more;
    }
    /// While the server in this thread goes on, unlike runCli().
    test::CliRun tools(const QStringList &more) const
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(qEnvironmentVariable("EARMARK_CLI"), arguments(more));
        const bool isDone =
            QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, Patience);
        return {isDone ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    static qint64 partSize(const QDir &folder)
    {
        const auto parts = folder.entryInfoList({u"*.part"_s}, QDir::Files);
        return parts.isEmpty() ? -1 : parts.first().size();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::FaultServer> m_server;
    QProcessEnvironment m_environment;
};

QTEST_GUILESS_MAIN(TestCliTools)
#include "tst_clitools.moc"
