#include "download/clock.h"

#include <ctime>

namespace earmark::download {

namespace {

Moment sinceBoot()
{
#ifdef CLOCK_BOOTTIME
    timespec now{};
    if (::clock_gettime(CLOCK_BOOTTIME, &now) == 0)
        return std::chrono::duration_cast<Moment>(std::chrono::seconds(now.tv_sec) +
                                                  std::chrono::nanoseconds(now.tv_nsec));
#endif
    return std::chrono::duration_cast<Moment>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace

Clock steadyClock()
{
    const auto today =
        std::chrono::duration_cast<Moment>(std::chrono::system_clock::now().time_since_epoch());
    return [offset = today - sinceBoot()] { return sinceBoot() + offset; };
}

} // namespace earmark::download
