#pragma once

#include "base/clipstate.h"

namespace earmark::download {

/// What happens after a job failed: the place where patience is decided.
struct RetryPolicy
{
    int transientTries = 3; ///< downloads of one clip that the network may spoil before it counts as failed
    int badMediaTries = 2;  ///< a damaged file is fetched once more: the connection may have been cut
    int shortTries = 2;     ///< a clip shorter than asked for is believed when it comes twice
    int networkIsDown = 6;  ///< jobs in a row spoiled by the network: it is not the clips' fault, so wait

    enum class Next { Fail, TryAgain, Pause };

    /// `attempts` counts downloads of this clip, `inARow` the last jobs of all clips that the network
    /// spoiled.
    Next after(FailureClass failure, int attempts, int inARow) const
    {
        switch (failure) {
        case FailureClass::RateLimit:
        case FailureClass::Environment:
            return Next::Pause;
        case FailureClass::Transient:
            if (inARow >= networkIsDown)
                return Next::Pause;
            return attempts < transientTries ? Next::TryAgain : Next::Fail;
        case FailureClass::BadMedia:
            return attempts < badMediaTries ? Next::TryAgain : Next::Fail;
        default:
            return Next::Fail;
        }
    }
};

} // namespace earmark::download
