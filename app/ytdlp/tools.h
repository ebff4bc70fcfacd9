#pragma once

#include <QDate>
#include <QString>

namespace earmark::ytdlp {

/// A program that Earmark drives, or that yt-dlp does, as it was found.
struct Tool
{
    /// How Earmark came to it.
    enum class Origin {
        Path,    ///< it is on PATH
        Chosen,  ///< the user said where it is
        Fetched, ///< Earmark has fetched it
    };

    QString name;    ///< "yt-dlp", "ffmpeg", "deno"; yt-dlp's own word for a JavaScript runtime
    QString path;    ///< where it is; empty when it was not found
    QString version; ///< as it says itself; empty when it could not be asked
    QString problem; ///< why it will not do and what to do about it, one sentence; empty when it will
    Origin origin = Origin::Path;
    QString doubt{}; ///< what may go wrong although it is usable, and what to do; empty: nothing

    bool isUsable() const { return problem.isEmpty(); }
};

struct Tools
{
    Tool ytdlp;
    Tool ffmpeg;
    /// What runs YouTube's JavaScript for yt-dlp. Earmark does without; newer versions of yt-dlp then get
    /// fewer formats.
    Tool jsRuntime{};
    Tool pathYtDlp{}; ///< what PATH has, whether or not it is the one in use; no name: nobody asked
    /// The newest release of the channel of `ytdlp` that Earmark has seen on the site; empty: never looked.
    QString newestYtDlp{};
    QDate newestSeen{}; ///< when it was the newest

    bool areUsable() const { return ytdlp.isUsable() && ffmpeg.isUsable(); }
    /// The first problem; empty when both will do.
    QString problem() const { return ytdlp.isUsable() ? ffmpeg.problem : ytdlp.problem; }
    /// yt-dlp is new enough to want a JavaScript runtime.
    bool wantsJsRuntime() const;
    /// For yt-dlp's --js-runtimes; empty when there is none, or it takes the one there is by itself.
    QString jsRuntimeArgument() const;
};

/// Where the tools are, as far as that is known.
struct ToolPaths
{
    // Given by the user; empty: look on PATH.
    QString ytdlp;
    QString ffmpeg;
    QString jsRuntime{};

    QString fetchedYtDlp{};      ///< the one that Earmark has fetched; empty: none
    bool prefersFetched = false; ///< it is used even if PATH's is newer
    QString fetchedDeno{};       ///< the deno that Earmark has fetched; empty: none
};

/// The oldest yt-dlp that takes --plugin-dirs, which the worker needs (its changelog of 2024.10.22).
inline constexpr QLatin1StringView OldestYtDlp{"2024.10.22"};
/// The oldest yt-dlp that knows --js-runtimes and wants one for YouTube (its changelog of 2025.11.12).
inline constexpr QLatin1StringView FirstWithJsRuntimes{"2025.11.12"};
/// The oldest ffmpeg that takes -stats_period.
inline constexpr int OldestFfmpegMajor = 4, OldestFfmpegMinor = 4;
/// The ffmpeg whose downloads of a section of a YouTube video hang or fail, whatever the third number.
/// Source: yt-dlp's issue 16546 and issue 90 of yt-dlp/FFmpeg-Builds.
inline constexpr int BrokenFfmpegMajor = 8, BrokenFfmpegMinor = 1;

/// Finds the tools and asks for their versions. The user's choice goes first; then what Earmark has fetched,
/// unless PATH's is newer; then PATH. Blocks for up to some seconds: call it off the window's
/// thread.
Tools findTools(const ToolPaths &paths = {});

/// Looks at a single file that should be yt-dlp; its problem does not say what to do. Blocks likewise.
Tool inspectYtDlp(const QString &path);
/// The same of a file named "deno".
Tool inspectDeno(const QString &path);

/// When a yt-dlp of this version came out: "2026.10.26", "2026.10.26.232830"; invalid: it does not say.
QDate releaseDate(const QString &ytdlpVersion);

} // namespace earmark::ytdlp
