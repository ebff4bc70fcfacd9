#include "download/pace.h"

#include <algorithm>

namespace earmark::download {

using namespace std::chrono_literals;

Pace::Pace(int perHour, Moment lastStart, std::uint64_t seed)
    : m_perHour(perHour)
    , m_random(static_cast<std::minstd_rand::result_type>(seed))
{
    if (m_perHour > 0 && lastStart > Moment(0))
        started(lastStart);
}

void Pace::started(Moment now)
{
    if (m_perHour <= 0)
        return;
    m_starts.push_back(now);
    std::uniform_real_distribution<double> spread(1 - Jitter, 1 + Jitter);
    const std::chrono::duration<double, std::milli> space = spread(m_random) * (1h / double(m_perHour));
    m_next = now + std::chrono::ceil<Moment>(space);
    if (m_starts.size() >= static_cast<std::size_t>(m_perHour)) {
        m_next = std::max(m_next, m_starts.front() + 1h);
        m_starts.pop_front();
    }
}

} // namespace earmark::download
