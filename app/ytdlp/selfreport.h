#pragma once

#include "ytdlp/workeroptions.h"

#include <stop_token>
#include <vector>

namespace earmark::ytdlp {

/// What yt-dlp says of itself and of what it found, with the arguments that a worker gives it.
struct SelfReport
{
    /// How far yt-dlp came when it tried what solves YouTube's JavaScript challenges.
    enum class Solver {
        Unknown,   ///< it was not tried: yt-dlp is older than FirstWithJsRuntimes, or did not answer
        NoRuntime, ///< there is no JavaScript runtime that it can use
        NoScript,  ///< it has no solver script that it can use
        Fails,     ///< runtime and script do not work together
        Works,
    };
    struct Runtime
    {
        QString name;
        QString version;
        bool isSupported = true;
        bool operator==(const Runtime &) const = default;
    };

    /// Why it does not do its work with these arguments, in its own words; empty: it does.
    QString refusal;
    QString version; ///< "2026.10.26"; empty: it said nothing of itself
    QString variant; ///< "zip", "linux_exe", "debian*"; how it was installed
    QString ffmpeg;  ///< version of the one that it uses; empty: none
    std::vector<Runtime> runtimes{};
    QString ejs;          ///< version of its package of solver scripts; empty: there is none
    QStringList poTokens; ///< providers of PO tokens: "bgutil:http-1.3.2 (external)"
    QStringList warnings; ///< without "WARNING:"
    Solver solver = Solver::Unknown;
    QString solverRuntime; ///< that it would use
    QString scriptVersion; ///< of the solver script; empty: none
    QString scriptSource;  ///< "python package", "cache", "builtin"
    QStringList skipped;   ///< what it would have to download for a script: "ejs:github", "ejs:npm"
    QStringList allowed;   ///< what it may download, of these
    QString solverError;   ///< its own words

    bool operator==(const SelfReport &) const = default;
};

/// Reads what a yt-dlp that was started with -v and Earmark's doctor plugin has printed. Source of the texts:
/// print_debug_header() of yt-dlp's YoutubeDL.py, 2025.04.30 to 2026.11.23, and resources/earmark_doctor.py.
SelfReport parseSelfReport(const QString &output);

/// Asks yt-dlp with the arguments of a worker. Without the network, but for providers of PO tokens, which it
/// looks for. Passwords, tokens and cookies are blotted out. Blocks for one to three seconds, thirty at
/// most: call it off the window's thread. `options.folder` is not used. Errors: Cancelled; Unwritable,
/// DiskFull; NotFound when yt-dlp does not start or does not end.
Result<SelfReport> askSelf(const WorkerOptions &options, const std::stop_token &stop = {});

} // namespace earmark::ytdlp
