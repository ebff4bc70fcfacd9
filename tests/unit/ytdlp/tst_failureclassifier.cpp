#include "ytdlp/failureclassifier.h"

#include "support/testmain.h"

#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;

class TestFailureClassifier final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classifies_data();
    void classifies();
    void noRuleHidesAnother();
    void theErrorGoesBeforeTheRest();
    void saysWhatHelps_data();
    void saysWhatHelps();
    void tellsWhenItIsShown_data();
    void tellsWhenItIsShown();
    void sameCauseSameSentence();
    void unknownErrorsAreQuoted();
    void unknownErrorsAreGrouped_data();
    void unknownErrorsAreGrouped();
    void whatWasSaidOnceHoldsForLaterJobs();
    void whatWasSaidOnceOfAVideoHoldsForThatVideo_data();
    void whatWasSaidOnceOfAVideoHoldsForThatVideo();
    void saysWhyCookiesDidNotHelp();
    void aServersWordsDoNotAccuseThisComputer_data();
    void aServersWordsDoNotAccuseThisComputer();
    void readsVerboseLogs();
};

void TestFailureClassifier::classifies_data()
{
    QTest::addColumn<QString>("lines");
    QTest::addColumn<FailureClass>("expected");
    QTest::addColumn<QString>("said"); // a part of the sentence
    using enum FailureClass;
    const auto row = [](const char *name, const QString &lines, FailureClass expected,
                        const QString &said = {}) { QTest::newRow(name) << lines << expected << said; };

    row("bot", u"ERROR: [youtube] x: Sign in to confirm you\u2019re not a bot. Use --cookies-from-browser"_s,
        RateLimit, u"not a bot"_s);
    row("bot, plain apostrophe", u"ERROR: [youtube] x: Sign in to confirm you're not a bot."_s, RateLimit);
    row("bot, apostrophe lost", u"ERROR: [youtube] x: Sign in to confirm youre not a bot."_s, RateLimit);
    row("begins like a permanent one",
        u"ERROR: [youtube] x: Video unavailable. This content isn\u2019t available, try again later. The "
        u"current session "
        "has been rate-limited by YouTube for up to an hour."_s,
        RateLimit);
    row("cause in the warning",
        u"WARNING: [youtube] Unable to download API page: HTTP Error 429: Too Many Requests\nERROR: "
        u"[youtube] x: Failed "
        "to extract any player response; please report this issue"_s,
        RateLimit);
    row("429 of ffmpeg",
        u"[https @ 0x1] HTTP error 429 Too Many Requests\nERROR: ffmpeg exited with code 1"_s, RateLimit);
    row("captcha", u"ERROR: [youtube] x: YouTube is requiring a captcha challenge before playback"_s,
        RateLimit);
    row("address blocked",
        u"ERROR: [youtube] x: All player responses are invalid. Your IP is likely being blocked by Youtube"_s,
        RateLimit);

    row("private",
        u"ERROR: [youtube] x: Private video. Sign in if you've been granted access to this video"_s,
        Permanent, u"private"_s);
    row("removed by uploader",
        u"ERROR: [youtube] x: Video unavailable. This video has been removed by the uploader"_s, Permanent,
        u"removed"_s);
    row("removed for terms",
        u"ERROR: [youtube] x: This video has been removed for violating YouTube's Terms of Service"_s,
        Permanent, u"removed"_s);
    row("account closed",
        u"ERROR: [youtube] x: Video unavailable. This video is no longer available because the YouTube "
        u"account "
        "associated with this video has been terminated."_s,
        Permanent, u"account"_s);
    row("copyright",
        u"ERROR: [youtube] x: Video unavailable. This video is no longer available due to a copyright claim by Y"_s,
        Permanent, u"copyright"_s);
    row("unavailable", u"ERROR: [youtube] x: Video unavailable"_s, Permanent, u"not available"_s);
    row("members",
        u"ERROR: [youtube] x: Join this channel to get access to members-only content like this video"_s,
        Permanent, u"members"_s);
    row("memory, named", u"MemoryError"_s, Transient, u"memory"_s);
    row("memory of ffmpeg", u"[matroska @ 0x1] Cannot allocate memory"_s, Transient, u"memory"_s);
    row("too large", u"av_interleaved_write_frame(): File too large"_s, BadMedia, u"larger"_s);
    row("drm", u"ERROR: [youtube] x: This video is DRM protected"_s, Permanent);
    row("page 404",
        u"ERROR: [generic] Unable to download webpage: HTTP Error 404: Not Found (caused by <HTTPError 404: "
        u"Not "
        "Found>)"_s,
        Permanent, u"no such video"_s);
    row("media 404",
        u"[http @ 0x559d5297b100] HTTP error 404 Not Found\nhttp://127.0.0.1:48045/bad.wav: Server returned "
        u"404 Not "
        "Found\nERROR: ffmpeg exited with code 1"_s,
        Permanent);
    row("unsupported", u"ERROR: Unsupported URL: http://127.0.0.1/x"_s, Permanent);

    row("age",
        u"ERROR: [youtube] x: Sign in to confirm your age. This video may be inappropriate for some users."_s,
        Conditional, u"age"_s);
    row("country",
        u"ERROR: [youtube] x: Video unavailable. The uploader has not made this video available in your "
        u"country\nYou "
        "might want to use a VPN or a proxy server (with --proxy) to workaround."_s,
        Conditional, u"country"_s);
    row("country, claim",
        u"ERROR: [youtube] x: Video unavailable. This video contains content from Z, who has blocked it in "
        u"your country "
        "on copyright grounds"_s,
        Conditional, u"country"_s);
    row("live", u"ERROR: [youtube] x: This live event will begin in 3 days."_s, Later);
    row("premiere", u"ERROR: [youtube] x: Premieres in 27 hours"_s, Later);

    row("page 500", u"ERROR: [generic] Unable to download webpage: HTTP Error 500: Internal Server Error"_s,
        Transient);
    row("media 503",
        u"http://h/x: Server returned 5XX Server Error reply\nERROR: ffmpeg exited with code 1"_s, Transient);
    row("media 403",
        u"https://h/x: Server returned 403 Forbidden (access denied)\nERROR: ffmpeg exited with code 1"_s,
        Transient, u"403"_s);
    row("refused",
        u"ERROR: [generic] Unable to download webpage: [Errno 111] Connection refused (caused by "
        u"TransportError('[Errno "
        "111] Connection refused'))"_s,
        Transient, u"does not accept the connection"_s);
    row("no such host",
        u"ERROR: [generic] Unable to download webpage: [Errno -2] Name or service not known (caused by "
        "TransportError('[Errno -2] Name or service not known'))"_s,
        Transient, u"cannot be found"_s);
    row("ffmpeg finds no host",
        u"[tcp @ 0x55d305cd3f80] Failed to resolve hostname nohost.invalid: Name or service not known\n"
        "http://nohost.invalid/x.wav: Input/output error\nERROR: ffmpeg exited with code 1"_s,
        Transient, u"cannot be found"_s);
    row("timed out", u"ERROR: [youtube] x: Unable to download API page: The read operation timed out"_s,
        Transient);
    row("no player response", u"ERROR: [youtube] x: Failed to extract any player response"_s, Transient);
    row("warning is not the cause",
        u"WARNING: [youtube] No supported JavaScript runtime could be found.\nERROR: [youtube] x: Private video"_s,
        Permanent, u"private"_s);

    row("a page not found is not the video",
        u"WARNING: [youtube] Unable to download webpage: HTTP Error 404: Not Found\nERROR: [youtube] x: Hm"_s,
        Unknown, u"Hm"_s);

    row("disk full",
        u"av_interleaved_write_frame(): No space left on device\nError writing trailer of /x: No space left "
        u"on "
        "device\nERROR: ffmpeg exited with code 1"_s,
        Environment, u"full"_s);
    row("disk full for yt-dlp", u"ERROR: unable to write data: [Errno 28] No space left on device"_s,
        Environment);
    row("may not write", u"ERROR: unable to open for writing: [Errno 13] Permission denied: 'x.part'"_s,
        Environment);
    row("no ffmpeg",
        u"ERROR: You have requested downloading the video partially, but ffmpeg is not installed. Aborting"_s,
        Environment, u"ffmpeg"_s);
    row("ffmpeg has gone",
        u"WARNING: ffmpeg-location /x/ffmpeg does not exist! Continuing without ffmpeg\nERROR: 'NoneType' "
        u"object has no "
        "attribute 'decode'"_s,
        Environment, u"ffmpeg"_s);
    row("no such option",
        u"Usage: yt-dlp [OPTIONS] URL [URL...]\n\nyt-dlp: error: no such option: --plugin-dirs"_s,
        Environment);
    row("ffmpeg's option", u"Unrecognized option 'stats_period'.\nERROR: ffmpeg exited with code 1"_s,
        Environment);
    row("JavaScript",
        u"WARNING: [youtube] No supported JavaScript runtime could be found.\nERROR: [youtube] x: Requested "
        u"format is not available"_s,
        Environment, u"deno"_s);

    // Printed at every start of an old yt-dlp: one odd clip must not stop all the others for it.
    row("old", u"WARNING: Your yt-dlp version (2025.04.30) is older than 90 days!\nERROR: [youtube] x: Hm"_s,
        Unknown, u"Hm"_s);
    row("no sound there",
        u"Output file is empty, nothing was encoded (check -ss / -t / -frames parameters if "
        u"used)\n[download] 100% of "
        "477.00B in 00:00:00 at 5.54KiB/s"_s,
        BadMedia);
    row("no cause given", u"ERROR: ffmpeg exited with code 1"_s, Unknown);
    row("nothing said", QString(), Unknown);
    row("a title is no cause",
        u"[download] Destination: unfinished/Private video.mka\n[info] x: Downloading 1 format(s): 140"_s,
        Unknown);
}

void TestFailureClassifier::classifies()
{
    QFETCH(QString, lines);
    QFETCH(FailureClass, expected);
    QFETCH(QString, said);
    const ytdlp::Diagnosis diagnosis = ytdlp::FailureClassifier().classify(lines.split(u'\n'));
    QCOMPARE(keyword(diagnosis.failure), keyword(expected));
    QVERIFY2(diagnosis.text().contains(said), qPrintable(diagnosis.text()));
    QVERIFY(diagnosis.sentence.endsWith(u'.') || expected == FailureClass::Unknown);
}

void TestFailureClassifier::noRuleHidesAnother()
{
    const ytdlp::FailureClassifier classifier;
    for (const ytdlp::FailureRule &rule : ytdlp::builtInFailureRules()) {
        for (const QString &text : rule.texts) {
            // These tell why an error stands that cookies would have cured.
            const bool isExcuse = rule.explains.contains(u"cookies"_s);
            const auto diagnosis = classifier.classify(
                isExcuse ? QStringList{u"WARNING: "_s + text, u"ERROR: Sign in to go on"_s}
                         : QStringList{u"ERROR: "_s + text});
            QVERIFY2(diagnosis.sentence == rule.sentence, qUtf8Printable(text));
            QCOMPARE(diagnosis.help, rule.help);
        }
    }
}

void TestFailureClassifier::theErrorGoesBeforeTheRest()
{
    const ytdlp::FailureClassifier classifier;
    // A reconnection that went well is no cause when yt-dlp names another.
    QCOMPARE(classifier
                 .classify({u"[https @ 0x1] Will reconnect at 4096, error=Connection reset by peer."_s,
                            u"ERROR: unable to rename file: [Errno 28] No space left on device"_s})
                 .failure,
             FailureClass::Environment);
    // A title between the two says nothing.
    QCOMPARE(classifier
                 .classify({u"[youtube] x: Downloading webpage"_s, u"[info] Private video: 1 format(s)"_s,
                            u"https://h/x: Server returned 5XX Server Error reply"_s,
                            u"ERROR: ffmpeg exited with code 1"_s})
                 .failure,
             FailureClass::Transient);
}

void TestFailureClassifier::saysWhatHelps_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<ytdlp::Remedy>("expected");
    using enum ytdlp::Remedy;
    QTest::newRow("bot") << u"ERROR: [youtube] x: Sign in to confirm you're not a bot"_s << Cookies;
    QTest::newRow("country") << u"ERROR: [youtube] x: It is not available in your country"_s << Proxy;
    QTest::newRow("403") << u"ERROR: [youtube] x: HTTP Error 403: Forbidden"_s << Tools;
    QTest::newRow("disk") << u"ERROR: [Errno 28] No space left on device"_s << Folder;
    QTest::newRow("network") << u"ERROR: Network is unreachable"_s << Network;
    QTest::newRow("private") << u"ERROR: [youtube] x: Private video"_s << None;
}

void TestFailureClassifier::saysWhatHelps()
{
    QFETCH(QString, line);
    QFETCH(ytdlp::Remedy, expected);
    QCOMPARE(ytdlp::FailureClassifier().classify({line}).help, expected);
}

void TestFailureClassifier::tellsWhenItIsShown_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("hours");
    QTest::newRow("days") << u"ERROR: [youtube] x: This live event will begin in 3 days."_s << 3 * 24 + 1;
    QTest::newRow("hours") << u"ERROR: [youtube] x: Premieres in 27 hours"_s << 28;
    QTest::newRow("minutes") << u"ERROR: [youtube] x: Premieres in 60 minutes"_s << 2;
    QTest::newRow("one week") << u"ERROR: [youtube] x: Premieres in 1 week"_s << 7 * 24 + 1;
    QTest::newRow("months") << u"ERROR: [youtube] x: Premieres in 2 months"_s << 60 * 24 + 1;
    QTest::newRow("soon") << u"ERROR: [youtube] x: This live event will begin in a few moments."_s << 1;
    QTest::newRow("unsaid") << u"ERROR: [youtube] x: Premieres in due time"_s << 24;
    QTest::newRow("another class") << u"ERROR: [youtube] x: Private video in 3 days"_s << 0;
}

void TestFailureClassifier::tellsWhenItIsShown()
{
    QFETCH(QString, line);
    QFETCH(int, hours);
    QCOMPARE(ytdlp::FailureClassifier().classify({line}).later, std::chrono::hours(hours));
}

void TestFailureClassifier::sameCauseSameSentence()
{
    // The window groups by it.
    const ytdlp::FailureClassifier classifier;
    QCOMPARE(classifier.classify({u"ERROR: [youtube] aaaaaaaaaaa: Private video"_s}).sentence,
             classifier.classify({u"ERROR: [youtube] bbbbbbbbbbb: This video is private"_s}).sentence);
}

void TestFailureClassifier::unknownErrorsAreQuoted()
{
    const ytdlp::FailureClassifier classifier;
    QVERIFY(classifier.classify({u"ERROR: [youtube] x: Something quite new"_s})
                .sentence.contains(u"Something quite new"_s));
    QVERIFY(classifier.classify({u"ERROR: "_s + QString(5000, u'x')}).sentence.size() < 400);
    QCOMPARE(
        classifier
            .classify({u"Traceback (most recent call last):"_s, u"  File \"x.py\", line 5, in <module>"_s,
                       u"    raise OddError(1)"_s, u"utils.OddError: too odd"_s})
            .text(),
        u"yt-dlp reports: utils.OddError: too odd"_s);
}

void TestFailureClassifier::unknownErrorsAreGrouped_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const QString &one, const QString &other, const QString &said) {
        QTest::newRow(name) << u"ERROR: "_s + one << u"ERROR: "_s + other << u"yt-dlp reports: "_s + said;
    };
    row("id", u"[youtube] -0RWZT-miFs: Odd"_s, u"[youtube] jNQXAC9IVRw: Odd"_s, u"Odd"_s);
    row("id again", u"[youtube] -0RWZT-miFs: The video -0RWZT-miFs is odd"_s,
        u"[youtube] jNQXAC9IVRw: The video jNQXAC9IVRw is odd"_s, u"The video … is odd"_s);
    row("address", u"Odd thing at https://h.example/a?b=1 here"_s, u"Odd thing at http://h.example/c here"_s,
        u"Odd thing at … here"_s);
    row("quoted address", u"odd 'ftp://h.example/a' there"_s, u"odd 'ftp://h.example/b' there"_s,
        u"odd '…' there"_s);
    row("place", u"[Errno 7] Odd: '/srv/one/Y-0RWZT-miFs_30_40.mka.part'"_s, u"[Errno 7] Odd: '/tmp/x'"_s,
        u"[Errno 7] Odd: '…'"_s);
    row("clip", u"odd file Y-0RWZT-miFs_30_40.mka"_s, u"odd file YjNQXAC9IVRw_0_9.5.mka"_s, u"odd file …"_s);
    row("number", u"Odd: <object at 0x7f12ab> after 1234567 bytes"_s,
        u"Odd: <object at 0x55aa01> after 99999 bytes"_s, u"Odd: <object at …> after … bytes"_s);
    row("reason in lines", u"[youtube] aaaaaaaaaaa: Odd\nsecond line"_s,
        u"[youtube] bbbbbbbbbbb: Odd\nother line"_s, u"Odd"_s);
    row("no id", u"[Errno 13] Odd: thing"_s, u"[Errno 13] Odd: thing"_s, u"[Errno 13] Odd: thing"_s);
    row("short number", u"odd code 187"_s, u"odd code 187"_s, u"odd code 187"_s);
}

void TestFailureClassifier::unknownErrorsAreGrouped()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QFETCH(QString, said);
    const ytdlp::FailureClassifier classifier;
    QCOMPARE(classifier.classify(one.split(u'\n')).text(), said);
    QCOMPARE(classifier.classify(other.split(u'\n')).text(), said);
}

void TestFailureClassifier::whatWasSaidOnceHoldsForLaterJobs()
{
    const ytdlp::FailureClassifier classifier;
    const QString runtime =
        u"WARNING: [youtube] No supported JavaScript runtime could be found. Only deno is"_s;
    QVERIFY(classifier.isStanding(runtime));
    QVERIFY(classifier.isStanding(u"WARNING: [youtube] [jsc] Remote component challenge solver script (deno) "
                                  "was skipped."_s));
    QVERIFY(!classifier.isStanding(u"WARNING: [youtube] Unable to download API page: HTTP Error 503: X"_s));
    QVERIFY(!classifier.isStanding(u"[youtube] x: No supported JavaScript runtime could be found"_s));

    const QString formats = u"ERROR: [youtube] x: Requested format is not available"_s;
    QCOMPARE(classifier.classify({formats}).failure, FailureClass::Transient);
    const auto later = classifier.classify({formats}, {runtime});
    QCOMPARE(later.failure, FailureClass::Environment);
    QCOMPARE(later.cause, runtime);
    // It explains this alone.
    for (const QString &error : {u"ERROR: [youtube] x: Private video"_s, u"ERROR: [youtube] x: Odd"_s,
                                 u"ERROR: ffmpeg exited with code 1"_s,
                                 u"ERROR: [youtube] x: Failed to extract any player response"_s})
        QVERIFY2(classifier.classify({error}, {runtime}).failure != FailureClass::Environment,
                 qUtf8Printable(error));
    QCOMPARE(classifier.classify({}, {runtime}).failure, FailureClass::Unknown);
}

void TestFailureClassifier::whatWasSaidOnceOfAVideoHoldsForThatVideo_data()
{
    QTest::addColumn<QString>("warning"); // behind the id of the video
    QTest::addColumn<FailureClass>("expected");
    using enum FailureClass;
    QTest::newRow("no addresses")
        << u"Some mweb client https formats have been skipped as they are missing a URL. YouTube may have"_s
        << Transient;
    QTest::newRow("copy-protected")
        << u"Some web client https formats have been skipped as they are DRM protected. "_s << Permanent;
    QTest::newRow("copy protection on all videos")
        << u"Some tv client https formats have been skipped as they are DRM protected. The current session "
           "may have an experiment that applies DRM to all videos on the tv client."_s
        << Transient;
    QTest::newRow("a challenge") << u"n challenge solving failed: Some formats may be missing."_s
                                 << Environment;
    QTest::newRow("an old yt-dlp") << u"nsig extraction failed: Some formats may be missing"_s << Transient;
}

void TestFailureClassifier::whatWasSaidOnceOfAVideoHoldsForThatVideo()
{
    QFETCH(QString, warning);
    QFETCH(FailureClass, expected);
    const ytdlp::FailureClassifier classifier;
    const QString said = u"WARNING: [youtube] -0RWZT-miFs: "_s + warning;
    QVERIFY(classifier.isStanding(said));
    QVERIFY(!classifier.isStanding(u"WARNING: [youtube] "_s + warning)); // it names none
    const QString error = u"ERROR: [youtube] %1: Requested format is not available."_s;
    const auto same = classifier.classify({error.arg(u"-0RWZT-miFs"_s)}, {said});
    QCOMPARE(same.failure, expected);
    QCOMPARE(same.cause, said);
    const auto other = classifier.classify({error.arg(u"aQvGIIdgFDM"_s)}, {said});
    QCOMPARE(other.failure, FailureClass::Transient);
    QCOMPARE(other.cause, error.arg(u"aQvGIIdgFDM"_s));
}

void TestFailureClassifier::saysWhyCookiesDidNotHelp()
{
    const ytdlp::FailureClassifier classifier;
    const QString expired = u"WARNING: [youtube] The provided YouTube account cookies are no longer valid."_s;
    const auto age = classifier.classify({expired, u"ERROR: [youtube] x: Sign in to confirm your age"_s});
    QCOMPARE(age.failure, FailureClass::Conditional); // the error's own
    QVERIFY2(age.text().contains(u"expired"_s), qUtf8Printable(age.text()));
    QCOMPARE(age.cause, u"ERROR: [youtube] x: Sign in to confirm your age"_s);
    const auto gone = classifier.classify({expired, u"ERROR: [youtube] x: Private video"_s});
    QCOMPARE(gone.failure, FailureClass::Permanent);
    QVERIFY2(!gone.text().contains(u"cookies"_s), qUtf8Printable(gone.text()));
}

void TestFailureClassifier::aServersWordsDoNotAccuseThisComputer_data()
{
    QTest::addColumn<QString>("lines");
    const auto row = [](const char *name, const QString &lines) { QTest::newRow(name) << lines; };
    row("reason of the page",
        u"ERROR: [generic] c: Unable to download webpage: HTTP Error 500: No space left on "
        "device (caused by <HTTPError 500: No space left on device>)"_s);
    row("reason of the sound",
        u"[https @ 0x1] HTTP error 500 Permission denied\nhttps://h/x: Server returned 5XX Server Error "
        "reply\nERROR: ffmpeg exited with code 1"_s);
    row("address", u"ERROR: Unsupported URL: http://h/?q=read-only%20file%20system&read-only file system"_s);
    row("redirected sound",
        u"http://h/no_such_option/ffmpeg-not-found: Server returned 404 Not Found\nERROR: "
        "ffmpeg exited with code 1"_s);
    row("kind", u"ERROR: The extracted extension ('disk quota exceeded') is unusual and will be skipped for "
                "safety reasons."_s);
    row("title", u"[download] Destination: No space left on device.mka\nERROR: odd"_s);
}

void TestFailureClassifier::aServersWordsDoNotAccuseThisComputer()
{
    QFETCH(QString, lines);
    const auto diagnosis = ytdlp::FailureClassifier().classify(lines.split(u'\n'));
    QVERIFY2(diagnosis.failure != FailureClass::Environment, qUtf8Printable(diagnosis.text()));
}

void TestFailureClassifier::readsVerboseLogs()
{
    // The frames of a traceback quote yt-dlp's own source.
    const auto diagnosis = ytdlp::FailureClassifier().classify(
        {u"[debug] Command-line config: ['-v', '--cookies', 'no space left on device']"_s,
         u"ERROR: [youtube] x: Odd"_s,
         u"  File \"/usr/lib/python3/dist-packages/yt_dlp/extractor/common.py\", line 743, in extract"_s,
         u"    self.report_error(f'unable to open for writing: {err}')"_s,
         u"    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^"_s, u"Traceback (most recent call last):"_s,
         u"    raise ExtractorError('This video is DRM protected')"_s});
    QCOMPARE(diagnosis.failure, FailureClass::Unknown);
    QCOMPARE(diagnosis.text(), u"yt-dlp reports: Odd"_s);
}

QTEST_GUILESS_MAIN(TestFailureClassifier)
#include "tst_failureclassifier.moc"
