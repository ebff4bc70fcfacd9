#pragma once

#include <QStringList>

namespace earmark::ytdlp {

/// What yt-dlp and ffmpeg printed for one job, by who said it. Status lines ("[download] …", "[youtube] …")
/// are left out: they hold titles and addresses, which may say anything; so are the frames of tracebacks.
struct LogParts
{
    QStringList errors;   ///< yt-dlp's errors with the lines that continue them
    QStringList warnings; ///< yt-dlp's warnings, and errors by which no job fails
    QStringList others;   ///< ffmpeg's lines, and what Python says

    static LogParts of(const QStringList &lines);
};

/// The words that are a program's own: without addresses, and without what a server may have chosen.
QString ownWords(const QString &text);

/// ffmpeg goes on without a segment of an HLS playlist that it cannot get. Without the first one it would
/// also count the times from the second.
bool lacksSegments(const QStringList &log);

/// What an unknown error says, the same for every video: without the video's id, addresses, places on the
/// disk, long numbers, and yt-dlp's request to report it. At most 300 characters.
QString withoutParticulars(const QString &error);

} // namespace earmark::ytdlp
