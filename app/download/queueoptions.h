#pragma once

#include "download/clock.h"
#include "download/retrypolicy.h"
#include "ytdlp/workeroptions.h"

#include <QString>

#include <optional>

namespace earmark::download {

struct QueueOptions
{
    ytdlp::WorkerOptions worker; ///< of each; the queue gives it a folder
    int workers = 2;             ///< 1 to 16
    /// Downloads begun in any hour; 0: no limit. Nothing: YouTube's limit for guests there, none elsewhere.
    std::optional<int> perHour;
    /// Nothing: the policy's own, with shorter waits for a source that is not YouTube.
    std::optional<RetryPolicy> retry;
    /// The file through which programs that share an address share its rate limit, see RateLimiterFile;
    /// empty: none.
    QString paceFile{};
    Clock clock = steadyClock();
};

} // namespace earmark::download
