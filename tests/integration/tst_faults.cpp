#include "audio/pcm.h"
#include "download/queue.h"
#include "support/faultserver.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "support/youtubewebm.h"
#include "workerstage.h"

#include <QDir>

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Fault;
using test::key;
using test::Patience;
using test::Ytid;

namespace {

/// The person's clips get three; each of these costs the watchdog's time.
constexpr int Tries = 2;

} // namespace

/// What comes of a clip when the server of its sound misbehaves: the table in README.md.
class TestFaults final : public test::WorkerTest
{
    Q_OBJECT

private Q_SLOTS:
    void outcome_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<ClipState>("state");
        QTest::addColumn<FailureClass>("failure");
        QTest::addColumn<int>("downloads");
        using enum FailureClass;
        using enum Fault::Caller;
        const auto fails = [](const char *name, const Fault &fault, FailureClass failure, int downloads) {
            QTest::newRow(name) << fault << ClipState::Failed << failure << downloads;
        };
        const auto works = [](const char *name, const Fault &fault, int downloads) {
            QTest::newRow(name) << fault << ClipState::Ready << None << downloads;
        };
        works("well", {}, 1);
        fails("page 403", {.status = 403}, Transient, Tries);
        fails("page 404", {.status = 404}, Permanent, 1);
        fails("page 500", {.status = 500}, Transient, Tries);
        fails("page 503", {.status = 503}, Transient, Tries);
        fails("sound 403", {.caller = Ffmpeg, .status = 403}, Transient, Tries);
        fails("sound 404", {.caller = Ffmpeg, .status = 404}, Permanent, 1);
        fails("sound 500", {.caller = Ffmpeg, .status = 500}, Transient, Tries);
        fails("sound 503", {.caller = Ffmpeg, .status = 503}, Transient, Tries);
        works("sound 503, once", {.caller = Ffmpeg, .status = 503, .times = 1}, 2);
        works("slow", {.caller = Ffmpeg, .bytesPerSecond = 100'000}, 1);
        fails("a trickle", {.caller = Ffmpeg, .bytesPerSecond = 2'000}, Transient, Tries);
        fails("stall", {.caller = Ffmpeg, .stallAfter = 50'000}, Transient, Tries);
        // ffmpeg has a second connection by then, for the section.
        works("stall, once", {.caller = Ffmpeg, .stallAfter = 50'000, .times = 1}, 1);
        fails("hang", {.caller = Ffmpeg, .stallAfter = 0}, Transient, Tries);
        works("cut in the middle, once", {.caller = Ffmpeg, .cutAfter = 100'000, .times = 1}, 1);
        works("every answer cut after 100 kB", {.caller = Ffmpeg, .cutAfter = 100'000}, 1);
        works("every answer reset after 4 kB", {.caller = Ffmpeg, .cutAfter = 4'000}, 1);
    }

    void outcome()
    {
        QFETCH(Fault, fault);
        QFETCH(ClipState, state);
        QFETCH(FailureClass, failure);
        QFETCH(int, downloads);
        m_stage.media->setFault(m_stage.path, fault);
        const auto record = clip(m_stage.media->url(u"/{ytid}.m4a"_s));
        QCOMPARE(record.progress.state, state);
        QCOMPARE(keyword(record.progress.failure), keyword(failure));
        QCOMPARE(int(record.progress.attempts), downloads);
    }

    void tooManyRequestsMarkNothing_data()
    {
        QTest::addColumn<Fault::Caller>("caller");
        QTest::newRow("page 429") << Fault::Caller::Any;
        QTest::newRow("sound 429") << Fault::Caller::Ffmpeg;
    }

    void tooManyRequestsMarkNothing()
    {
        QFETCH(Fault::Caller, caller);
        m_stage.media->setFault(m_stage.path, {.caller = caller, .status = 429});
        const auto record = clip(m_stage.media->url(u"/{ytid}.m4a"_s));
        QCOMPARE(record.progress.state, ClipState::Queued);
        QCOMPARE(int(record.progress.attempts), 0);
    }

    void contents_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<FailureClass>("failure");
        QTest::addColumn<int>("downloads");
        QTest::newRow("garbage") << QByteArray(200'000, '\x5a') << FailureClass::Transient << Tries;
        QTest::newRow("empty") << QByteArray() << FailureClass::Transient << Tries;
        QTest::newRow("a page") << QByteArray("<html><body>Gone fishing</body></html>")
                                << FailureClass::Transient << Tries;
    }

    void contents()
    {
        QFETCH(QByteArray, content);
        QFETCH(FailureClass, failure);
        QFETCH(int, downloads);
        m_stage.media->serve(m_stage.path, content);
        const auto record = clip(m_stage.media->url(u"/{ytid}.m4a"_s));
        QCOMPARE(record.progress.state, ClipState::Failed);
        QCOMPARE(keyword(record.progress.failure), keyword(failure));
        QCOMPARE(int(record.progress.attempts), downloads);
    }

    void noRange()
    {
        test::FaultServer server;
        const QByteArray path = m_stage.path.toUtf8();
        server.serve(path, {m_stage.sound(u"m4a"_s)});
        server.misbehave(path, QList<test::BadAnswer>(
                                   50, {.headers = {{"Content-Type", "audio/mp4"}}, .ignoresRange = true}));
        const QString address = server.url("/").toString() + u"{ytid}.m4a"_s;
        const auto record = clip(address);
        QCOMPARE(record.progress.state, ClipState::Ready);
        QCOMPARE(int(record.progress.attempts), 1);
    }

    void aHoleInAWebm_data()
    {
        QTest::addColumn<SegmentKey>("wanted");
        QTest::addColumn<ClipState>("state");
        QTest::addColumn<QString>("said");
        QTest::addColumn<int>("downloads");
        using enum ClipState;
        QTest::newRow("before the clip") << key(Ytid, 31'500, 41'500) << Ready << QString() << 1;
        QTest::newRow("behind the clip") << key(Ytid, 8'500, 18'500) << Ready << QString() << 1;
        QTest::newRow("at the clip's end")
            << key(Ytid, 15'000, 25'000) << Failed << u"broke off at 0:19.99"_s << 4;
        QTest::newRow("in the clip") << key(Ytid, 15'000, 35'000) << Failed << u"gap at 0:19.99"_s << Tries;
        QTest::newRow("at the clip's beginning")
            << key(Ytid, 25'000, 35'000) << Failed << u"begins at 0:29.99"_s << Tries;
        QTest::newRow("the clip is the hole")
            << key(Ytid, 21'500, 28'500) << Failed << u"no sound between"_s << Tries;
    }

    /// The header states that there is more: where a player falls silent the clip is not short.
    void aHoleInAWebm()
    {
        QFETCH(SegmentKey, wanted);
        QFETCH(ClipState, state);
        QFETCH(QString, said);
        QFETCH(int, downloads);
        const QString webm =
            test::writeFile(m_stage.folder->filePath(u"whole.webm"_s), m_stage.sound(u"webm"_s));
        const QString ogg = m_stage.folder->filePath(u"whole.ogg"_s);
        QCOMPARE(test::ffmpeg({u"-i"_s, webm, u"-c"_s, u"copy"_s, ogg}), QByteArray());
        const test::WebmLayout layout{.missingCluster = 2}; // 20 to 30 s
        m_stage.media->serve(u"/%1.webm"_s.arg(QLatin1StringView(Ytid)),
                             test::youtubeWebm(test::readOggOpus(ogg), layout));
        const auto record = clip(m_stage.media->url(u"/{ytid}.webm"_s), wanted);
        QCOMPARE(record.progress.state, state);
        QCOMPARE(keyword(record.progress.failure),
                 keyword(state == ClipState::Failed ? FailureClass::BadMedia : FailureClass::None));
        QVERIFY2(record.progress.reason.contains(said), qUtf8Printable(record.progress.reason));
        QCOMPARE(int(record.progress.attempts), downloads);
    }

    void aSegmentOfAPlaylistIsMissing_data()
    {
        QTest::addColumn<QString>("segment");
        QTest::addColumn<int>("times"); // it is not delivered; -1: always
        QTest::addColumn<ClipState>("state");
        QTest::addColumn<int>("downloads");
        using enum ClipState;
        const auto row = [](const char *name, const char *segment, int times, ClipState state,
                            int downloads) {
            QTest::newRow(name) << QString::fromLatin1(segment) << times << state << downloads;
        };
        // Segments of six seconds, a clip from 20 to 30.
        row("none", "none.ts", -1, Ready, 1);
        row("in the clip", "sound4.ts", -1, Failed, Tries);
        row("in the clip, once", "sound4.ts", 1, Ready, 2);
        row("at the clip's beginning", "sound3.ts", -1, Failed, Tries);
        row("the first of all, by which the clock is known", "sound0.ts", -1, Failed, Tries);
        row("long behind the clip", "sound9.ts", -1, Ready, 1);
    }

    /// ffmpeg goes on without it, and says that all is well.
    void aSegmentOfAPlaylistIsMissing()
    {
        QFETCH(QString, segment);
        QFETCH(int, times);
        QFETCH(ClipState, state);
        QFETCH(int, downloads);
        const QTemporaryDir folder;
        const QString m4a = test::writeFile(folder.filePath(u"whole.m4a"_s), m_stage.sound(u"m4a"_s));
        const QString playlist = folder.filePath(u"sound.m3u8"_s);
        QCOMPARE(test::ffmpeg({u"-i"_s, m4a, u"-c"_s, u"copy"_s, u"-f"_s, u"hls"_s, u"-hls_time"_s, u"6"_s,
                               u"-hls_list_size"_s, u"0"_s, playlist}),
                 QByteArray());
        for (const QString &name : QDir(folder.path()).entryList({u"*.ts"_s}, QDir::Files))
            m_stage.media->serve(u'/' + name, test::readFile(folder.filePath(name)), "video/mp2t");
        m_stage.media->serve(u"/%1.m3u8"_s.arg(QLatin1StringView(Ytid)), test::readFile(playlist),
                             "application/vnd.apple.mpegurl");
        m_stage.media->setFault(u'/' + segment, {.status = 404, .times = times});
        const auto record = clip(m_stage.media->url(u"/{ytid}.m3u8"_s));
        QCOMPARE(record.progress.state, state);
        QCOMPARE(int(record.progress.attempts), downloads);
        if (state == ClipState::Failed) {
            QCOMPARE(record.progress.failure, FailureClass::Transient);
            QVERIFY2(record.progress.reason.contains(u"part of the playlist"_s),
                     qUtf8Printable(record.progress.reason));
        }
    }

    void theEnd_data()
    {
        QTest::addColumn<SegmentKey>("wanted");
        QTest::addColumn<ClipState>("state");
        QTest::addColumn<FailureClass>("failure");
        QTest::newRow("past the end")
            << key(Ytid, 100'000, 110'000) << ClipState::Failed << FailureClass::BadMedia;
        QTest::newRow("partly past the end")
            << key(Ytid, 55'000, 65'000) << ClipState::Short << FailureClass::None;
    }

    void theEnd()
    {
        QFETCH(SegmentKey, wanted);
        QFETCH(ClipState, state);
        QFETCH(FailureClass, failure);
        const auto record = clip(m_stage.media->url(u"/{ytid}.m4a"_s), wanted);
        QCOMPARE(record.progress.state, state);
        QCOMPARE(keyword(record.progress.failure), keyword(failure));
        QCOMPARE(int(record.progress.attempts), 2);
    }

private:
    /// The record of a clip when nothing more comes of it. A clip that is ready is looked at.
    Clip clip(const QString &source, const SegmentKey &wanted = key(Ytid, 20'000, 30'000))
    {
        auto workspace = workspace::Workspace::open(m_stage.folder->path());
        if (!workspace)
            return {};
        (*workspace)->enqueue({{wanted, 0, "/m/09x0r"}});
        QueueOptions options;
        options.worker.tools = m_stage.tools;
        options.worker.source = ytdlp::Source(source);
        options.retry = RetryPolicy();
        options.retry->firstWait = 0ms;
        options.retry->transientTries = Tries;
        options.worker.idleLimit = 12s; // ffmpeg waits for 1, 3 and 7 s before it connects again
        options.worker.jobLimit = 15s;
        Queue queue(**workspace, options);
        queue.start();
        const bool isOver = QTest::qWaitFor([&] { return queue.state() != Queue::State::Running; }, Patience);
        const auto record = (*workspace)->record(wanted);
        if (!isOver)
            qWarning("The queue has not come to an end.");
        qInfo("%s: %s %s, %d downloads. %s", QTest::currentDataTag() ? QTest::currentDataTag() : "",
              keyword(record.progress.state).data(), keyword(record.progress.failure).data(),
              record.progress.attempts, qUtf8Printable(record.progress.reason));
        const auto wav = audio::readWavInfo((*workspace)->layout().clip(wanted));
        const bool isWhole = wav && wav->frames == wanted.durationMs() * 441 / 10;
        if (isWhole != (record.progress.state == ClipState::Ready))
            qFatal("A clip is not what the ledger says.");
        return record;
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
