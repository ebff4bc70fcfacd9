#include "download/circuitbreaker.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace earmark::download {

using namespace std::chrono_literals;

namespace {

// YouTube's block lasts "up to an hour" (its own words), the bot wall longer.
constexpr std::array<Moment, 5> RateLimitWaits{15min, 30min, 1h, 2h, 4h};
constexpr std::array<Moment, 5> RefusalWaits{10min, 20min, 1h, 2h, 4h};
constexpr std::array<Moment, 5> NetworkWaits{1min, 2min, 5min, 10min, 30min};

/// The same trouble within this time after it seemed over continues where it was.
constexpr Moment Calm = 1h;
constexpr std::size_t RefusalRun = 5, NetworkRun = 6, UnknownRun = 5;
/// Where one video in ten is gone, such a run comes by chance once in 10^15 clips.
constexpr std::size_t UnavailableRun = 15;
/// Unavailable in a row, and then there is sound: they are asked for a second time, which costs little.
constexpr std::size_t SecondLook = 5;
/// Tries of the last clips when the site cannot be found.
constexpr std::size_t UnreachableTries = 3;

} // namespace

CircuitBreaker::CircuitBreaker(Moment unavailableSince)
    : m_unavailableSince(unavailableSince)
{
    if (unavailableSince > Moment(0)) {
        m_state = State::Open;
        m_reason = Reason::Unavailable;
        m_since = unavailableSince;
        ++m_epoch;
    }
}

Moment CircuitBreaker::wait(Reason reason, std::size_t n)
{
    std::span<const Moment> waits = RateLimitWaits;
    if (reason == Reason::Network)
        waits = NetworkWaits;
    else if (reason == Reason::Refusal || reason == Reason::Unknown)
        waits = RefusalWaits;
    return waits[std::min(n, waits.size() - 1)];
}

int CircuitBreaker::begun()
{
    if (m_state == State::Open)
        m_state = State::Probing;
    return m_epoch;
}

std::vector<SegmentKey> CircuitBreaker::ended(int ticket, const End &end, Moment now)
{
    if (ticket != m_epoch)
        return {};
    return m_state == State::Probing ? probed(end, now) : counted(end, now);
}

std::vector<SegmentKey> CircuitBreaker::counted(const End &end, Moment now)
{
    if (end.outcome == Outcome::Good || end.outcome == Outcome::Answered || end.outcome == Outcome::Gone)
        clearRuns();
    switch (end.outcome) {
    case Outcome::Good:
        return soundCame();
    case Outcome::Gone:
        m_gone.push_back(end.clip);
        if (m_gone.size() >= UnavailableRun && !believes(now))
            return suspect(now);
        break;
    case Outcome::RateLimited:
        open(Reason::RateLimit, true, now);
        break;
    case Outcome::Refused:
        return countIn(m_refused, end, RefusalRun, Reason::Refusal, now);
    case Outcome::NotUnderstood:
        return countIn(m_notUnderstood, end, UnknownRun, Reason::Unknown, now);
    case Outcome::Unanswered:
    case Outcome::Unreachable:
        return countIn(m_unanswered, end, NetworkRun, Reason::Network, now);
    case Outcome::Answered:
    case Outcome::Nothing:
        break;
    }
    return {};
}

std::vector<SegmentKey> CircuitBreaker::countIn(Run &run, const End &end, std::size_t length, Reason reason,
                                                Moment now)
{
    // Clips, not downloads: one that is spoiled again and again is not the site's trouble.
    run.add(end.clip);
    const bool isRun = run.clips.size() >= length;
    // When no others are left to compare with, the tries of the last ones must do: no clip is to blame for a
    // site that cannot be found.
    const bool areLastCutOff =
        end.areFewLeft && end.outcome == Outcome::Unreachable && run.tries >= UnreachableTries;
    if (!isRun && !areLastCutOff)
        return {};
    // The tries of the last clips stay counted, or a program that is started again and again would never end.
    auto clips = isRun ? std::exchange(run.clips, {}) : std::vector<SegmentKey>();
    open(reason, true, now);
    return clips;
}

std::vector<SegmentKey> CircuitBreaker::probed(const End &end, Moment now)
{
    switch (end.outcome) {
    case Outcome::Gone:
        if (m_reason == Reason::Unavailable && !believes(now)) {
            m_gone.push_back(end.clip);
            return suspect(now);
        }
        m_gone.push_back(end.clip);
        [[fallthrough]];
    case Outcome::Good:
    case Outcome::Answered:
        m_state = State::Closed;
        m_closedAt = now;
        return end.outcome == Outcome::Good ? soundCame() : std::vector<SegmentKey>();
    case Outcome::RateLimited:
        open(Reason::RateLimit, true, now);
        break;
    case Outcome::Refused:
    case Outcome::Unanswered:
    case Outcome::Unreachable:
    case Outcome::NotUnderstood: {
        // Says nothing about whether a limit is over: the same wait once more.
        const bool isLimit = m_reason == Reason::RateLimit || m_reason == Reason::Unavailable;
        open(m_reason, !isLimit, now);
        break;
    }
    case Outcome::Nothing:
        m_state = State::Open; // the next one is the probe
        m_until = now;
        break;
    }
    return {};
}

std::vector<SegmentKey> CircuitBreaker::soundCame()
{
    m_unavailableSince = Moment(0);
    // It may have been a block that was over before it was noticed, or that lasted longer than was waited.
    auto gone = std::exchange(m_gone, {});
    return gone.size() >= SecondLook ? gone : std::vector<SegmentKey>();
}

std::vector<SegmentKey> CircuitBreaker::suspect(Moment now)
{
    if (m_unavailableSince == Moment(0))
        m_unavailableSince = now;
    open(Reason::Unavailable, true, now);
    return std::exchange(m_gone, {});
}

void CircuitBreaker::limitedUntil(Moment until, Moment now)
{
    if (m_state == State::Probing || until <= now || (m_state == State::Open && m_until >= until))
        return;
    if (m_state == State::Closed)
        open(Reason::RateLimit, false, now);
    m_reason = Reason::RateLimit;
    m_until = until;
}

void CircuitBreaker::tryNow(Moment now)
{
    if (m_state == State::Open)
        m_until = std::min(m_until, now);
}

void CircuitBreaker::open(Reason reason, bool isWorse, Moment now)
{
    const bool continues =
        m_epoch > 0 && reason == m_reason && (m_state == State::Probing || now - m_closedAt < Calm);
    if (!continues) {
        m_openings = 0;
        m_since = now;
    } else if (isWorse) {
        ++m_openings;
    }
    m_state = State::Open;
    m_reason = reason;
    m_until = now + wait(reason, m_openings);
    ++m_epoch;
    clearRuns();
}

void CircuitBreaker::clearRuns()
{
    for (Run *run : {&m_refused, &m_unanswered, &m_notUnderstood})
        run->clear();
}

void CircuitBreaker::Run::add(const SegmentKey &clip)
{
    ++tries;
    if (std::ranges::find(clips, clip) == clips.end())
        clips.push_back(clip);
}

void CircuitBreaker::Run::clear()
{
    clips.clear();
    tries = 0;
}

} // namespace earmark::download
