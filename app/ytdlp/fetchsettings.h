#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

namespace earmark::ytdlp {

/// How yt-dlp goes about it: what the user may set. Empty: yt-dlp's own way.
struct FetchSettings
{
    QString proxy{};              ///< "http://user:password@host:port"
    QString cookiesFile{};        ///< in Netscape's format; never written: each worker has a copy
    QString cookiesFromBrowser{}; ///< "firefox", "chromium:Profile 1"
    QString sourceAddress{}; ///< of this computer; yt-dlp's own requests only, ffmpeg knows no such thing
    QString format{};        ///< yt-dlp's format selector; empty: the best sound
    QString jsRuntime{};     ///< "deno", "node:/usr/bin/node"; yt-dlp 2025.11.12 or newer
    QString poToken{};       ///< "CLIENT.gvs+TOKEN"
    /// yt-dlp may download its solver script from GitHub; asked for by workerArguments(), for it depends on
    /// the yt-dlp. Not needed where yt-dlp brings one, as its makers' own releases do.
    bool allowsSolverScript = false;
    QStringList extraArguments{}; ///< further arguments of yt-dlp; Earmark's own go before them

    /// Empty when they will do, else a sentence for the user.
    QString problem() const;
    /// What yt-dlp is told by them, without the cookies file.
    QStringList arguments() const;
    bool operator==(const FetchSettings &) const = default;
};

/// Writes what yt-dlp must be given down in a folder that is this worker's and this user's own, see
/// SecretFolder (the command line of a process is no secret), and gives the arguments that point there.
/// Cookies that yt-dlp has renewed in an earlier process of the worker are kept, until the user's file
/// changes. Errors: Unwritable, DiskFull, NotFound.
Result<QStringList> writeSettings(const FetchSettings &settings, const QString &folder);

/// Where writeSettings() puts the copy of the cookies.
QString cookiesIn(const QString &folder);

} // namespace earmark::ytdlp
