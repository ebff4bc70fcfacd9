#include "ytdlp/secrets.h"

#include "support/testmain.h"
#include "ytdlp/source.h"

#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;
using ytdlp::FetchSettings;
using ytdlp::Secrets;
using ytdlp::Source;

class TestSecrets final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areBlottedOut_data()
    {
        QTest::addColumn<FetchSettings>("settings");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("secret");
        const QString tube(Source::YouTube);
        const auto proxy = [&](const char *name, const QString &address, const QString &line,
                               const QString &secret) {
            QTest::newRow(name) << FetchSettings{.proxy = address} << tube << line << secret;
        };
        const auto extra = [&](const char *name, const QStringList &arguments, const QString &line,
                               const QString &secret) {
            QTest::newRow(name) << FetchSettings{.extraArguments = arguments} << tube << line << secret;
        };
        const auto source = [](const char *name, const QString &address, const QString &line,
                               const QString &secret) {
            QTest::newRow(name) << FetchSettings() << address << line << secret;
        };
        proxy("proxy", u"http://ada:s3cr3t@h:3128"_s, u"no proxy http://ada:s3cr3t@h:3128"_s, u"s3cr3t"_s);
        proxy("proxy, encoded", u"http://ada:s%40cret@h:1"_s, u"login s@cret refused"_s, u"s@cret"_s);
        QTest::newRow("token") << FetchSettings{.poToken = u"web.gvs+MnQ0"_s} << tube << u"url?pot=MnQ0&x"_s
                               << u"MnQ0"_s;

        extra("password", {u"-u"_s, u"ada"_s, u"--password"_s, u"pass word"_s}, u"login ada pass word"_s,
              u"pass word"_s);
        extra("password=", {u"--password=hush!"_s}, u"with hush!"_s, u"hush!"_s);
        extra("-p", {u"-p"_s, u"hush!"_s}, u"with hush!"_s, u"hush!"_s);
        extra("-p in one word", {u"-phush!"_s}, u"with hush!"_s, u"hush!"_s);
        extra("-p in one word behind others", {u"-vxphush!"_s}, u"with hush!"_s, u"hush!"_s);
        extra("an option's beginning", {u"--video-pass"_s, u"hush!"_s}, u"with hush!"_s, u"hush!"_s);
        extra("header", {u"--add-headers"_s, u"Authorization: Bearer XYZ1"_s}, u"sent Bearer XYZ1"_s,
              u"XYZ1"_s);
        extra("header, alone", {u"--add-header"_s, u"X-Thing: Bearer XYZ1"_s}, u"sent XYZ1"_s, u"XYZ1"_s);
        extra("ffmpeg's header", {u"--downloader-args"_s, u"ffmpeg_i:-headers X-Thing:XYZ1"_s},
              u"args -headers X-Thing:XYZ1"_s, u"XYZ1"_s);
        extra("another proxy", {u"--geo-verification-proxy=http://a:hush!@h"_s}, u"with hush!"_s, u"hush!"_s);

        source("source's password", u"http://bob:hunter2pass@h/{ytid}.m4a"_s,
               u"[generic] Extracting URL: http://bob:hunter2pass@h/x.m4a"_s, u"hunter2pass"_s);
        source("source's password, as it is sent", u"http://bob:hunter2pass@h/{ytid}.m4a"_s,
               u"sent Basic Ym9iOmh1bnRlcjJwYXNz"_s, u"Ym9iOmh1bnRlcjJwYXNz"_s);
        source("source's user is a token", u"http://ghp_0123456@h/{ytid}.m4a"_s,
               u"at http://ghp_0123456@h/x"_s, u"ghp_0123456"_s);
        source("source's query", u"http://h/{ytid}.m4a?a=1&key=k3y7"_s, u"at http://h/x.m4a?a=1&key=k3y7"_s,
               u"k3y7"_s);
        source("source's query, elsewhere", u"http://h/{ytid}.m4a?token=t0k3n-t0k3n"_s, u"with t0k3n-t0k3n"_s,
               u"t0k3n-t0k3n"_s);
        source("source's query, decoded", u"http://h/{ytid}.m4a?token=t0k3n%2Ft0k3n"_s, u"with t0k3n/t0k3n"_s,
               u"t0k3n/t0k3n"_s);

        source("any authorization", tube, u"Authorization: Basic QWxhZGRpbg=="_s, u"QWxh"_s);
        source("any authorization, in what was sent", tube,
               u"send: b'GET / HTTP/1.1\\r\\nAuthorization: Bearer abc\\r\\n'"_s, u"abc"_s);
        source("any cookie", tube, u"Cookie: SID=abc"_s, u"abc"_s);
        source("any token", tube, u"x-goog-visitor-token: abc"_s, u"abc"_s);
        source("a cookie for ffmpeg", tube, u"-cookies 'SID=abc; path=/; domain=.h;"_s, u"abc"_s);
    }

    void areBlottedOut()
    {
        QFETCH(FetchSettings, settings);
        QFETCH(QString, source);
        QFETCH(QString, line);
        QFETCH(QString, secret);
        const Secrets secrets(settings, Source(source));
        const QString shown = secrets.blotted(line);
        QVERIFY2(!shown.contains(secret) && shown.contains(u"•••"_s), qUtf8Printable(shown));
        QCOMPARE(secrets.blotted(u"nothing of that"_s), u"nothing of that"_s);
    }

    void valuesOfCookies()
    {
        Secrets secrets(FetchSettings(), Source{});
        secrets.addCookies("# Netscape HTTP Cookie File\n\n"
                           ".youtube.com\tTRUE\t/\tTRUE\t1799999999\tSID\tSECRETCOOKIE123\r\n"
                           ".youtube.com\tTRUE\t/\tTRUE\t0\tlang\tvideo\n"
                           "half\ta\tline");
        QCOMPARE(secrets.blotted(u"sent SECRETCOOKIE123 for a video"_s), u"sent ••• for a video"_s);
    }

    /// Else the reason of a failure would not be understood.
    void ordinaryWordsStay_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("bot") << u"ERROR: [youtube] x: Sign in to confirm you’re not a bot. Use --cookies"_s;
        QTest::newRow("address")
            << u"[youtube] Extracting URL: https://www.youtube.com/watch?v=-0RWZT-miFs"_s;
        QTest::newRow("cookies") << u"ERROR: failed to load cookies: x"_s;
        QTest::newRow("PO token") << u"WARNING: [youtube] a PO Token was not provided: formats are skipped"_s;
    }

    void ordinaryWordsStay()
    {
        QFETCH(QString, line);
        QCOMPARE(Secrets(FetchSettings(), Source{}).blotted(line), line);
    }
};

QTEST_APPLESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
