#include "download/breaker.h"

#include <algorithm>
#include <array>
#include <span>

namespace earmark::download {

using namespace std::chrono_literals;

namespace {

// YouTube's block lasts "up to an hour" (its own words), the bot wall longer.
constexpr std::array<Moment, 5> RateLimitWaits{15min, 30min, 1h, 2h, 4h};
constexpr std::array<Moment, 5> RefusalWaits{10min, 20min, 1h, 2h, 4h};
constexpr std::array<Moment, 5> NetworkWaits{1min, 2min, 5min, 10min, 30min};

/// The same trouble within this time after it seemed over goes on where it was.
constexpr Moment Calm = 1h;
constexpr std::size_t RefusalRun = 5, NetworkRun = 6;

} // namespace

Moment Breaker::wait(Trouble trouble, std::size_t n)
{
    const std::span<const Moment> waits = trouble == Trouble::RateLimit ? RateLimitWaits
                                          : trouble == Trouble::Refusal ? RefusalWaits
                                                                        : NetworkWaits;
    return waits[std::min(n, waits.size() - 1)];
}

int Breaker::begun()
{
    if (m_state == State::Open)
        m_state = State::Probing;
    return m_epoch;
}

void Breaker::ended(int ticket, const SegmentKey &clip, Answer answer, Moment now)
{
    if (ticket != m_epoch)
        return;
    if (m_state == State::Probing)
        return probed(answer, now);
    switch (answer) {
    case Answer::Good:
        m_refused.clear();
        m_unanswered.clear();
        break;
    case Answer::RateLimited:
        open(Trouble::RateLimit, true, now);
        break;
    case Answer::Refused:
        if (isRun(m_refused, clip, RefusalRun))
            open(Trouble::Refusal, true, now);
        break;
    case Answer::Unanswered:
        if (isRun(m_unanswered, clip, NetworkRun))
            open(Trouble::Network, true, now);
        break;
    case Answer::Nothing:
        break;
    }
}

void Breaker::probed(Answer answer, Moment now)
{
    switch (answer) {
    case Answer::Good:
        m_state = State::Closed;
        m_closedAt = now;
        break;
    case Answer::RateLimited:
        open(Trouble::RateLimit, true, now);
        break;
    case Answer::Refused:
    case Answer::Unanswered:
        // Says nothing about whether a rate limit is over: the same wait once more.
        open(m_trouble, m_trouble != Trouble::RateLimit, now);
        break;
    case Answer::Nothing:
        m_state = State::Open; // the next one is the probe
        m_until = now;
        break;
    }
}

void Breaker::tryNow(Moment now)
{
    if (m_state == State::Open)
        m_until = std::min(m_until, now);
}

void Breaker::open(Trouble trouble, bool isWorse, Moment now)
{
    const bool goesOn =
        m_epoch > 0 && trouble == m_trouble && (m_state == State::Probing || now - m_closedAt < Calm);
    if (!goesOn)
        m_openings = 0;
    else if (isWorse)
        ++m_openings;
    m_state = State::Open;
    m_trouble = trouble;
    m_until = now + wait(trouble, m_openings);
    ++m_epoch;
    m_refused.clear();
    m_unanswered.clear();
}

bool Breaker::isRun(std::vector<SegmentKey> &run, const SegmentKey &clip, std::size_t length)
{
    // Clips, not downloads: the last one of a queue, tried three times, is not a trouble of the site.
    if (std::ranges::find(run, clip) == run.end())
        run.push_back(clip);
    return run.size() >= length;
}

} // namespace earmark::download
