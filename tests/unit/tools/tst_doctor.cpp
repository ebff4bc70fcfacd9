#include "tools/doctor.h"

#include "support/resulttest.h"
#include "support/testmain.h"
#include "tools/preflight.h"

#include <QFileInfo>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTemporaryDir>

#include <functional>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::tools;
using State = ToolReport::State;
using Solver = ytdlp::SelfReport::Solver;

Q_DECLARE_METATYPE(earmark::tools::ToolReport::State)

namespace {

/// The rows, in their order.
enum Row { YtDlp, Ffmpeg, Runtime, Script, Tokens, Cookies, Proxy, Disk, RateLimit, Rows };

struct Case
{
    DoctorQuestion question;
    DoctorFacts facts{ytdlp::SelfReport()};
};

const QDateTime Now(QDate(2026, 11, 29), QTime(12, 0));

/// All is well: the newest yt-dlp with deno and a solver script, a guest, no workspace.
Case good()
{
    Case all;
    all.question.tools.ytdlp = {u"yt-dlp"_s, u"/usr/bin/yt-dlp"_s, u"2026.11.23"_s, {}};
    all.question.tools.ffmpeg = {u"ffmpeg"_s, u"/usr/bin/ffmpeg"_s, u"5.1.9"_s, {}};
    all.question.tools.jsRuntime = {u"deno"_s, u"/usr/bin/deno"_s, u"2.9.6"_s, {}};
    all.question.perHour = 300;
    ytdlp::SelfReport &self = *all.facts.self;
    self.version = u"2026.11.23"_s;
    self.runtimes = {{u"deno"_s, u"2.9.6"_s, true}};
    self.solver = Solver::Works;
    self.solverRuntime = u"deno"_s;
    self.scriptVersion = u"0.8.0"_s;
    all.facts.now = Now;
    return all;
}

} // namespace

/// What doctor says of what was found out.
class TestDoctor final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void allIsWell()
    {
        const Case all = good();
        const auto reports = diagnose(all.question, all.facts);
        QCOMPARE(reports.size(), std::size_t{Rows});
        for (const ToolReport &report : reports) {
            QVERIFY2(report.state == State::Good, qPrintable(report.name + report.sentence));
            QVERIFY(!report.sentence.isEmpty() && !report.purpose.isEmpty());
        }
        QCOMPARE(firstProblem(reports), QString());
    }

    void judges_data()
    {
        QTest::addColumn<Case>("all");
        QTest::addColumn<int>("row");
        QTest::addColumn<State>("state");
        QTest::addColumn<QString>("sentence"); // a part of it
        const auto row = [](const char *name, int number, State state, const QString &sentence,
                            const std::function<void(Case &, ytdlp::SelfReport &)> &change) {
            Case all = good();
            change(all, *all.facts.self);
            QTest::newRow(name) << all << number << state << sentence;
        };
        using Self = ytdlp::SelfReport;
        const ytdlp::Source mirror(u"http://127.0.0.1/{ytid}.m4a"_s);

        row("refused argument", YtDlp, State::Bad, u"ends with an error: no such option: --x."_s,
            [](Case &, Self &self) { self.refusal = u"no such option: --x"_s; });
        row("silent yt-dlp", YtDlp, State::Doubtful, u"does not say"_s,
            [](Case &, Self &self) { self = {}; });
        row("dead yt-dlp", YtDlp, State::Bad, u"It did not answer."_s, [](Case &all, Self &) {
            all.facts.self = failure(ErrorCode::NotFound, u"It did not answer."_s);
        });
        row("wrong setting", YtDlp, State::Bad, u"is no option of yt-dlp"_s,
            [](Case &all, Self &) { all.question.settings.extraArguments = {u"x"_s}; });
        row("old yt-dlp", YtDlp, State::Doubtful, u"Too old"_s,
            [](Case &all, Self &) { all.question.tools.ytdlp.version = u"2026.01.05"_s; });

        row("ffmpeg 8.1", Ffmpeg, State::Bad, u"It hangs."_s,
            [](Case &all, Self &) { all.question.tools.ffmpeg.doubt = u"It hangs."_s; });
        row("ffmpeg 8.1, not YouTube", Ffmpeg, State::Good, u""_s, [&](Case &all, Self &) {
            all.question.tools.ffmpeg.doubt = u"It hangs."_s;
            all.question.source = mirror;
        });

        const auto hasNoRuntime = [](Case &all, Self &self) {
            all.question.tools.jsRuntime = {u"JavaScript"_s, {}, {}, u"There is none. Fetch deno."_s};
            self.runtimes.clear();
            self.solver = Solver::NoRuntime;
            self.scriptVersion.clear();
        };
        row("no runtime", Runtime, State::Bad,
            u"withholds most formats from yt-dlp 2026.11.23. There is none."_s, hasNoRuntime);
        row("no runtime: the script", Script, State::Doubtful, u"Not tried"_s, hasNoRuntime);
        row("another runtime is set", Runtime, State::Bad, u"“node:/absent”"_s, [](Case &all, Self &self) {
            all.question.settings.jsRuntime = u"node:/absent"_s;
            self.runtimes.clear();
            self.solver = Solver::NoRuntime;
        });
        row("no runtime, older yt-dlp", Runtime, State::Doubtful, u"does without one"_s,
            [&](Case &all, Self &self) {
                hasNoRuntime(all, self);
                all.question.tools.ytdlp.version = u"2025.11.11"_s;
                self.solver = Solver::Unknown;
            });
        row("no runtime, not YouTube", Runtime, State::Good, u"Not needed"_s, [&](Case &all, Self &self) {
            hasNoRuntime(all, self);
            all.question.source = mirror;
        });
        row("slow runtime", Runtime, State::Doubtful, u"takes minutes"_s,
            [](Case &all, Self &) { all.question.tools.jsRuntime.doubt = u"It takes minutes."_s; });

        const auto hasNoScript = [](Case &, Self &self) {
            self.solver = Solver::NoScript;
            self.scriptVersion.clear();
            self.skipped = {u"ejs:github"_s, u"ejs:npm"_s};
        };
        row("no script", Script, State::Bad, u"yt-dlp has no solver script"_s, hasNoScript);
        row("no script, allowed", Script, State::Good, u"downloads it with the first video"_s,
            [&](Case &all, Self &self) {
                hasNoScript(all, self);
                self.allowed = {u"ejs:github"_s};
            });
        row("no script, something else allowed", Script, State::Bad, u"has no solver script"_s,
            [&](Case &all, Self &self) {
                hasNoScript(all, self);
                self.allowed = {u"other"_s};
            });
        row("script too old", Script, State::Bad,
            u"needs version 0.8.0 of its solver script and found 0.1.0."_s, [&](Case &all, Self &self) {
                hasNoScript(all, self);
                self.warnings = {
                    u"[youtube] [jsc:deno] Challenge solver lib script version 0.1.0 is not supported "
                    "(source: python package, variant: ScriptVariant.MINIFIED, supported version: "
                    "0.8.0)"_s};
            });
        row("script changed", Script, State::Bad, u"was changed or is damaged"_s, [&](Case &all, Self &self) {
            hasNoScript(all, self);
            self.warnings = {
                u"[youtube] [jsc:deno] Hash mismatch on challenge solver lib script (source: …)!"_s};
        });
        row("script does not run", Script, State::Bad, u"does not run in deno: Uncaught Error."_s,
            [](Case &, Self &self) {
                self.solver = Solver::Fails;
                self.solverError = u"Uncaught Error"_s;
            });
        row("no yt-dlp: the script", Script, State::Doubtful, u"there is no yt-dlp"_s, [](Case &all, Self &) {
            all.question.tools.ytdlp = {u"yt-dlp"_s, {}, {}, u"It is not there."_s};
        });
        row("another solver", Script, State::Good, u"Not tried"_s, [](Case &, Self &self) {
            self.solver = Solver::Unknown;
            self.scriptVersion.clear();
            self.ejs = u"1.0.0"_s;
        });

        row("provider", Tokens, State::Good, u"OK: bgutil:http-1.3.2 (external)."_s,
            [](Case &, Self &self) { self.poTokens = {u"bgutil:http-1.3.2 (external)"_s}; });
        row("one of two providers", Tokens, State::Good, u"bgutil:http"_s, [](Case &, Self &self) {
            self.poTokens = {u"bgutil:http-1.3.2 (external, unavailable)"_s,
                             u"bgutil:script-1.3.2 (external)"_s};
        });
        row("stopped provider", Tokens, State::Doubtful, u"does not answer: start it"_s,
            [](Case &, Self &self) { self.poTokens = {u"bgutil:http-1.3.2 (external, unavailable)"_s}; });
        row("token by hand", Tokens, State::Doubtful, u"one video only"_s,
            [](Case &all, Self &) { all.question.settings.poToken = u"web.gvs+TOKEN"_s; });

        const auto withCookies = [&row](const char *name, State state, const QString &sentence,
                                        const CookiesAge &cookies) {
            row(name, Cookies, state, sentence, [&cookies](Case &all, Self &) {
                all.question.settings.cookiesFile = u"/data/cookies.txt"_s;
                all.facts.cookies = cookies;
            });
        };
        const QDateTime fresh = Now.addDays(-2);
        withCookies("login", State::Good, u"OK: a login, until 2027-01-08."_s,
                    {fresh, true, Now.addDays(40), true});
        withCookies("session", State::Good, u"OK: a login."_s, {fresh, true, {}, true});
        withCookies("expired", State::Doubtful, u"The login expired on 2026-11-28."_s,
                    {fresh, true, Now.addDays(-1), true});
        withCookies("stale", State::Doubtful, u"31 days old"_s,
                    {Now.addDays(-31), true, Now.addDays(40), true});
        withCookies("no login", State::Doubtful, u"holds no login to YouTube"_s, {fresh, false, {}, true});
        withCookies("not Netscape's", State::Bad, u"not in Netscape's format"_s, {fresh, false, {}, false});
        withCookies("unreadable", State::Bad, u"/data/cookies.txt cannot be read"_s, {});
        row("browser", Cookies, State::Good, u"read from firefox"_s,
            [](Case &all, Self &) { all.question.settings.cookiesFromBrowser = u"firefox"_s; });
        row("no such browser", Cookies, State::Bad, u"could not find firefox cookies database"_s,
            [](Case &all, Self &self) {
                all.question.settings.cookiesFromBrowser = u"firefox"_s;
                self.refusal = u"could not find firefox cookies database in '/root'"_s;
            });

        row("proxy", Proxy, State::Good, u"lab:3128 answers"_s,
            [](Case &all, Self &) { all.facts.proxy = u"lab:3128"_s; });
        row("dead proxy", Proxy, State::Bad, u"lab:3128 does not answer"_s, [](Case &all, Self &) {
            all.facts.proxy = u"lab:3128"_s;
            all.facts.proxyAnswers = false;
        });
        row("SOCKS", Proxy, State::Bad, u"SOCKS"_s,
            [](Case &all, Self &) { all.question.settings.proxy = u"socks5://lab:1080"_s; });

        row("room", Disk, State::Good, u"50.0 GB free, room for about 45,454 clips. 200 are queued."_s,
            [](Case &all, Self &) {
                all.facts.freeBytes = 50'000'000'000;
                all.question.queued = 200;
            });
        row("scant", Disk, State::Doubtful, u"900.0 MB free"_s,
            [](Case &all, Self &) { all.facts.freeBytes = 900'000'000; });
        row("too little", Disk, State::Bad, u"50,000 are queued. Free some space"_s, [](Case &all, Self &) {
            all.facts.freeBytes = 50'000'000'000;
            all.question.queued = 50'000;
        });

        row("unlimited", RateLimit, State::Doubtful, u"more than about 300 downloads"_s,
            [](Case &all, Self &) { all.question.perHour = 0; });
        row("too fast for a guest", RateLimit, State::Doubtful, u"more than about 300 downloads"_s,
            [](Case &all, Self &) { all.question.perHour = 2000; });
        row("account", RateLimit, State::Good, u"an account may download about 2,000"_s,
            [](Case &all, Self &) {
                all.question.perHour = 2000;
                all.question.settings.cookiesFromBrowser = u"firefox"_s;
            });
        row("unlimited mirror", RateLimit, State::Good, u"None needed"_s, [&](Case &all, Self &) {
            all.question.perHour = 0;
            all.question.source = mirror;
        });
    }
    void judges()
    {
        QFETCH(Case, all);
        QFETCH(int, row);
        QFETCH(QString, sentence);
        const auto reports = diagnose(all.question, all.facts);
        const ToolReport &report = reports[static_cast<std::size_t>(row)];
        QVERIFY2(report.sentence.contains(sentence), qPrintable(report.sentence));
        QTEST(report.state, "state");
        if (report.state == State::Bad)
            QCOMPARE(firstProblem(reports), report.name + u": "_s + report.sentence);
    }

    /// A file as browsers' extensions export it.
    void readsCookies_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<bool>("isNetscape");
        QTest::addColumn<bool>("hasLogin");
        QTest::addColumn<qint64>("expires"); // 0: never
        const QByteArray head = "# Netscape HTTP Cookie File\n# http://curl.haxx.se/rfc/cookie_spec.html\n\n";
        const QByteArray info = "#HttpOnly_.youtube.com\tTRUE\t/\tTRUE\t1900000000\tLOGIN_INFO\tsecret\n";
        const QByteArray proof = ".youtube.com\tTRUE\t/\tTRUE\t1800000000\t__Secure-3PAPISID\tsecret\n";
        const QByteArray other = ".youtube.com\tTRUE\t/\tTRUE\t1700000000\tPREF\tf6=40000000\n";
        QTest::newRow("login") << head + info + proof + other << true << true << qint64{1'800'000'000};
        QTest::newRow("guest") << head + other << true << false << qint64{0};
        QTest::newRow("half a login") << head + info << true << false << qint64{1'900'000'000};
        QTest::newRow("of another site") << head + QByteArray(info).replace("youtube", "example") +
                                                QByteArray(proof).replace("youtube", "example")
                                         << true << false << qint64{0};
        QTest::newRow("session") << head + QByteArray(info).replace("1900000000", "0") +
                                        QByteArray(proof).replace("1800000000", "0")
                                 << true << true << qint64{0};
        QTest::newRow("JSON") << QByteArray("[{\"name\": \"LOGIN_INFO\"}]") << false << false << qint64{0};
        QTest::newRow("empty") << QByteArray() << false << false << qint64{0};
    }
    void readsCookies()
    {
        QFETCH(QByteArray, file);
        QFETCH(qint64, expires);
        const QTemporaryDir folder;
        const QString path = test::writeFile(folder.filePath(u"cookies.txt"_s), file);
        const CookiesAge age = cookiesAge(path);
        QTEST(age.isNetscape, "isNetscape");
        QTEST(age.hasLogin, "hasLogin");
        QCOMPARE(age.expires.isValid() ? age.expires.toSecsSinceEpoch() : 0, expires);
        QCOMPARE(age.changed, QFileInfo(path).lastModified());
        QVERIFY(!cookiesAge(folder.filePath(u"absent"_s)).changed.isValid());
    }

    void asksProxyAndDisk()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Case all = good();
        all.question.tools.ytdlp.problem = u"It is not asked here."_s;
        all.question.settings.proxy = u"http://user:secret@127.0.0.1:%1"_s.arg(server.serverPort());
        const QTemporaryDir folder;
        all.question.folder = folder.filePath(u"not/yet/there"_s);
        DoctorFacts facts = examine(all.question);
        QVERIFY(facts.proxyAnswers);
        QCOMPARE(facts.proxy, u"127.0.0.1:%1"_s.arg(server.serverPort()));
        QVERIFY(facts.freeBytes > 0);
        server.close();
        facts = examine(all.question);
        QVERIFY(!facts.proxyAnswers);
    }

    /// A good outcome is remembered, a bad one is not, and another yt-dlp is asked again.
    void preflightRemembers()
    {
        QFile::remove(QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + u"/preflight"_s);
        const QTemporaryDir folder;
        const QString calls = folder.filePath(u"calls"_s), path = folder.filePath(u"yt-dlp"_s);
        const auto install = [&](const QByteArray &says) {
            QFile::remove(path);
            test::writeFile(path,
                            "#!/bin/sh\necho x >>" + calls.toUtf8() + "\ncat <<END\n" + says + "\nEND\n");
            QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::ExeOwner));
        };
        const auto asked = [&calls] { return test::readFile(calls).count('x'); };
        Case all = good();
        all.question.tools.ytdlp.path = path;
        install("ERROR: broken");
        QVERIFY(preflight(all.question).startsWith(u"yt-dlp: It ends with an error: broken."_s));
        QVERIFY(!preflight(all.question).isEmpty());
        QCOMPARE(asked(), 2);
        install("[debug] yt-dlp version stable@2026.11.23 from yt-dlp/yt-dlp (zip)\n@SOLVER {\"stage\": "
                "\"done\"}");
        QCOMPARE(preflight(all.question), QString());
        QCOMPARE(preflight(all.question), QString());
        QCOMPARE(asked(), 3);
        all.question.settings.allowsSolverScript = true;
        QCOMPARE(preflight(all.question), QString());
        QCOMPARE(asked(), 4);
    }
};

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
