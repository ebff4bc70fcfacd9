#include "download/ratelimiter.h"

#include <algorithm>

namespace earmark::download {

using namespace std::chrono_literals;

namespace {

/// A limit that lies further ahead than any wait was written by a clock that was wrong.
constexpr Moment LongestLimit = 24h;

} // namespace

RateLimiter::RateLimiter(int perHour, Moment lastStart, std::uint64_t seed, RateLimiterFile file)
    : m_perHour(perHour)
    , m_random(static_cast<std::minstd_rand::result_type>(seed))
    , m_file(std::move(file))
{
    if (lastStart > Moment(0))
        started(lastStart);
}

bool RateLimiter::take(Moment now)
{
    bool isTaken = true;
    m_file.visit([&](RateLimiterFile::Content &content) {
        // What lies ahead was written by a clock that was wrong.
        std::erase_if(content.starts, [now](Moment start) { return start <= now - 1h || start > now; });
        adopt(content.starts);
        isTaken = m_next <= now;
        if (isTaken)
            content.starts.push_back(now);
        return isTaken;
    });
    if (isTaken)
        started(now);
    return isTaken;
}

void RateLimiter::started(Moment now)
{
    if (m_perHour <= 0)
        return;
    m_starts.push_back(now);
    m_next = now + space();
    if (m_starts.size() >= static_cast<std::size_t>(m_perHour)) {
        m_next = std::max(m_next, m_starts.front() + 1h);
        m_starts.pop_front();
    }
}

void RateLimiter::adopt(const std::vector<Moment> &starts)
{
    // One's own are in the file as well.
    const Moment last = m_starts.empty() ? Moment(0) : m_starts.back();
    if (m_perHour <= 0 || starts.empty() || starts.back() <= last)
        return;
    std::vector<Moment> all;
    std::ranges::set_union(m_starts, starts, std::back_inserter(all));
    m_starts.clear();
    for (const Moment start : all)
        started(start);
}

Moment RateLimiter::space()
{
    std::uniform_real_distribution<double> spread(1 - Jitter, 1 + Jitter);
    const std::chrono::duration<double, std::milli> hour = 1h;
    return std::chrono::ceil<Moment>(spread(m_random) * (hour / double(m_perHour)));
}

std::optional<RateLimiterFile::Limit> RateLimiter::limit(Moment now) const
{
    std::optional<RateLimiterFile::Limit> found;
    m_file.visit([&](const RateLimiterFile::Content &content) {
        if (content.limit && content.limit->until > now && content.limit->until <= now + LongestLimit)
            found = content.limit;
        return false;
    });
    return found;
}

void RateLimiter::share(const std::optional<RateLimiterFile::Limit> &limit) const
{
    m_file.visit([&](RateLimiterFile::Content &content) {
        if (content.limit == limit)
            return false;
        content.limit = limit;
        return true;
    });
}

} // namespace earmark::download
