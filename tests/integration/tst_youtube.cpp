#include "audio/formatter.h"
#include "audio/pcm.h"
#include "download/queue.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"
#include "support/youtubeserver.h"
#include "workerstage.h"

#include <QDir>
#include <QTemporaryDir>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::Bench;
using test::key;
using test::VideoAnswer;
using test::Ytid;
using ytdlp::FetchOutcome;

namespace {

constexpr auto Other = "aQvGIIdgFDM"; ///< a video without trouble, where Ytid has some

} // namespace

/// yt-dlp's own YouTube extractor against a YouTube of our own that says everything that YouTube is known to
/// say.
class TestYouTube final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString missing = m_stage.prepare();
        QVERIFY2(missing.isEmpty(), qUtf8Printable(missing));
        m_stage.reset();
        m_site = std::make_unique<test::YouTubeServer>(m_stage.sound(u"m4a"_s), 60);
        m_bench = std::make_unique<Bench>(options());
    }
    void cleanup() { m_site->takeAnswer(QString::fromLatin1(Ytid)); }
    void cleanupTestCase()
    {
        m_bench.reset();
        QTRY_COMPARE(test::processesIn(m_stage.folder->path()), QList<qint64>());
    }

    void fetches()
    {
        m_site->setAnswer({});
        const FetchOutcome outcome = m_bench->fetch(key(Ytid, 30'000, 40'000));
        VERIFY_FETCHED(outcome);
        QCOMPARE(outcome.formatId, u"140"_s);
        QCOMPARE(outcome.sourceDuration, 60.0);
    }

    void aPlaylistAloneHasItsOwnClock_data()
    {
        QTest::addColumn<quint32>("start");
        QTest::newRow("from the beginning") << 0U;
        QTest::newRow("in the middle") << 33'500U;
    }
    /// What YouTube gives when it keeps its formats to itself: MPEG-TS, whose clock begins at 1.4 s.
    void aPlaylistAloneHasItsOwnClock()
    {
        QFETCH(quint32, start);
        constexpr int Rate = 44'100;
        const QTemporaryDir folder;
        const auto sound = test::noise(60 * Rate, 0.4, 11);
        QVERIFY(test::writePlainWav(folder.filePath(u"sound.wav"_s), sound, Rate, 1));
        QCOMPARE(test::ffmpeg({u"-i"_s, folder.filePath(u"sound.wav"_s), u"-c:a"_s, u"aac"_s, u"-b:a"_s,
                               u"160k"_s, u"-f"_s, u"hls"_s, u"-hls_time"_s, u"6"_s, u"-hls_list_size"_s,
                               u"0"_s, folder.filePath(u"sound.m3u8"_s)}),
                 QByteArray());
        for (const QString &name : QDir(folder.path()).entryList(QDir::Files))
            m_site->serve(u"/hls/"_s + name, test::readFile(folder.filePath(name)));
        m_site->serve(
            u"/hls/all.m3u8"_s,
            "#EXTM3U\n"
            "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"234\",NAME=\"Default\",DEFAULT=YES,URI=\"sound.m3u8\"\n"
            "#EXT-X-STREAM-INF:BANDWIDTH=300000,CODECS=\"mp4a.40.2,avc1.4D400D\",RESOLUTION=426x240,"
            "AUDIO=\"234\"\nvideo.m3u8\n");
        VideoAnswer answer;
        answer.playlist = u"/hls/all.m3u8"_s;
        m_site->setAnswer(answer);
        const FetchOutcome outcome = m_bench->fetch(key(Ytid, start, start + 10'000));
        VERIFY_FETCHED(outcome);

        audio::FormatRequest request;
        request.source = outcome.file;
        request.target = folder.filePath(u"clip.wav"_s);
        request.startMs = start;
        request.endMs = start + 10'000;
        request.isFromBeginning = start == 0;
        VERIFY_OK(audio::formatClip(request));
        const auto clip = audio::readWav(request.target);
        VERIFY_OK(clip);
        QCOMPARE(clip->frames(), qint64{10 * Rate});
        // A player plays from the first packet on, and the encoder's 1,024 samples with it: MPEG-TS cannot
        // say that they do not count.
        const std::size_t first = start * std::size_t{Rate} / 1000;
        for (const std::size_t at : {1, 9}) {
            const double shift =
                test::offsetMs(std::span(sound).subspan(first + at * Rate, Rate / 4),
                               std::span(clip->samples).subspan(at * Rate, Rate / 4), Rate, 40);
            QVERIFY2(std::abs(shift - 1024 * 1000.0 / Rate) <= 0.05, QByteArray::number(shift).constData());
        }
    }

    void everyTextLandsInItsClass_data()
    {
        QTest::addColumn<VideoAnswer>("answer");
        QTest::addColumn<FailureClass>("expected");
        using enum FailureClass;
        const auto row = [](FailureClass expected, const char *name, const VideoAnswer &answer) {
            QTest::newRow(name) << answer << expected;
        };
        const auto says = [&row](FailureClass expected, const QString &status, const QString &reason,
                                 const QString &subreason = {}) {
            VideoAnswer answer;
            answer.status = status;
            answer.reason = reason;
            answer.subreason = subreason;
            row(expected, qUtf8Printable(reason + u' ' + subreason), answer);
        };
        for (const auto &[name, answer] : limits())
            row(RateLimit, name, answer);

        says(Permanent, u"LOGIN_REQUIRED"_s, u"Private video"_s,
             u"Sign in if you've been granted access to this video"_s);
        says(Permanent, u"ERROR"_s, u"Video unavailable"_s, u"This video has been removed by the uploader"_s);
        says(Permanent, u"UNPLAYABLE"_s,
             u"This video has been removed for violating YouTube's Terms of Service"_s);
        says(Permanent, u"ERROR"_s, u"Video unavailable"_s,
             u"This video is no longer available because the YouTube account associated with this video has "
             u"been "
             "terminated."_s);
        says(Permanent, u"UNPLAYABLE"_s, u"Video unavailable"_s,
             u"This video is no longer available due to a copyright claim by Somebody"_s);
        says(Permanent, u"ERROR"_s, u"Video unavailable"_s);
        says(Permanent, u"UNPLAYABLE"_s, u"This video is not available"_s);
        says(
            Permanent, u"UNPLAYABLE"_s,
            u"Join this channel to get access to members-only content like this video, and other exclusive perks."_s);
        says(Permanent, u"UNPLAYABLE"_s, u"This video is only available to Music Premium members"_s);
        says(Permanent, u"UNPLAYABLE"_s, u"This video requires payment to watch"_s);

        says(Conditional, u"LOGIN_REQUIRED"_s, u"Sign in to confirm your age"_s,
             u"This video may be inappropriate for some users."_s);
        says(Conditional, u"UNPLAYABLE"_s, u"Video unavailable"_s,
             u"The uploader has not made this video available in your country."_s);
        says(
            Conditional, u"UNPLAYABLE"_s, u"Video unavailable"_s,
            u"This video contains content from SME, who has blocked it in your country on copyright grounds"_s);
        says(Later, u"LIVE_STREAM_OFFLINE"_s, u"This live event will begin in 3 days."_s);
        says(Later, u"LIVE_STREAM_OFFLINE"_s, u"Premieres in 27 hours"_s);
        says(Unknown, u"UNPLAYABLE"_s, u"Something YouTube never said before"_s);

        says(RateLimit, u"UNPLAYABLE"_s, u"Video unavailable"_s, u"This content isn\u2019t available."_s);
        says(Conditional, u"UNPLAYABLE"_s, u"Video unavailable"_s,
             u"This video is restricted. Please check the Google Workspace administrator and/or the network "
             "administrator restrictions."_s);
        says(Conditional, u"LOGIN_REQUIRED"_s, u"Please sign in"_s);
        says(Transient, u"UNPLAYABLE"_s, u"Video unavailable"_s,
             u"Playback on other websites has been disabled by the video owner"_s);
        says(Transient, u"ERROR"_s, u"The page needs to be reloaded."_s);
        says(Permanent, u"ERROR"_s, u"This video isn\u2019t available anymore"_s);
        says(Permanent, u"ERROR"_s, u"This live stream recording is not available."_s);

        row(Transient, "the player: 403", {.api = 403});
        row(Transient, "the player: 500", {.api = 500});
        row(Transient, "the player: 503", {.api = 503});
        row(Transient, "no formats", {.hasFormats = false});
        row(Transient, "the sound: 403", {.media = 403});
        row(Transient, "the sound: 404", {.media = 404});
        row(Transient, "the sound: 500", {.media = 500});
        row(Transient, "the sound: 503", {.media = 503});
    }

    void everyTextLandsInItsClass()
    {
        QFETCH(VideoAnswer, answer);
        QFETCH(FailureClass, expected);
        m_site->setAnswer(answer);
        const FetchOutcome outcome = m_bench->fetch(key(Ytid, 30'000, 40'000));
        COMPARE_FAILURE(outcome, expected);
        if (expected == FailureClass::Later)
            QVERIFY(outcome.later > std::chrono::hours(24));
    }

    /// yt-dlp 2025.11.12 and later says it at the first job of a process alone.
    void aMissingRuntimeIsTheCauseOfLaterFailures()
    {
        if (m_stage.tools.ytdlp.version < u"2025.11.12"_s)
            QSKIP("This yt-dlp needs no JavaScript runtime.");
        ytdlp::WorkerOptions without = options();
        without.tools.jsRuntime = {};
        without.settings.extraArguments += u"--no-js-runtimes"_s;
        Bench bench(without);
        m_site->setAnswer({});
        VERIFY_FETCHED(bench.fetch(key(Ytid, 30'000, 40'000)));
        m_site->setAnswer({.hasFormats = false});
        FetchOutcome outcome = bench.fetch(key(Ytid, 10'000, 20'000));
        COMPARE_FAILURE(outcome, FailureClass::Environment);
        QVERIFY2(outcome.reason.contains(u"JavaScript runtime"_s), qUtf8Printable(outcome.reason));
        // It is no excuse for what has another cause.
        VideoAnswer gone;
        gone.status = u"ERROR"_s;
        gone.reason = u"This video isn't available anymore"_s;
        m_site->setAnswer(gone);
        outcome = bench.fetch(key(Ytid, 10'000, 20'000));
        COMPARE_FAILURE(outcome, FailureClass::Permanent);
    }

    void noFormatThatCouldBeDownloaded_data()
    {
        QTest::addColumn<VideoAnswer>("answer");
        QTest::addColumn<FailureClass>("expected");
        QTest::addColumn<QString>("said");
        using enum FailureClass;
        const bool isOld = m_stage.tools.ytdlp.version < u"2025.11.12"_s; // reads the player's script itself
        QTest::newRow("no addresses (SABR)")
            << VideoAnswer{.hasAddresses = false} << Transient << u"no addresses for its formats"_s;
        // It asks as a TV, too, where YouTube is known to protect everything.
        QTest::newRow("copy-protected") << VideoAnswer{.isProtected = true} << (isOld ? Transient : Permanent)
                                        << (isOld ? u"copy protection on all videos"_s : u"copy-protected"_s);
        QTest::newRow("a puzzle that cannot be solved")
            << VideoAnswer{.hasPuzzle = true} << (isOld ? Transient : Environment)
            << (isOld ? u"does not understand YouTube's current player"_s : u"challenges"_s);
    }

    void noFormatThatCouldBeDownloaded()
    {
        QFETCH(VideoAnswer, answer);
        QFETCH(FailureClass, expected);
        QFETCH(QString, said);
        m_site->setAnswer({});
        m_site->setAnswer(QString::fromLatin1(Ytid), answer);
        Bench bench(options());
        // yt-dlp names the cause once for each video.
        for (const std::uint32_t start : {30'000U, 10'000U}) {
            const FetchOutcome outcome = bench.fetch(key(Ytid, start, start + 10'000));
            COMPARE_FAILURE(outcome, expected);
            QVERIFY2(outcome.reason.contains(said), test::text(outcome).constData());
        }
        VERIFY_FETCHED(bench.fetch(key(Other, 30'000, 40'000)));

        // The others come, before it and after it.
        QTemporaryDir folder;
        auto workspace = workspace::Workspace::open(folder.path());
        VERIFY_OK(workspace);
        const auto bad = key(Ytid, 30'000, 40'000);
        (*workspace)
            ->enqueue({{key(Other, 10'000, 20'000), 0, "/m/09x0r"},
                       {bad, 1, "/m/09x0r"},
                       {key(Other, 30'000, 40'000), 2, "/m/09x0r"}});
        download::QueueOptions queueOptions;
        queueOptions.worker.tools = m_stage.tools;
        queueOptions.worker.settings = options().settings;
        queueOptions.perHour = 100'000;
        queueOptions.workers = 1;
        queueOptions.retry = download::RetryPolicy();
        queueOptions.retry->firstWait = std::chrono::milliseconds(0);
        queueOptions.retry->transientTries = 2;
        download::Queue queue(**workspace, queueOptions);
        QSignalSpy idle(&queue, &download::Queue::idle);
        queue.start();
        QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, test::Patience);
        QCOMPARE((*workspace)->counts()[ClipState::Ready], 2);
        const auto record = (*workspace)->record(bad);
        QCOMPARE(record.progress.state, ClipState::Failed);
        // What is wrong with this computer for one clip alone is that clip's own trouble.
        QCOMPARE(record.progress.failure,
                 expected == FailureClass::Environment ? FailureClass::Transient : expected);
        QVERIFY2(record.progress.reason.contains(said), qUtf8Printable(record.progress.reason));
    }

    void aLimitMarksNothing_data()
    {
        QTest::addColumn<VideoAnswer>("answer");
        for (const auto &[name, answer] : limits())
            QTest::newRow(name) << answer;
    }

    void aLimitMarksNothing()
    {
        QFETCH(VideoAnswer, answer);
        m_site->setAnswer(answer);
        QTemporaryDir folder;
        auto workspace = workspace::Workspace::open(folder.path());
        VERIFY_OK(workspace);
        (*workspace)
            ->enqueue(
                {{key(Ytid, 30'000, 40'000), 0, "/m/09x0r"}, {key(Ytid, 10'000, 20'000), 1, "/m/09x0r"}});
        download::QueueOptions queueOptions;
        queueOptions.worker.tools = m_stage.tools;
        queueOptions.worker.settings = options().settings;
        queueOptions.perHour = 100'000;
        download::Queue queue(**workspace, queueOptions);
        queue.start();
        QTRY_COMPARE_WITH_TIMEOUT(queue.state(), download::Queue::State::Waiting, test::Patience);
        QTRY_VERIFY_WITH_TIMEOUT(queue.running().empty(), test::Patience);
        QCOMPARE(queue.pauseClass(), FailureClass::RateLimit);
        QCOMPARE((*workspace)->counts()[ClipState::Queued], 2);

        m_site->setAnswer({});
        QSignalSpy idle(&queue, &download::Queue::idle);
        queue.tryNow();
        QTRY_COMPARE_WITH_TIMEOUT(idle.size(), 1, test::Patience);
        QCOMPARE((*workspace)->counts()[ClipState::Ready], 2);
    }

private:
    static std::vector<std::pair<const char *, VideoAnswer>> limits()
    {
        VideoAnswer bot, later, captcha;
        bot.status = u"LOGIN_REQUIRED"_s;
        bot.reason = u"Sign in to confirm you\u2019re not a bot"_s;
        bot.subreason = u"This helps protect our community. Learn more"_s;
        later.status = captcha.status = u"UNPLAYABLE"_s;
        later.reason = u"Video unavailable"_s;
        later.subreason = u"This content isn't available, try again later."_s;
        captcha.reason = u"Video unavailable"_s;
        captcha.errorScreen = {{u"playerCaptchaViewModel"_s, QJsonObject{{u"x"_s, 1}}}};
        return {{"bot check", bot},
                {"try again later", later},
                {"captcha", captcha},
                {"the player: 429", {.api = 429}},
                {"the sound: 429", {.media = 429}},
                {"another video's answer", {.otherVideo = u"aQvGIIdgFDM"_s}}};
    }
    ytdlp::WorkerOptions options() const
    {
        ytdlp::WorkerOptions all = m_stage.options(ytdlp::Source::YouTube);
        all.settings.proxy = m_site->proxy();
        all.settings.extraArguments = QStringList{u"--no-check-certificates"_s};
        return all;
    }

    test::WorkerStage m_stage;
    std::unique_ptr<test::YouTubeServer> m_site;
    std::unique_ptr<Bench> m_bench;
};

QTEST_GUILESS_MAIN(TestYouTube)
#include "tst_youtube.moc"
