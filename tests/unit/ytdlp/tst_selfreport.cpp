#include "ytdlp/selfreport.h"

#include "support/resulttest.h"
#include "support/testmain.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace earmark;
using namespace earmark::ytdlp;
using Solver = SelfReport::Solver;

namespace {

/// As the yt-dlp of Debian 12's backports printed it.
const QString Head2025 =
    u"[debug] Command-line config: ['--ignore-config', '-v']\n"
    "[debug] Encodings: locale UTF-8, fs utf-8, pref UTF-8, out utf-8 (No ANSI)\n"
    "[debug] yt-dlp version stable@2025.04.30 from yt-dlp/yt-dlp [505b40079] (debian*)\n"
    "[debug] Python 3.11.2 (CPython x86_64 64bit) - Linux-6.18 (OpenSSL 3.0.19 27 Jan 2026)\n"
    "[debug] exe versions: ffmpeg 5.1.9-0 (setts), ffprobe 5.1.9-0\n"
    "[debug] Optional libraries: Cryptodome-3.11.0, certifi-2022.09.24, requests-2.28.1\n"
    "[debug] Proxy map: {}\n"
    "[debug] Request Handlers: urllib\n"
    "[debug] Extractor Plugins: EarmarkDoctorIE, EarmarkJobsIE\n"
    "[debug] Loaded 2 extractors\n"
    "[earmark:doctor] Extracting URL: earmark:doctor\n"
    "[download] Finished downloading playlist: earmark\n"_s;
/// As the yt-dlp of Debian 13's backports printed it, with deno and without a solver script.
const QString Head2026 =
    u"[debug] yt-dlp version stable@2026.11.23 from yt-dlp/yt-dlp [696c0673e] (debian*)\n"
    "[debug] exe versions: ffmpeg 5.1.9-0 (setts), ffprobe 5.1.9-0\n"
    "[debug] Optional libraries: certifi-2026.05.20, requests-2.34.2, sqlite3-3.40.1, urllib3-2.7.0\n"
    "[debug] JS runtimes: deno-2.9.6\n"
    "[debug] Proxy map: {}\n"
    "[debug] [youtube] [pot] PO Token Providers: none\n"
    "[debug] [youtube] [pot] PO Token Cache Providers: memory\n"
    "[debug] [youtube] [jsc] JS Challenge Providers: bun (unavailable), deno, node (unavailable)\n"
    "[debug] [youtube] [jsc:deno] Checking if npm packages are cached\n"
    "\n"
    "@SOLVER {\"stage\": \"script\", \"runtime\": \"deno\", \"error\": \"No usable challenge solver lib "
    "script "
    "available\", \"skipped\": [\"ejs:github\", \"ejs:npm\"], \"allowed\": []}\n"_s;
/// The same with an old package of scripts, runtimes that it cannot use, and two providers of PO tokens.
const QString HeadMixed =
    u"[debug] yt-dlp version nightly@2026.11.24.232830 from yt-dlp/yt-dlp-nightly-builds [696c0673e] (zip)\n"
    "[debug] exe versions: none\n"
    "[debug] Optional libraries: sqlite3-3.40.1, urllib3-2.7.0, yt_dlp_ejs-0.1.0\n"
    "[debug] JS runtimes: node-20.20.2 (unsupported), quickjs-ng-0.8.0\n"
    "[debug] [youtube] [pot] PO Token Providers: bgutil:http-1.3.2 (external, unavailable), "
    "bgutil:script-node-1.3.2 (external)\n"
    "WARNING: [youtube] [jsc:quickjs] Challenge solver lib script version 0.1.0 is not supported (source: "
    "python "
    "package, variant: ScriptVariant.MINIFIED, supported version: 0.8.0)\n"
    "@SOLVER {\"stage\": \"run\", \"runtime\": \"quickjs\", \"version\": \"0.8.0\", \"source\": \"cache\", "
    "\"error\": \"Error running \\u001b[31mQuickJS\\u001b[0m process\\n (returncode: 1)\", \"skipped\": [], "
    "\"allowed\": [\"ejs:github\"]}\n"_s;

SelfReport seen2025()
{
    SelfReport report;
    report.version = u"2025.04.30"_s;
    report.variant = u"debian*"_s;
    report.ffmpeg = u"5.1.9-0"_s;
    return report;
}

SelfReport seen2026()
{
    SelfReport report = seen2025();
    report.version = u"2026.11.23"_s;
    report.runtimes = {{u"deno"_s, u"2.9.6"_s, true}};
    report.solver = Solver::NoScript;
    report.solverRuntime = u"deno"_s;
    report.solverError = u"No usable challenge solver lib script available"_s;
    report.skipped = {u"ejs:github"_s, u"ejs:npm"_s};
    return report;
}

SelfReport seenMixed()
{
    SelfReport report;
    report.version = u"2026.11.24.232830"_s;
    report.variant = u"zip"_s;
    report.ejs = u"0.1.0"_s;
    report.runtimes = {{u"node"_s, u"20.20.2"_s, false}, {u"quickjs-ng"_s, u"0.8.0"_s, true}};
    report.poTokens = {u"bgutil:http-1.3.2 (external, unavailable)"_s,
                       u"bgutil:script-node-1.3.2 (external)"_s};
    report.warnings = {
        u"[youtube] [jsc:quickjs] Challenge solver lib script version 0.1.0 is not supported (source: python "
        "package, variant: ScriptVariant.MINIFIED, supported version: 0.8.0)"_s};
    report.solver = Solver::Fails;
    report.solverRuntime = u"quickjs"_s;
    report.scriptVersion = u"0.8.0"_s;
    report.scriptSource = u"cache"_s;
    report.solverError = u"Error running QuickJS process (returncode: 1)"_s;
    report.allowed = {u"ejs:github"_s};
    return report;
}

SelfReport refusing(const QString &text)
{
    SelfReport report;
    report.refusal = text;
    return report;
}

} // namespace

/// What yt-dlp says of itself: recorded, of the one that is installed, and of programs that do wrong.
class TestSelfReport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        const QString path = QStandardPaths::findExecutable(u"yt-dlp"_s);
        QVERIFY2(!path.isEmpty(), "yt-dlp is not installed");
        m_installed = findTools();
    }

    void reads_data()
    {
        QTest::addColumn<QString>("output");
        QTest::addColumn<SelfReport>("report");
        QTest::newRow("2025.04.30") << Head2025 << seen2025();
        QTest::newRow("2026.11.23") << Head2026 << seen2026();
        QTest::newRow("mixed") << HeadMixed << seenMixed();
        QTest::newRow("nothing") << QString() << SelfReport();
        QTest::newRow("refuses")
            << u"Usage: yt-dlp [OPTIONS] URL [URL...]\n\nyt-dlp: error: no such option: --x\n"_s
            << refusing(u"no such option: --x"_s);
        QTest::newRow("refuses, as a module")
            << u"\n__main__.py: error: no such option: --x\n"_s << refusing(u"no such option: --x"_s);
        QTest::newRow("error")
            << u"ERROR: could not find firefox cookies database in '/root'\nERROR: second\n"_s
            << refusing(u"could not find firefox cookies database in '/root'"_s);
        QTest::newRow("what is no JSON")
            << u"@SOLVER {\n[debug] JS runtimes: none (disabled)\n"_s << SelfReport();
    }
    void reads()
    {
        QFETCH(QString, output);
        QFETCH(SelfReport, report);
        const SelfReport read = parseSelfReport(output);
        QCOMPARE(read.version, report.version);
        QCOMPARE(read.poTokens, report.poTokens);
        QCOMPARE(read.solver, report.solver);
        QCOMPARE(read.solverError, report.solverError);
        QVERIFY(read == report);
    }

    /// The real one says what `yt-dlp --version` and `ffmpeg -version` say.
    void asksTheInstalledOne()
    {
        const auto report = askSelf({m_installed, Source(), {}, {}});
        VERIFY_OK(report);
        QCOMPARE(report->refusal, QString());
        QCOMPARE(report->version, m_installed.ytdlp.version);
        QVERIFY2(m_installed.ffmpeg.version.startsWith(report->ffmpeg), qPrintable(report->ffmpeg));
        // With a source that yt-dlp's generic extractor reads, too.
        const auto other = askSelf({m_installed, Source(u"http://127.0.0.1:1/{ytid}.m4a"_s), {}, {}});
        VERIFY_OK(other);
        QCOMPARE(other->refusal, QString());
    }

    void saysWhatIsRefused_data()
    {
        QTest::addColumn<FetchSettings>("settings");
        QTest::addColumn<QString>("refusal");
        QTest::newRow("no such option")
            << FetchSettings{.extraArguments = {u"--nonsense"_s}} << u"no such option: --nonsense"_s;
        QTest::newRow("no such browser") << FetchSettings{.cookiesFromBrowser = u"lynx"_s} << u"lynx"_s;
    }
    void saysWhatIsRefused()
    {
        QFETCH(FetchSettings, settings);
        QFETCH(QString, refusal);
        const auto report = askSelf({m_installed, Source(), {}, settings});
        VERIFY_OK(report);
        QVERIFY2(report->refusal.contains(refusal), qPrintable(report->refusal));
    }

    void hidesSecrets()
    {
        FetchSettings settings{.proxy = u"http://user:geheimnis@127.0.0.1:9"_s};
        settings.extraArguments = {u"--geheimnis"_s};
        const auto report = askSelf({m_installed, Source(), {}, settings});
        VERIFY_OK(report);
        QVERIFY2(!report->refusal.contains(u"geheimnis"_s), qPrintable(report->refusal));
    }

    void enduresOtherPrograms_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QString>("error"); // a part of it; empty: an empty report
        QTest::newRow("says nothing") << QByteArray("#!/bin/sh\n") << QString();
        QTest::newRow("never stops talking") << QByteArray("#!/bin/sh\nexec yes\n") << QString();
        QTest::newRow("does not start") << QByteArray("#!/no/such/interpreter\n") << u"does not start"_s;
    }
    void enduresOtherPrograms()
    {
        QFETCH(QByteArray, program);
        QFETCH(QString, error);
        const auto report = askSelf({toolsWith(program), Source(), {}, {}});
        if (!error.isEmpty()) {
            QVERIFY(!report);
            QVERIFY2(report.error().text.contains(error), qPrintable(report.error().text));
        } else {
            VERIFY_OK(report);
            QVERIFY(*report == SelfReport());
        }
    }

    void isCancelledWithAllThatItStarted()
    {
        const QString mark = m_folder.filePath(u"child"_s);
        const Tools tools = toolsWith("#!/bin/sh\nsleep 60 &\necho $! >" + mark.toUtf8() + "\nwait\n");
        std::stop_source stop;
        std::thread canceller([&] {
            while (QFile(mark).size() == 0)
                std::this_thread::sleep_for(5ms);
            stop.request_stop();
        });
        const auto report = askSelf({tools, Source(), {}, {}}, stop.get_token());
        canceller.join();
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
        const QString child = QString::fromLatin1(test::readFile(mark)).trimmed();
        QTRY_VERIFY(!QDir(u"/proc/"_s + child).exists() ||
                    test::readFile(u"/proc/%1/stat"_s.arg(child)).contains(") Z "));
    }

private:
    Tools toolsWith(const QByteArray &program) const
    {
        QFile file(test::writeFile(m_folder.filePath(u"yt-dlp"_s), program));
        if (!file.setPermissions(QFile::ReadOwner | QFile::ExeOwner))
            qFatal("The program cannot be made to run.");
        Tools tools = m_installed;
        tools.ytdlp.path = file.fileName();
        return tools;
    }

    QTemporaryDir m_folder;
    Tools m_installed;
};

QTEST_GUILESS_MAIN(TestSelfReport)
#include "tst_selfreport.moc"
