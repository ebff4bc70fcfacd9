#pragma once

#include "clips/segmentkey.h"
#include "ytdlp/fetchsettings.h"
#include "ytdlp/tools.h"

#include <QDir>
#include <QElapsedTimer>
#include <QObject>
#include <QTemporaryDir>

#include <memory>

namespace earmark::demo {
class DemoServer;
}
namespace earmark::ytdlp {
class Worker;
struct FetchOutcome;
} // namespace earmark::ytdlp

namespace earmark::tools {

/// Shows that yt-dlp, Earmark's plugin for it and ffmpeg work together, by fetching one section as downloads
/// do. Lives in the thread that made it, which must last as long as the program. Used once.
class SelfTest final : public QObject
{
    Q_OBJECT

public:
    enum class Where {
        Here,    ///< from a server in this program: no network
        YouTube, ///< seconds 5 to 10 of a video that has been there since 2005
    };

    /// `settings` are for YouTube only.
    SelfTest(ytdlp::Tools tools, Where where, ytdlp::FetchSettings settings = {}, QObject *parent = nullptr);
    /// Ends it, and all that it started.
    ~SelfTest() override;

    void start();

    const QString &stage() const { return m_stage; } ///< what it is at, a few words
    double fraction() const { return m_fraction; }   ///< 0 to 1
    bool isDone() const { return m_isDone; }
    bool isOk() const { return m_isOk; }
    const QString &sentence() const { return m_sentence; } ///< what came of it; empty until it is done
    /// What was tried and with which tools, and, when it is done, all that they said.
    const QString &log() const { return m_log; }

Q_SIGNALS:
    void progressed();
    /// Once.
    void finished();

private:
    void onProgress(double fraction);
    void conclude(const ytdlp::FetchOutcome &outcome);
    void end(bool isOk, const QString &sentence);

    const ytdlp::Tools m_tools;
    const Where m_where;
    const ytdlp::FetchSettings m_settings;
    SegmentKey m_key;
    QTemporaryDir m_folder{QDir::tempPath() +
                           QStringLiteral("/.earmark-XXXXXX")}; ///< before the worker, which works in it
    std::unique_ptr<demo::DemoServer> m_server;
    std::unique_ptr<ytdlp::Worker> m_worker;
    QElapsedTimer m_clock;
    QString m_stage;
    double m_fraction = 0;
    bool m_isDone = false;
    bool m_isOk = false;
    QString m_sentence;
    QString m_log;
};

} // namespace earmark::tools
