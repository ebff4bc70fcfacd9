#pragma once

#include "download/queue.h"
#include "support/playedytdlp.h"
#include "support/processes.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace earmark::test {

using namespace Qt::StringLiterals;

/// What the tests of the queue's judgement start from: a workspace, a queue whose clock is moved by hand, and
/// a played yt-dlp that gives real sound.
class PlayedStage
{
public:
    static constexpr int Patience = 60'000;
    /// Of each clip, in milliseconds.
    static constexpr std::uint32_t From = 2'000, To = 5'000;

    static QString ytidOf(int number) { return u"-clip%1_"_s.arg(number, 5, 10, QChar(u'0')); }
    static SegmentKey keyOf(int number) { return {*YtId::parse(ytidOf(number).toStdString()), From, To}; }

    /// Makes the sounds. Empty, or what went wrong.
    QByteArray prepare()
    {
        const QString m4a = m_media.filePath(u"source.m4a"_s);
        QByteArray trouble = writeNoiseM4a(m4a, {u"-b:a"_s, u"96k"_s, u"-movflags"_s, u"+faststart"_s});
        for (const auto &[name, to] : {std::pair(u"whole"_s, 6.0), {u"cut4"_s, 4.0}, {u"cut3"_s, 3.2}}) {
            if (trouble.isEmpty())
                trouble = cutSection(m4a, 1, to, sound(name));
        }
        return trouble;
    }
    /// "whole", or one that breaks off at about the 4th or the 3rd second.
    QString sound(const QString &name) const { return m_media.filePath(name + u".mka"_s); }
    Played whole() const { return {.sound = sound(u"whole"_s)}; }

    /// A fresh folder, and a queue with no limit; `clips` are queued.
    void reset(int clips)
    {
        close();
        now = std::chrono::hours(500'000);
        step = std::chrono::seconds(1);
        folder = std::make_unique<QTemporaryDir>();
        QDir(folder->path()).mkpath(u"played"_s);
        ytdlp = std::make_unique<PlayedYtdlp>(folder->filePath(u"played"_s));
        ytdlp->play(whole());
        options = download::QueueOptions();
        options.worker.tools = {.ytdlp = {u"yt-dlp"_s, ytdlp->program(), u"2026.01.01"_s, {}},
                                .ffmpeg = {u"ffmpeg"_s, u"/usr/bin/ffmpeg"_s, u"6.0"_s, {}}};
        options.worker.source = ytdlp::Source(u"http://127.0.0.1:9/{ytid}"_s);
        options.workers = 1;
        options.clock = [this] { return now; };
        open();
        want(clips);
    }
    void open()
    {
        workspace = std::move(*workspace::Workspace::open(folder->filePath(u"ws"_s)));
        begin();
    }
    void want(int clips)
    {
        std::vector<WantedClip> wanted;
        for (int number = 0; number < clips; ++number)
            wanted.push_back({keyOf(number), static_cast<std::uint32_t>(number), "/m/09x0r"});
        workspace->enqueue(wanted);
    }
    /// A queue with the options as they are now.
    void begin()
    {
        queue.reset();
        queue = std::make_unique<download::Queue>(*workspace, options);
    }
    void close()
    {
        queue.reset();
        workspace.reset();
    }

    /// Starts the queue, and moves the clock on whenever time is all that it waits for, until `isOver`, or
    /// until nothing more comes. Gives how much time went by.
    template <class IsOver>
    download::Moment run(const IsOver &isOver)
    {
        using State = download::Queue::State;
        const download::Moment begun = now;
        QSignalSpy idle(queue.get(), &download::Queue::idle);
        queue->start();
        QElapsedTimer timer;
        timer.start();
        while (!isOver() && idle.isEmpty() && queue->state() != State::Paused && timer.elapsed() < Patience) {
            if (!queue->running().empty()) {
                QTest::qWait(1);
                continue;
            }
            QCoreApplication::processEvents(); // it may be about to start one
            if (!queue->running().empty() || !queue->isActive() || isOver())
                continue;
            now += std::chrono::milliseconds(std::max<qint64>(queue->waitMs(), step.count()));
            queue->start(); // looks at the clock
            timer.restart();
        }
        return now - begun;
    }
    download::Moment run()
    {
        return run([] { return false; });
    }
    Clip record(int number) const { return workspace->record(keyOf(number)); }

    download::Moment now{};                          ///< moved by hand
    download::Moment step = std::chrono::seconds(1); ///< by which it is moved at the least
    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<PlayedYtdlp> ytdlp;
    download::QueueOptions options;
    std::unique_ptr<workspace::Workspace> workspace;
    std::unique_ptr<download::Queue> queue;

private:
    QTemporaryDir m_media;
};

} // namespace earmark::test
