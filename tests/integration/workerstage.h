#pragma once

#include "demo/demoserver.h"
#include "support/mediaserver.h"
#include "support/processes.h"
#include "support/resulttest.h"
#include "ytdlp/worker.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace earmark::test {

using namespace Qt::StringLiterals;

inline constexpr int Patience = 60'000;
inline constexpr auto Ytid = "-0RWZT-miFs";

inline SegmentKey key(const char *ytid, std::uint32_t startMs, std::uint32_t endMs)
{
    return {*YtId::parse(ytid), startMs, endMs};
}

/// A worker and what it has said.
struct Bench
{
    explicit Bench(const ytdlp::WorkerOptions &options)
        : worker(options)
        , finished(&worker, &ytdlp::Worker::finished)
    {
    }
    /// Fetches, and waits for the outcome; a failure without a class when there is none.
    ytdlp::FetchOutcome fetch(const SegmentKey &wanted)
    {
        worker.fetch(wanted);
        return outcome();
    }
    ytdlp::FetchOutcome outcome()
    {
        if (finished.isEmpty() && !finished.wait(Patience)) {
            ytdlp::FetchOutcome none;
            none.reason = u"no outcome in time"_s;
            return none;
        }
        return finished.takeFirst().constFirst().value<ytdlp::FetchOutcome>();
    }

    ytdlp::Worker worker;
    QSignalSpy finished;
};

inline QByteArray text(const ytdlp::FetchOutcome &outcome)
{
    return (QString::fromLatin1(keyword(outcome.failure)) + u": "_s + outcome.reason + u'\n' + outcome.log)
        .toUtf8();
}

/// What the tests of the worker start from: the real tools, sounds as YouTube has them, a server and a
/// folder.
class WorkerStage
{
public:
    /// Empty when all could be had, else what is missing.
    QString prepare();
    /// A fresh server and folder for each test.
    void reset();

    ytdlp::WorkerOptions options(const QString &source) const
    {
        return {tools, ytdlp::Source(source), folder->filePath(u".earmark worker $HOME ~"_s)};
    }
    ytdlp::WorkerOptions mediaOptions() const { return options(media->url(u"/{ytid}.m4a"_s)); }
    /// The sound that the media server has, a minute: "m4a" or "webm".
    QByteArray sound(const QString &suffix) const;
    /// The processes that run jobs here.
    QList<qint64> running() const { return workersIn(folder->path()); }
    /// The process of that name among them; 0: none.
    qint64 running(const QString &name) const;
    /// A program that stands in for yt-dlp.
    QString script(const QByteArray &content) const;

    /// The address of the sound that mediaOptions() lead to.
    const QString path = u"/%1.m4a"_s.arg(QLatin1StringView(Ytid));
    ytdlp::Tools tools;
    std::unique_ptr<demo::DemoServer> demo;
    std::unique_ptr<MediaServer> media;
    std::unique_ptr<QTemporaryDir> folder;

private:
    QTemporaryDir m_sounds;
};

/// A test on a stage that is fresh for each of its functions. None may leave a process behind, guards among
/// them.
class WorkerTest : public QObject
{
    Q_OBJECT

protected Q_SLOTS:
    void initTestCase()
    {
        const QString missing = m_stage.prepare();
        QVERIFY2(missing.isEmpty(), qUtf8Printable(missing));
    }
    void init() { m_stage.reset(); }
    void cleanup()
    {
        m_stage.media->release();
        QTRY_COMPARE_WITH_TIMEOUT(processesIn(m_stage.folder->path()), QList<qint64>(), Patience);
    }

protected:
    WorkerStage m_stage;
};

} // namespace earmark::test

#define VERIFY_FETCHED(outcome)                                                                              \
    do {                                                                                                     \
        const earmark::ytdlp::FetchOutcome &seen = (outcome);                                                \
        QVERIFY2(seen.isOk() && QFile::exists(seen.file), earmark::test::text(seen).constData());            \
    } while (false)
#define COMPARE_FAILURE(outcome, expected)                                                                   \
    do {                                                                                                     \
        const earmark::ytdlp::FetchOutcome &seen = (outcome);                                                \
        QVERIFY2(seen.failure == (expected), earmark::test::text(seen).constData());                         \
        QVERIFY(seen.file.isEmpty());                                                                        \
        QVERIFY(!seen.reason.isEmpty());                                                                     \
    } while (false)
