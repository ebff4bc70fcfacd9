#pragma once

#include "demo/loopbackserver.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace earmark::test {

/// What goes wrong with the requests for a path.
struct Fault
{
    /// yt-dlp and ffmpeg ask for the same address; ffmpeg can be told by its Icy-MetaData header.
    enum class Caller { Any, Ffmpeg, Other };
    /// How a Range that does not begin at the file's start is answered.
    enum class Range {
        Right,
        Ignored, ///< with the whole file and 200, and it is not said that there are ranges
        Shifted, ///< with as much from the file's start, as 206 of that
    };

    Caller caller = Caller::Any;
    int status = 0;         ///< answered instead of the file; 0: none
    qint64 stallAfter = -1; ///< bytes of an answer after which no more come until release(); -1: never
    qint64 cutAfter = -1;   ///< bytes of an answer after which the connection is closed; -1: never
    int bytesPerSecond = 0; ///< of each answer; 0: no limit
    int times = -1;         ///< so many requests get it, later ones are answered well; -1: all
    Range range = Range::Right;
    QString redirect{};       ///< where the request is sent instead (302); empty: nowhere
    QByteArray instead{};     ///< content of the answer in place of the file's, as text/html
    qsizetype headerSize = 0; ///< bytes of needless headers before the content
};

/// A web server on the loopback address for tests: serves what it is given, with Range, and fails as it is
/// told to. All functions may be called from any thread.
class MediaServer final
{
public:
    MediaServer();
    ~MediaServer();

    /// Serves the content at that path ("/x.m4a") from now on, as that type; nothing: what its suffix says,
    /// or WAV.
    void serve(const QString &path, const QByteArray &content, const QByteArray &type = {});
    /// Serves all files of a folder under their names.
    void serveFolder(const QString &folder);
    /// Replaces the faults of a path, whether something is served there or not.
    void setFault(const QString &path, const Fault &fault);
    /// Ends all stalls, now and in future.
    void release();

    /// How many requests came for the path: from anybody, or from one of them.
    int requests(const QString &path, Fault::Caller caller = Fault::Caller::Any) const;
    /// "http://127.0.0.1:PORT" + path.
    QString url(const QString &path) const;

private:
    struct Count
    {
        int ffmpeg = 0;
        int other = 0;
    };
    void answer(const httplib::Request &request, httplib::Response &response);
    /// The fault of this request, after counting it.
    Fault takeFault(const QString &path, bool byFfmpeg);
    /// Waits so long, or until release(). True when released.
    bool waitForRelease(std::chrono::milliseconds time);

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    QHash<QString, QByteArray> m_files;
    QHash<QString, QByteArray> m_types;
    QHash<QString, Fault> m_faults;
    QHash<QString, Count> m_counts;
    bool m_released = false;
    std::unique_ptr<demo::LoopbackServer> m_server;
};

} // namespace earmark::test
