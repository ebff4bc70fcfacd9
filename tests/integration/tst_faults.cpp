#include "audio/pcm.h"
#include "download/queue.h"
#include "support/faultserver.h"
#include "support/testmain.h"
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
class TestFaults final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString missing = m_stage.prepare();
        QVERIFY2(missing.isEmpty(), qUtf8Printable(missing));
    }
    void init() { m_stage.reset(); }
    void cleanup()
    {
        m_stage.media->release();
        QTRY_COMPARE_WITH_TIMEOUT(test::processesIn(m_stage.folder->path()), QList<qint64>(), Patience);
    }

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
        QCOMPARE(record.state, state);
        QCOMPARE(word(record.failure), word(failure));
        QCOMPARE(int(record.attempts), downloads);
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
        QCOMPARE(record.state, ClipState::Queued);
        QCOMPARE(int(record.attempts), 0);
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
        QCOMPARE(record.state, ClipState::Failed);
        QCOMPARE(word(record.failure), word(failure));
        QCOMPARE(int(record.attempts), downloads);
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
        QCOMPARE(record.state, ClipState::Ready);
        QCOMPARE(int(record.attempts), 1);
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
        QCOMPARE(record.state, state);
        QCOMPARE(word(record.failure), word(failure));
        QCOMPARE(int(record.attempts), 2);
    }

private:
    /// The record of a clip when nothing more comes of it. A clip that is ready is looked at.
    workspace::ClipRecord clip(const QString &source, const SegmentKey &wanted = key(Ytid, 20'000, 30'000))
    {
        auto workspace = workspace::Workspace::open(m_stage.folder->path());
        if (!workspace)
            return {};
        (*workspace)->enqueue({{wanted, 0, "/m/09x0r"}});
        QueueOptions options;
        options.tools = m_stage.tools;
        options.source = ytdlp::Source(source);
        options.retry = RetryPolicy();
        options.retry->firstWait = 0ms;
        options.retry->transientTries = Tries;
        options.idleLimit = 12s; // ffmpeg waits for 1, 3 and 7 s before it connects again
        options.jobLimit = 15s;
        Queue queue(**workspace, options);
        queue.start();
        const bool isOver = QTest::qWaitFor([&] { return queue.state() != Queue::State::Running; }, Patience);
        const auto record = (*workspace)->record(wanted);
        if (!isOver)
            qWarning("The queue has not come to an end.");
        qInfo("%s: %s %s, %d downloads. %s", QTest::currentDataTag() ? QTest::currentDataTag() : "",
              word(record.state).data(), word(record.failure).data(), record.attempts,
              qUtf8Printable(record.reason));
        const auto wav = audio::readWavInfo((*workspace)->layout().clip(wanted));
        const bool isWhole = wav && wav->frames == wanted.durationMs() * 441 / 10;
        if (isWhole != (record.state == ClipState::Ready))
            qFatal("A clip is not what the ledger says.");
        return record;
    }

    test::WorkerStage m_stage;
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
