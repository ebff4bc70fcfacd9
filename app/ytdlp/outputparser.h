#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <variant>

namespace earmark::ytdlp {

/// What a line of the worker's output says. yt-dlp's output and ffmpeg's come in one stream.
namespace event {

/// The source's page is being asked for.
struct Extracting
{
};
/// The section is about to be fetched. Times in seconds; nothing where yt-dlp knows nothing.
struct Started
{
    QString title;
    std::optional<double> sectionStart, sectionEnd, duration;
    QString formatId;
    bool operator==(const Started &) const = default;
};
/// ffmpeg's report of how far it is; see JobProgress.
struct Position
{
    qint64 microseconds = 0;
};
/// ffmpeg's report of how much it has written. It comes in steps: Matroska is written by the cluster.
struct Written
{
    qint64 bytes = 0;
};
/// The file is complete, in yt-dlp's eyes. The path is relative to the process's folder, or absolute.
struct Done
{
    QString title;
    QString file;
};
/// Nothing more comes for this job.
struct JobEnded
{
    QString job;
};
struct Warning
{
    QString text;
};
struct Failed
{
    QString text;
};
/// Anything else that is worth keeping, ffmpeg's messages among it.
struct Other
{
    QString text;
};
/// The rest of ffmpeg's reports, and empty lines.
struct Noise
{
};

} // namespace event

using Event = std::variant<event::Extracting, event::Started, event::Position, event::Written, event::Done,
                           event::JobEnded, event::Warning, event::Failed, event::Other, event::Noise>;

/// Reads one line, without its line end.
Event parseLine(const QByteArray &line);

/// How far a job is, out of its events: 0 to 1, never going back.
class JobProgress final
{
public:
    /// True when the fraction has grown.
    bool apply(const Event &event);
    double fraction() const { return m_fraction; }

private:
    double m_fraction = 0;
    double m_start = 0;
    double m_length = 0; ///< seconds of the section; 0 until it is known
};

} // namespace earmark::ytdlp
