#pragma once

#include "clips/clipstate.h"

#include <chrono>
#include <optional>

namespace earmark::download {

/// Trouble of the site or of this computer: no clip is to blame.
constexpr bool isBlameless(FailureClass failure)
{
    return failure == FailureClass::RateLimit || failure == FailureClass::Environment;
}

/// How much patience there is with one clip.
struct RetryPolicy
{
    int transientTries = 3; ///< downloads of one clip that the network may spoil before it counts as failed
    int badMediaTries = 2;  ///< a damaged file is fetched once more: the connection may have been cut
    int shortTries = 4;     ///< downloads of a clip that comes out short, until two end at the same sample
    int unknownTries = 2;   ///< what nobody understands is tried once more
    std::chrono::milliseconds firstWait{
        30'000}; ///< before the second try; four times as long each further time, to a day at most

    /// Downloads of one clip before such a failure stands; 0: it stands at once, or is not the clip's.
    int tries(FailureClass failure) const
    {
        switch (failure) {
        case FailureClass::Transient:
            return transientTries;
        case FailureClass::BadMedia:
            return badMediaTries;
        case FailureClass::Unknown:
            return unknownTries;
        default:
            return 0;
        }
    }

    /// A clip has failed after so many downloads, the first among them: how long to wait before the next;
    /// nothing when the failure stands. Rate limits and this computer's trouble are not the clip's: they
    /// never stand.
    std::optional<std::chrono::milliseconds> waitAfter(FailureClass failure, int attempts) const
    {
        if (isBlameless(failure))
            return std::chrono::milliseconds(0);
        if (attempts >= tries(failure))
            return std::nullopt;
        return waitBefore(attempts + 1);
    }

    /// How long to wait before the download of this number, from 2.
    std::chrono::milliseconds waitBefore(int download) const
    {
        auto wait = firstWait;
        for (int further = 2; further < download && wait < std::chrono::hours(6); ++further)
            wait *= 4;
        return wait;
    }
};

} // namespace earmark::download
