#pragma once

#include "ytdlp/failurerules.h"
#include "ytdlp/fetchsettings.h"
#include "ytdlp/processlimits.h"
#include "ytdlp/source.h"
#include "ytdlp/tools.h"

#include <chrono>
#include <vector>

namespace earmark::ytdlp {

/// What a worker is made with.
struct WorkerOptions
{
    Tools tools;
    Source source;
    QString folder; ///< this worker's own, made and emptied by it; Earmark's naming, see removeOwnFolder()
    FetchSettings settings{};
    std::vector<FailureRule> rules{};            ///< the user's; they go before Earmark's
    std::chrono::milliseconds idleLimit{90'000}; ///< a job without any progress for so long is ended
    std::chrono::milliseconds jobLimit{180'000}; ///< a job that takes longer in all is ended
    std::chrono::milliseconds killAfter{2'000};  ///< from SIGINT to SIGKILL
    ProcessLimits limits{};                      ///< for yt-dlp and what it starts
};

} // namespace earmark::ytdlp
