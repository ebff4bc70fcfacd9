#pragma once

#include "clips/clipstate.h"

#include <array>

namespace earmark {

/// How many clips stand where.
struct ClipCounts
{
    std::array<qint64, AllClipStates.size()> byState{};           ///< by ClipState
    std::array<qint64, AllFailureClasses.size() + 1> byFailure{}; ///< by FailureClass, of the failed

    qint64 &operator[](ClipState state) { return byState[static_cast<std::size_t>(state)]; }
    qint64 operator[](ClipState state) const { return byState[static_cast<std::size_t>(state)]; }
    qint64 &operator[](FailureClass failure) { return byFailure[static_cast<std::size_t>(failure)]; }
    qint64 operator[](FailureClass failure) const { return byFailure[static_cast<std::size_t>(failure)]; }

    qint64 playable() const { return (*this)[ClipState::Ready] + (*this)[ClipState::Short]; }
    /// Queued or in a worker's hands.
    qint64 unfinished() const
    {
        return (*this)[ClipState::Queued] + (*this)[ClipState::Fetching] + (*this)[ClipState::Formatting];
    }
    /// Finished once, and their files are missing or damaged.
    qint64 lost() const { return (*this)[ClipState::Missing] + (*this)[ClipState::Damaged]; }
    /// Those of which nothing more is to come: finished or failed.
    qint64 settled() const { return playable() + (*this)[ClipState::Failed]; }
    qint64 total() const { return settled() + unfinished() + lost(); }
};

} // namespace earmark
