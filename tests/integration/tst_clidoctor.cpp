#include "support/cliprocess.h"
#include "support/releases.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <csignal>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 120'000;
/// The rows, in their order.
enum Row { YtDlp, Ffmpeg, Runtime, Script, Tokens, Cookies, Proxy, Disk, RateLimit, Rows };

/// A package of solver scripts for the real yt-dlp: version, and what its core script is, come from outside.
const QByteArray Package = "import os\nversion = os.environ['STUB_VERSION']\n";
const QByteArray Solver = "import os\n"
                          "def lib(): return 'const lib = {};'\n"
                          "def core(): return os.environ['STUB_CORE']\n";

} // namespace

/// `earmark-cli doctor` with the real yt-dlp, with stub solvers and runtimes that fail in each way, and with
/// releases from this computer.
class TestCliDoctor final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QProcess process;
        process.start(u"yt-dlp"_s, {u"--version"_s});
        QVERIFY2(process.waitForFinished(), "yt-dlp does not run");
        m_version = process.readAllStandardOutput().trimmed();
        m_wantsRuntime = m_version >= "2025.11.12";
        m_hasDeno = !QStandardPaths::findExecutable(u"deno"_s).isEmpty();
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<test::FaultServer>();
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert(u"XDG_DATA_HOME"_s, m_folder->filePath(u"data"_s));
        m_environment.insert(u"XDG_CACHE_HOME"_s, m_folder->filePath(u"cache"_s));
        m_environment.insert(u"DENO_DIR"_s, m_folder->filePath(u"deno-cache"_s)); // no scripts of the user's
        for (const auto &name :
             {u"https_proxy"_s, u"HTTPS_PROXY"_s, u"http_proxy"_s, u"all_proxy"_s, u"ALL_PROXY"_s})
            m_environment.remove(name);
    }

    /// One line a check, or two, on one screen; the program that is installed says its own version.
    void saysHowAllStands()
    {
        const auto run = doctor({m_folder->filePath(u"workspace"_s), u"--json"_s});
        const QJsonArray checks = run.json()[u"checks"_s].toArray();
        QCOMPARE(checks.size(), qsizetype{Rows});
        QCOMPARE(checks[YtDlp][u"version"_s].toString().toLatin1(), m_version);
        QCOMPARE(checks[Ffmpeg][u"state"_s].toString(), u"good"_s);
        QVERIFY(checks[Disk][u"sentence"_s].toString().contains(u"free, room for about"_s));
        QVERIFY(checks[RateLimit][u"sentence"_s].toString().contains(u"what a guest may download"_s));
        QVERIFY(!QFileInfo::exists(m_folder->filePath(u"workspace"_s)));
        QVERIFY(m_server->requests().isEmpty());
        QCOMPARE(run.exitCode, isBad(checks) ? 3 : 0);
        const auto text = doctor({});
        QVERIFY2(text.output.count('\n') <= 24, text.output.constData());
        QVERIFY(text.output.startsWith("✓ yt-dlp") || text.output.startsWith("! yt-dlp"));
    }

    void saysWhatWillFail_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("row");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("argument") << QStringList{u"--yt-dlp-arg=--nonsense"_s} << int{YtDlp}
                                  << u"no such option: --nonsense"_s;
        QTest::newRow("no yt-dlp") << QStringList{u"--yt-dlp"_s, u"/absent"_s} << int{YtDlp}
                                   << u"There is no yt-dlp at /absent"_s;
        QTest::newRow("no ffmpeg") << QStringList{u"--ffmpeg"_s, u"/absent"_s} << int{Ffmpeg}
                                   << u"There is no ffmpeg at /absent"_s;
        QTest::newRow("proxy") << QStringList{u"--proxy"_s, u"http://me:secret@127.0.0.1:9"_s} << int{Proxy}
                               << u"127.0.0.1:9 does not answer"_s;
        QTest::newRow("cookies") << QStringList{u"--cookies"_s, u"/absent.txt"_s} << int{Cookies}
                                 << u"/absent.txt cannot be read"_s;
        QTest::newRow("browser") << QStringList{u"--cookies-from-browser"_s, u"chrome:/absent"_s}
                                 << int{Cookies}
                                 << u"yt-dlp cannot read them: could not find chrome cookies database"_s;
    }
    void saysWhatWillFail()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, row);
        QFETCH(QString, sentence);
        const auto run = doctor(arguments + QStringList{u"--json"_s});
        QCOMPARE(run.exitCode, 3);
        const auto check = run.json()[u"checks"_s].toArray().at(row);
        QCOMPARE(check[u"state"_s].toString(), u"bad"_s);
        QVERIFY2(check[u"sentence"_s].toString().contains(sentence), run.output.constData());
        QVERIFY(!run.output.contains("secret") && !run.errors.contains("secret"));
    }

    /// ffmpeg 8.1 is said before the first clip; a mirror is not hit by it.
    void knowsTheBrokenFfmpeg()
    {
        const QStringList arguments{u"--json"_s, u"--ffmpeg"_s,
                                    script(u"ffmpeg"_s, "#!/bin/sh\necho ffmpeg version 8.1.1 Copyright\n")};
        const auto run = doctor(arguments);
        QCOMPARE(run.exitCode, 3);
        QCOMPARE(run.json()[u"checks"_s][Ffmpeg][u"state"_s].toString(), u"bad"_s);
        const auto mirror =
            doctor(arguments + QStringList{u"--source"_s, u"http://127.0.0.1:1/{ytid}.m4a"_s});
        QVERIFY2(mirror.exitCode == 0, mirror.output.constData());
    }

    /// The real yt-dlp and deno with a package of solver scripts that fails.
    void triesTheSolver_data()
    {
        QTest::addColumn<QByteArray>("version"); // empty: no package
        QTest::addColumn<QByteArray>("core");
        QTest::addColumn<bool>("isTrusted"); // yt-dlp does not compare its SHA3-512
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("sentence");
        const QByteArray core = "var jsc = function() {};";
        QTest::newRow("missing") << QByteArray() << core << true << u"bad"_s
                                 << u"yt-dlp has no solver script"_s;
        QTest::newRow("too old") << QByteArray("0.1.0") << core << false << u"bad"_s
                                 << u"of its solver script and found 0.1.0."_s;
        QTest::newRow("changed") << QByteArray("0.8.0") << core << false << u"bad"_s << u"was changed"_s;
        QTest::newRow("works") << QByteArray("0.8.0") << core << true << u"good"_s
                               << u"OK: it runs in deno."_s;
        QTest::newRow("throws") << QByteArray("0.8.0") << QByteArray("throw new Error('no')") << true
                                << u"bad"_s << u"It does not run in deno: "_s;
        QTest::newRow("is no function") << QByteArray("0.8.0") << QByteArray("var jsc = 1;") << true
                                        << u"bad"_s << u"unexpected answer 'number"_s;
    }
    void triesTheSolver()
    {
        if (!m_wantsRuntime || !m_hasDeno)
            QSKIP("needs a yt-dlp that runs JavaScript, and deno: packaging/setup.sh newest");
        QFETCH(QByteArray, version);
        QFETCH(QByteArray, core);
        QFETCH(bool, isTrusted);
        QFETCH(QString, state);
        QFETCH(QString, sentence);
        if (!version.isEmpty())
            installSolver(version, core);
        QStringList arguments{u"--json"_s};
        if (isTrusted)
            arguments += u"--yt-dlp-arg=--extractor-args=youtube-ejs:dev=true"_s;
        const auto run = doctor(arguments);
        const auto check = run.json()[u"checks"_s][Script];
        QVERIFY2(check[u"sentence"_s].toString().contains(sentence), run.output.constData());
        QCOMPARE(check[u"state"_s].toString(), state);
        QCOMPARE(run.exitCode, state == u"bad"_s ? 3 : 0);
        QCOMPARE(run.json()[u"checks"_s][Runtime][u"state"_s].toString(), u"good"_s);
    }

    void theScriptMayBeDownloaded()
    {
        if (!m_wantsRuntime || !m_hasDeno)
            QSKIP("needs a yt-dlp that runs JavaScript, and deno: packaging/setup.sh newest");
        const auto run = doctor({u"--json"_s, u"--allow-solver-script"_s});
        const auto check = run.json()[u"checks"_s][Script];
        QCOMPARE(check[u"state"_s].toString(), u"good"_s);
        QVERIFY2(check[u"sentence"_s].toString().contains(u"with the first video (ejs:github)"_s),
                 run.output.constData());
        QCOMPARE(run.exitCode, 0);
    }

    /// An older yt-dlp has no such option, and is not given it.
    void theScriptIsNothingToAnOldYtDlp()
    {
        if (m_wantsRuntime)
            QSKIP("needs a yt-dlp before 2025.11.12");
        const auto run = doctor({u"--json"_s, u"--allow-solver-script"_s});
        QVERIFY2(run.exitCode == 0, run.output.constData());
    }

    /// A yt-dlp that is too old and a runtime that is missing are both fetched, and all is well.
    void repairs()
    {
        serve("2099.10.26", "2.9.6");
        m_environment.insert(u"PATH"_s, pathWithout(u"deno"_s));
        const auto run =
            doctor({u"--json"_s, u"--fix"_s, u"--releases"_s, m_server->url("/releases").toString(),
                    u"--release-key"_s, test::releaseKey()});
        QVERIFY2(run.exitCode == 0, (run.errors + run.output).constData());
        QVERIFY2(run.errors.contains("deno 2.9.6 was fetched and checked"), run.errors.constData());
        const QJsonArray checks = run.json()[u"checks"_s].toArray();
        QCOMPARE(checks[Runtime][u"origin"_s].toString(), u"fetched by Earmark"_s);
        QCOMPARE(checks[YtDlp][u"version"_s].toString(), u"2099.10.26"_s);
        QCOMPARE(checks[YtDlp][u"sentence"_s].toString().left(33), u"The newest release (checked today"_s);
    }

    void saysWhatCannotBeRepaired()
    {
        m_environment.insert(u"PATH"_s, pathWithout(u"deno"_s));
        const auto run = doctor({u"--fix"_s, u"--releases"_s, m_server->url("/nowhere").toString()});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains("stays as it is"), run.errors.constData());
        QVERIFY(run.output.contains("Rate limit"));
    }

    /// The first clip is not tried when it must fail.
    void fetchStopsBefore()
    {
        const QString split = test::writeFile(m_folder->filePath(u"split.csv"_s),
                                              "# YTID, start_seconds, end_seconds, positive_labels\n"
                                              "--PJHxphWEs, 30.000, 40.000, \"/m/09x0r\"\n");
        const QString into = m_folder->filePath(u"workspace"_s);
        const QStringList fetch{u"fetch"_s,    split,
                                u"--into"_s,   into,
                                u"--yt-dlp"_s, script(u"yt-dlp"_s, ytDlp("@SOLVER {\"stage\": \"script\"}")),
                                u"--proxy"_s,  u"http://127.0.0.1:9"_s};
        const auto stopped = cli(fetch);
        QCOMPARE(stopped.exitCode, 1);
        QVERIFY2(stopped.errors.contains("Downloads would fail: see earmark-cli doctor, or add --anyway."),
                 stopped.errors.constData());
        QVERIFY(!QFileInfo::exists(into));
        // Another source has no need of it, and the user may know better.
        for (const QStringList &more :
             {QStringList{u"--source"_s, u"http://127.0.0.1:1/{ytid}.m4a"_s}, QStringList{u"--anyway"_s}}) {
            QProcess process;
            process.setProcessEnvironment(m_environment);
            process.start(qEnvironmentVariable("EARMARK_CLI"), fetch + more);
            QByteArray errors;
            QTRY_VERIFY_WITH_TIMEOUT((errors += process.readAllStandardError()).contains("1 segment found"),
                                     Patience);
            QVERIFY2(!errors.contains("Downloads would fail"), errors.constData());
            ::kill(static_cast<pid_t>(process.processId()), SIGINT);
            QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, Patience);
            QVERIFY(QFileInfo::exists(into));
        }
    }

    void refuses()
    {
        QCOMPARE(doctor({u"--source"_s, u"nowhere"_s}).exitCode, 2);
        QCOMPARE(doctor({u"--releases"_s, u"http://example.org/"_s}).exitCode, 2);
        QCOMPARE(doctor({u"one"_s, u"two"_s}).exitCode, 2);
    }

private:
    test::CliRun doctor(const QStringList &arguments) const
    {
        return cli(QStringList{u"doctor"_s} + arguments);
    }
    /// While the server in this thread goes on, unlike runCli().
    test::CliRun cli(const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(qEnvironmentVariable("EARMARK_CLI"), arguments);
        const bool isDone =
            QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, Patience);
        return {isDone ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    static bool isBad(const QJsonArray &checks)
    {
        for (const auto &check : checks) {
            if (check[u"state"_s].toString() == u"bad"_s)
                return true;
        }
        return false;
    }
    /// A yt-dlp of 2099 that prints its head and a line.
    static QByteArray ytDlp(const QByteArray &line, const QByteArray &version = "2099.10.26")
    {
        return "#!/bin/sh\n"
               "for argument; do\n"
               "  if [ \"$argument\" = --version ]; then echo " +
               version +
               "; exit; fi\n"
               "done\n"
               "cat <<'END'\n"
               "[debug] yt-dlp version stable@" +
               version +
               " from yt-dlp/yt-dlp [c91f8de0b] (zip)\n"
               "[debug] JS runtimes: deno-2.9.6\n" +
               line + "\nEND\n" + QByteArray(300'000, '#') + '\n';
    }
    QString script(const QString &name, const QByteArray &content) const
    {
        QFile file(test::writeFile(m_folder->filePath(name), content));
        if (!file.setPermissions(QFile::ReadOwner | QFile::ExeOwner))
            qFatal("%s cannot be made to run", qPrintable(name));
        return file.fileName();
    }
    void serve(const QByteArray &ytdlp, const QByteArray &deno)
    {
        test::serveRelease(
            *m_server, "/releases",
            ytDlp("@SOLVER {\"stage\": \"done\", \"runtime\": \"deno\", \"version\": \"0.8.0\"}", ytdlp));
        test::serveDeno(*m_server, "/releases", test::zipOf("deno", test::smallDeno(deno)));
    }
    void installSolver(const QByteArray &version, const QByteArray &core)
    {
        m_environment.insert(u"PYTHONUSERBASE"_s, m_folder->filePath(u"python"_s));
        QProcess python;
        python.setProcessEnvironment(m_environment);
        python.start(u"/usr/bin/python3"_s, {u"-c"_s, u"import site; print(site.getusersitepackages())"_s});
        QVERIFY(python.waitForFinished());
        const QString package =
            QString::fromUtf8(python.readAllStandardOutput()).trimmed() + u"/yt_dlp_ejs"_s;
        QVERIFY(QDir().mkpath(package + u"/yt"_s));
        test::writeFile(package + u"/__init__.py"_s, Package);
        test::writeFile(package + u"/yt/__init__.py"_s, {});
        test::writeFile(package + u"/yt/solver.py"_s, Solver);
        m_environment.insert(u"STUB_VERSION"_s, QString::fromLatin1(version));
        m_environment.insert(u"STUB_CORE"_s, QString::fromLatin1(core));
    }
    /// PATH with all the programs of its folders but one.
    QString pathWithout(const QString &program)
    {
        const QString folder = m_folder->filePath(u"bin"_s);
        QDir().mkpath(folder);
        for (const QString &name : {u"yt-dlp"_s, u"ffmpeg"_s, u"ffprobe"_s, u"python3"_s, u"gpgv"_s, u"sh"_s,
                                    u"cat"_s, u"dirname"_s, u"readlink"_s}) {
            if (const QString path = QStandardPaths::findExecutable(name); !path.isEmpty() && name != program)
                QFile::link(path, folder + u'/' + name);
        }
        return folder;
    }

    QByteArray m_version;
    bool m_wantsRuntime = false;
    bool m_hasDeno = false;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::FaultServer> m_server;
    QProcessEnvironment m_environment;
};

QTEST_GUILESS_MAIN(TestCliDoctor)
#include "tst_clidoctor.moc"
