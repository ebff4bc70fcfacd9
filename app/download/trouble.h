#pragma once

#include "download/breaker.h"
#include "ytdlp/failurerules.h"

#include <chrono>

namespace earmark::download {

/// What went wrong with a clip, or stops the queue.
struct Trouble
{
    FailureClass failure = FailureClass::None;
    QString reason; ///< a sentence for the person
    ytdlp::Help help = ytdlp::Help::None;
    std::chrono::minutes later{0}; ///< for Later: how long to wait before the next try
};

/// The trouble for which the breaker stands open, out of the reason of the download that opened it.
Trouble troubleOf(Breaker::Trouble trouble, const QString &reason);

} // namespace earmark::download
