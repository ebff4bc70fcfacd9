#pragma once

#include "download/circuitbreaker.h"
#include "ytdlp/failurerules.h"

#include <chrono>

namespace earmark::download {

/// What went wrong with a clip, or stops the queue.
struct JobFailure
{
    FailureClass failure = FailureClass::None;
    QString reason; ///< a sentence for the user
    ytdlp::Remedy help = ytdlp::Remedy::None;
    std::chrono::minutes later{0}; ///< for Later: how long to wait before the next try
};

/// The trouble for which the breaker stands open, out of the reason of the download that opened it.
JobFailure jobFailureOf(CircuitBreaker::Reason trouble, const QString &reason);

} // namespace earmark::download
