#pragma once

#include <QString>

namespace earmark::ytdlp {

/// A program that Earmark drives, as it was found.
struct Tool
{
    QString name;    ///< "yt-dlp", "ffmpeg"
    QString path;    ///< where it is; empty when it was not found
    QString version; ///< as it says itself; empty when it could not be asked
    QString problem; ///< why it will not do and what to do about it, one sentence; empty when it will

    bool isUsable() const { return problem.isEmpty(); }
};

struct Tools
{
    Tool ytdlp;
    Tool ffmpeg;

    bool areUsable() const { return ytdlp.isUsable() && ffmpeg.isUsable(); }
    /// The first problem; empty when both will do.
    QString problem() const { return ytdlp.isUsable() ? ffmpeg.problem : ytdlp.problem; }
};

/// Places given by the person; empty: look on PATH.
struct ToolPaths
{
    QString ytdlp;
    QString ffmpeg;
};

/// The oldest yt-dlp that takes --plugin-dirs, which the worker needs (its changelog of 2024.10.22).
inline constexpr QLatin1StringView OldestYtDlp{"2024.10.22"};
/// The oldest ffmpeg that takes -stats_period.
inline constexpr int OldestFfmpegMajor = 4, OldestFfmpegMinor = 4;

/// Finds both tools and asks for their versions. Blocks for up to some seconds: call it off the window's
/// thread.
Tools findTools(const ToolPaths &paths = {});

} // namespace earmark::ytdlp
