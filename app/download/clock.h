#pragma once

#include <chrono>
#include <functional>

namespace earmark::download {

/// Milliseconds since 1970, UTC, by a clock that never jumps.
using Moment = std::chrono::milliseconds;
using Clock = std::function<Moment()>;

/// The time of day when it was made, and from then on the time that has gone by, sleep of the computer among
/// it: whoever sets the clock neither stops the downloads nor opens the gates.
Clock steadyClock();

} // namespace earmark::download
