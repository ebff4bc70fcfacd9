#pragma once

#include "ytdlp/workeroptions.h"

#include <QByteArray>
#include <QStringList>

namespace earmark::ytdlp {

/// What is asked of the source for a segment: room on each side, for the cut is made later, at the exact
/// sample.
inline constexpr std::uint32_t RoomMs = 1000;
/// The file in the worker's folder to which ffmpeg reports how far it is. Not the output: servers have a say
/// in that.
inline constexpr QLatin1StringView ReportsFile{"ffmpeg.progress"};

/// The arguments of a yt-dlp that waits for jobs on its standard input. It must be started in the folder that
/// the files are to appear in: no path of the user's is in the output template, where yt-dlp would read
/// meaning into it. `settings` is what writeSettings() gave; `mark` goes before each of Earmark's own words
/// in the output, see parseLine().
QStringList workerArguments(const WorkerOptions &options, const QString &pluginFolder,
                            const QStringList &settings, const QByteArray &mark);
/// One job for its standard input, with its line end.
QByteArray jobLine(const SegmentKey &key, const Source &source, const QByteArray &mark);

/// A command for a shell that fetches the same section as a worker does, into a file in the folder where it
/// is run: for looking into what goes wrong. Passwords and tokens are blotted out, so that it can be shown.
QString shellCommand(const WorkerOptions &options, const SegmentKey &key);

} // namespace earmark::ytdlp
