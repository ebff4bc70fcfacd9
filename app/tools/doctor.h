#pragma once

#include "tools/cookiesage.h"
#include "tools/toolreport.h"
#include "ytdlp/selfreport.h"

#include <stop_token>

namespace earmark::tools {

/// How downloads are about to be made.
struct DoctorQuestion
{
    ytdlp::Tools tools; ///< as findTools() found them
    ytdlp::Source source{};
    ytdlp::FetchSettings settings{};
    int perHour = 0;   ///< downloads begun in any hour; 0: no limit
    QString folder{};  ///< the workspace's, there or not; empty: none was named
    qint64 queued = 0; ///< clips that are to be downloaded into it
};

/// What was found out for it.
struct DoctorFacts
{
    Result<ytdlp::SelfReport> self; ///< what yt-dlp says of itself
    CookiesAge cookies{};           ///< of the cookies file, where one is set
    QString proxy{};                ///< host and port, without a password; empty: none
    bool proxyAnswers = true;
    qint64 freeBytes = -1; ///< where the workspace is; -1: unknown
    QDateTime now{};
};

/// Asks yt-dlp, the proxy and the file system. Reaches for no site. Blocks for one to five seconds: call it
/// off the window's thread.
DoctorFacts examine(const DoctorQuestion &question, const std::stop_token &stop = {});

/// What can be said of them, in the order of `reportOf`, and then of the solver script, PO tokens, cookies,
/// proxy, disk and rate limit. All that is Bad makes downloads fail.
std::vector<ToolReport> diagnose(const DoctorQuestion &question, const DoctorFacts &facts);

/// "Solver script: yt-dlp has none. …" of the first that is Bad; empty: nothing is.
QString firstProblem(const std::vector<ToolReport> &reports);

} // namespace earmark::tools
