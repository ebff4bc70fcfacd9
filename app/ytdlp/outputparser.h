#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>
#include <variant>

namespace earmark::ytdlp {

/// What a line of the worker's output says. yt-dlp's output and ffmpeg's come in one stream, and both print
/// what servers send them: only what stands behind the mark that this process was given is Earmark's own.
namespace event {

/// The source's page is being asked for.
struct Extracting
{
};
/// Marked: the section is about to be fetched. Times in seconds; nothing where yt-dlp knows nothing.
struct Started
{
    QString title;
    std::optional<double> sectionStart, sectionEnd, duration;
    QString formatId;
    bool operator==(const Started &) const = default;
};
/// From ffmpeg's own reports: how far it is; see JobProgress.
struct Position
{
    qint64 microseconds = 0;
};
/// From ffmpeg's own reports: how much it has written. It comes in steps: Matroska is written by the cluster.
struct Written
{
    qint64 bytes = 0;
};
/// Marked: the file is complete, in yt-dlp's eyes.
struct Done
{
    QString title;
};
/// Marked: nothing more comes for this job.
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
/// Empty lines, and the rest of ffmpeg's reports.
struct Noise
{
};

} // namespace event

using Event = std::variant<event::Extracting, event::Started, event::Position, event::Written, event::Done,
                           event::JobEnded, event::Warning, event::Failed, event::Other, event::Noise>;

/// A mark that nobody can guess, for one process: 128 random bits as hexadecimal digits.
QByteArray makeMark();
/// What goes before Earmark's own words in the output: "@0123…cdef ".
QByteArray markPrefix(const QByteArray &mark);

/// Reads one line of the output, without its line end. The mark may stand behind other text, whose printer
/// ended no line.
Event parseLine(const QByteArray &line, const QByteArray &mark);
/// Reads one line of the file to which ffmpeg reports: Position, Written or Noise.
Event parseReport(const QByteArray &line);

/// "[download] Sleeping 94.50 seconds as required by the site...": for so long nothing will happen. Nothing
/// when the line says something else.
std::chrono::milliseconds announcedWait(const QByteArray &line);

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
