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
