#include "ytdlp/failureclassifier.h"

#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;

class TestFailureClassifier final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classifies_data();
    void classifies();
    void everyKnownTextHasItsClass_data();
    void everyKnownTextHasItsClass();
    void noRuleHidesAnother();
    void theErrorGoesBeforeTheRest();
    void saysWhatHelps_data();
    void saysWhatHelps();
    void tellsWhenItIsShown_data();
    void tellsWhenItIsShown();
    void sameCauseSameSentence();
    void unknownErrorsAreQuoted();
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
        RateLimit, u"robot"_s);
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
        Transient, u"broke off"_s);
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
        Transient);

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
        u"WARNING: [youtube] No supported JavaScript runtime could be found.\nERROR: [youtube] x: Hm"_s,
        Environment, u"deno"_s);

    // Printed at every start of an old yt-dlp: one odd clip must not stop all the others for it.
    row("old", u"WARNING: Your yt-dlp version (2025.04.30) is older than 90 days!\nERROR: [youtube] x: Hm"_s,
        Unknown, u"too old"_s);
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
    QCOMPARE(word(diagnosis.failure), word(expected));
    QVERIFY2(diagnosis.sentence.contains(said), qPrintable(diagnosis.sentence));
    QVERIFY(diagnosis.sentence.endsWith(u'.') || expected == FailureClass::Unknown);
}

/// Every text of the taxonomy that the rules were made from: real output of yt-dlp and ffmpeg, yt-dlp's
/// source, and reasons of YouTube that yt-dlp passes through.
void TestFailureClassifier::everyKnownTextHasItsClass_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<FailureClass>("expected");
    using enum FailureClass;
    const auto rows = [](FailureClass expected, const QStringList &lines) {
        for (const QString &line : lines)
            QTest::newRow(qUtf8Printable(line.left(120))) << line << expected;
    };
    const auto youTube = [&rows](FailureClass expected, const QStringList &reasons) {
        QStringList lines;
        for (const QString &reason : reasons)
            lines += u"ERROR: [youtube] -0RWZT-miFs: "_s + reason;
        rows(expected, lines);
    };
    const auto ffmpeg = [&rows](FailureClass expected, const QStringList &said) {
        QStringList lines;
        for (const QString &each : said)
            lines += each + u"\nERROR: ffmpeg exited with code 1"_s;
        rows(expected, lines);
    };

    youTube(
        RateLimit,
        {u"Sign in to confirm you\u2019re not a bot. Use --cookies-from-browser or --cookies for the "
         "authentication."_s,
         u"Video unavailable. This content isn\u2019t available, try again later"_s,
         u"Video unavailable. This content isn't available, try again later. The current session has been "
         "rate-limited by YouTube for up to an hour."_s,
         u"Unable to download API page: HTTP Error 429: Too Many Requests"_s,
         u"Video unavailable. YouTube is requiring a captcha challenge before playback"_s,
         u"All player responses are invalid. Your IP is likely being blocked by Youtube"_s});
    rows(RateLimit,
         {u"WARNING: [youtube] The provided YouTube account cookies are no longer valid. They have likely "
          u"been "
          "rotated in the browser as a security measure.\nERROR: [youtube] x: Please sign in"_s,
          u"ERROR: [generic] Unable to download webpage: HTTP Error 429: Too Many Requests (caused by "
          "<HTTPError 429: Too Many Requests>)"_s});

    youTube(
        Permanent,
        {u"Private video. Sign in if you've been granted access to this video. Use --cookies-from-browser or "
         "--cookies for the authentication"_s,
         u"Video unavailable. This video has been removed by the uploader"_s,
         u"This video has been removed for violating YouTube's Community Guidelines"_s,
         u"Video unavailable. This video is no longer available because the YouTube account associated with "
         "this video has been terminated."_s,
         u"Video unavailable. This video is no longer available due to a copyright claim by Somebody"_s,
         u"Video unavailable. This video is no longer available because the uploader has closed their account"_s,
         u"Video unavailable"_s, u"This video is not available"_s, u"This video does not exist"_s,
         u"Join this channel to get access to members-only content like this video, and other exclusive perks."_s,
         u"This video is available to this channel's members on level: Gold (or any higher level). Join this "
         "channel to get access to members-only content and other exclusive perks."_s,
         u"This video is only available to Music Premium members"_s,
         u"This video requires payment to watch"_s, u"This video is DRM protected"_s});
    rows(Permanent,
         {u"ERROR: Unsupported URL: http://127.0.0.1:1/x"_s,
          u"ERROR: [generic] 'x' is not a valid URL. Set --default-search \"ytsearch\""_s,
          u"ERROR: [youtube:truncated_id] abc: Incomplete YouTube ID abc. URL x looks truncated."_s});

    youTube(
        Conditional,
        {u"Sign in to confirm your age. This video may be inappropriate for some users. Use --cookies"_s,
         u"This video is age-restricted and only available on YouTube"_s,
         u"This video may be inappropriate for some users."_s,
         u"Video unavailable. This video contains content from SME, who has blocked it in your country on "
         "copyright grounds"_s,
         u"The uploader has not made this video available in your country\nYou might want to use a VPN or a "
         "proxy server (with --proxy) to workaround."_s,
         u"This video is only available for registered users. Use --cookies"_s,
         u"Login details are needed to download this content"_s});
    youTube(Later, {u"This live event will begin in 3 days."_s, u"Premieres in 27 hours"_s,
                    u"This live event will begin in a few moments."_s, u"Premiere will begin shortly"_s});

    youTube(
        Transient,
        {u"Unable to download API page: HTTP Error 503: Service Unavailable"_s,
         u"Unable to download API page: HTTP Error 403: Forbidden"_s,
         u"Failed to extract any player response; please report this issue on  https://github.com/yt-dlp"_s,
         u"Requested format is not available. Use --list-formats for a list of available formats"_s,
         u"No video formats found!; please report this issue"_s,
         u"An extractor error has occurred. (caused by KeyError('INNERTUBE_CONTEXT'))"_s});
    rows(
        Transient,
        {u"ERROR: [generic] Unable to download webpage: HTTP Error 500: Internal Server Error"_s,
         u"ERROR: [generic] Unable to download webpage: The read operation timed out"_s,
         u"ERROR: [generic] Unable to download webpage: Remote end closed connection without response"_s,
         u"ERROR: A network error has occurred. (caused by IncompleteRead('8192 bytes read, 4096 more "
         "expected'))"_s,
         u"ERROR: content too short (expected 4096 bytes and served 10)"_s,
         u"ERROR: Did not get any data blocks"_s, u"ERROR: The downloaded file is empty"_s,
         u"ERROR: fragment 3 not found, unable to continue"_s,
         u"ERROR: [download] Got error: HTTP Error 500. Giving up after 10 retries"_s,
         u"ERROR: [generic] Unable to download webpage: <urlopen error [Errno -3] Temporary failure in name "
         "resolution>"_s,
         u"ERROR: [generic] Unable to download webpage: Failed to resolve 'x.invalid' ([Errno -2] getaddrinfo)"_s});
    ffmpeg(Transient,
           {u"https://h/x: Server returned 403 Forbidden (access denied)"_s,
            u"https://h/x: Server returned 4XX Client Error, but not one of 40{0,1,3,4}"_s,
            u"https://h/x: Server returned 5XX Server Error reply"_s,
            u"https://rr1---sn-4g5e6nez.googlevideo.com/videoplayback?id=1: Server returned 404 Not Found"_s,
            u"[https @ 0x1] HTTP error 404 Not Found\n[in#0 @ 0x2] Error opening input: Server returned 404 "
            u"Not Found\n"
            "Error opening input file https://rr1---sn-4g5e6nez.googlevideo.com/videoplayback?id=1.\n"
            "Error opening input files: Server returned 404 Not Found"_s,
            u"https://h/x: Connection timed out"_s,
            u"[tls @ 0x1] Error in the pull function.\nhttps://h/x: Input/output error"_s,
            u"[tcp @ 0x1] Connection to tcp://h:443 failed: Connection refused"_s,
            u"[tcp @ 0x1] Failed to resolve hostname h: Name or service not known"_s,
            u"[http @ 0x1] Stream ends prematurely at 4096, should be 160000"_s,
            u"[mov,mp4 @ 0x1] stream 0, offset 0x8000: partial file"_s,
            u"https://h/x: Connection reset by peer"_s,
            u"https://h/x: Invalid data found when processing input"_s});

    ffmpeg(Environment,
           {u"av_interleaved_write_frame(): No space left on device"_s, u"x.mka: Permission denied"_s,
            u"x.mka: Read-only file system"_s,
            u"Unrecognized option 'request_size'.\nError splitting the argument list: Option not found"_s});
    rows(
        Environment,
        {u"ERROR: You have requested downloading the video partially, but ffmpeg is not installed. Aborting"_s,
         u"ERROR: Postprocessing: ffprobe and ffmpeg not found. Please install or provide the path"_s,
         u"ERROR: ffmpeg not found. Please install or provide the path using --ffmpeg-location"_s,
         u"ERROR: unable to write data: [Errno 28] No space left on device"_s,
         u"ERROR: unable to create directory [Errno 13] Permission denied: 'x'"_s,
         u"ERROR: unable to open for writing: [Errno 30] Read-only file system: 'x.part'"_s,
         u"WARNING: [youtube] No supported JavaScript runtime could be found. Only deno is enabled\nERROR: odd"_s,
         u"WARNING: [youtube] x: n challenge solving failed: Some formats may be missing\nERROR: odd"_s,
         u"WARNING: [youtube] Remote component challenge solver script (deno) was skipped.\nERROR: odd"_s,
         u"Usage: yt-dlp [OPTIONS] URL [URL...]\n\nyt-dlp: error: no such option: --js-runtimes"_s,
         u"yt-dlp: error: invalid --download-sections time range \"*x\""_s,
         u"ERROR: could not find firefox cookies database in '~/.mozilla/firefox'"_s,
         u"ERROR: failed to load cookies"_s,
         u"ERROR: [generic] Unable to download webpage: ('Unable to connect to proxy', OSError('Tunnel "
         "connection failed: 407'))"_s,
         u"ERROR: [youtube] x: Unable to download API page: [SSL: CERTIFICATE_VERIFY_FAILED] certificate "
         u"verify "
         "failed"_s,
         u"ERROR: No suitable extractor (Youtube) found for URL x"_s});
    ffmpeg(BadMedia,
           {u"Output file #0 does not contain any stream"_s,
            u"Output file is empty, nothing was encoded (check -ss / -t / -frames parameters if used)"_s});
    rows(Unknown, {u"Deprecated Feature: Support for Python version 3.9 has been deprecated.\nERROR: odd"_s,
                   u"ERROR: ffmpeg exited with code 187"_s,
                   u"ERROR: [youtube] x: Something YouTube never said before"_s});
}

void TestFailureClassifier::everyKnownTextHasItsClass()
{
    QFETCH(QString, line);
    QFETCH(FailureClass, expected);
    const ytdlp::Diagnosis diagnosis = ytdlp::FailureClassifier().classify(line.split(u'\n'));
    QCOMPARE(word(diagnosis.failure), word(expected));
    QVERIFY(!diagnosis.sentence.isEmpty());
}

void TestFailureClassifier::noRuleHidesAnother()
{
    const ytdlp::FailureClassifier classifier;
    for (const ytdlp::FailureRule &rule : ytdlp::builtInFailureRules()) {
        for (const QString &text : rule.texts) {
            const auto diagnosis = classifier.classify({u"ERROR: "_s + text});
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
    QTest::addColumn<ytdlp::Help>("expected");
    using enum ytdlp::Help;
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
    QFETCH(ytdlp::Help, expected);
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
}

QTEST_GUILESS_MAIN(TestFailureClassifier)
#include "tst_failureclassifier.moc"
