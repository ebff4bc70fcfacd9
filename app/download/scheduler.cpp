#include "download/scheduler.h"

#include <algorithm>

namespace earmark::download {

using namespace std::chrono_literals;

namespace {

using Answer = CircuitBreaker::Outcome;

/// A site in trouble for longer marks clips by its probes, or a queue of a few broken ones would never end.
constexpr Moment Patience = 48h;

Answer answerOf(FailureClass failure, ytdlp::Remedy help)
{
    switch (failure) {
    case FailureClass::RateLimit:
        return Answer::RateLimited;
    case FailureClass::Environment:
        return Answer::Nothing;
    case FailureClass::Unknown:
        return Answer::NotUnderstood;
    case FailureClass::Transient:
        return help == ytdlp::Remedy::Tools     ? Answer::Refused
               : help == ytdlp::Remedy::Network ? Answer::Unreachable
                                                : Answer::Unanswered;
    case FailureClass::Permanent:
        return Answer::Gone;
    case FailureClass::Conditional: // a filter between here and the site hides every video
        return help == ytdlp::Remedy::Network ? Answer::Gone : Answer::Answered;
    case FailureClass::Later:
        return Answer::Answered;
    case FailureClass::None:
    case FailureClass::BadMedia:
        break;
    }
    return Answer::Good;
}

/// What the answer of a clip that has failed in the same way before is worth while nothing is wrong with the
/// site.
Answer answerAgain(Answer answer, bool areFewLeft)
{
    switch (answer) {
    case Answer::Gone: // twice, with time between: it stands
        return Answer::Answered;
    case Answer::Refused:
    case Answer::NotUnderstood:
    case Answer::Unanswered:
        // Else a handful of broken clips, tried again first thing, would stop every start of the program.
        return Answer::Nothing;
    case Answer::Unreachable: // no clip can be to blame
        return areFewLeft ? answer : Answer::Nothing;
    default:
        return answer;
    }
}

} // namespace

std::optional<Moment> Scheduler::nextStart() const
{
    switch (m_breaker.state()) {
    case CircuitBreaker::State::Closed:
        return m_pace.nextStart();
    case CircuitBreaker::State::Open:
        return std::max(m_pace.nextStart(), m_breaker.until());
    case CircuitBreaker::State::Probing:
        break;
    }
    return std::nullopt;
}

std::optional<int> Scheduler::start(Moment now)
{
    if (const auto limit = m_pace.limit(now); limit && m_breaker.state() == CircuitBreaker::State::Closed) {
        m_breaker.limitedUntil(limit->until, now);
        m_reason = limit->reason;
        return std::nullopt;
    }
    if (!m_pace.take(now))
        return std::nullopt;
    return m_breaker.begun();
}

std::vector<SegmentKey> Scheduler::ended(int ticket, const End &end, Moment now)
{
    const auto before = m_breaker.state();
    const auto troubleBefore = m_breaker.reason();
    auto answer = answerOf(end.failure, end.help);
    if (end.before == end.failure && before == CircuitBreaker::State::Closed)
        answer = answerAgain(answer, end.areFewLeft);
    auto acquitted = m_breaker.ended(ticket, {end.clip, answer, end.areFewLeft}, now);
    const auto after = m_breaker.state();
    const auto trouble = m_breaker.reason();
    if (after == CircuitBreaker::State::Open && before != CircuitBreaker::State::Open) {
        // A probe that the network spoiled says nothing of the limit that it was to try.
        const bool isNews = before == CircuitBreaker::State::Closed || trouble != troubleBefore;
        const bool isLimit = trouble == CircuitBreaker::Reason::RateLimit;
        if (isNews || (isLimit == (answer == Answer::RateLimited) &&
                       (trouble == CircuitBreaker::Reason::Unavailable) == (answer == Answer::Gone)))
            m_reason = end.reason;
        if (isLimit)
            m_pace.share(RateLimiterFile::Limit{m_breaker.until(), m_reason});
    } else if (after == CircuitBreaker::State::Closed && before == CircuitBreaker::State::Probing) {
        m_pace.share(std::nullopt);
    }
    return acquitted;
}

void Scheduler::cancelled(int ticket, const SegmentKey &clip, Moment now)
{
    m_breaker.ended(ticket, {clip, Answer::Nothing}, now);
}

bool Scheduler::isSitesTrouble(FailureClass failure, Moment now) const
{
    return (failure == FailureClass::Transient || failure == FailureClass::Unknown) &&
           m_breaker.state() != CircuitBreaker::State::Closed && now - m_breaker.since() < Patience;
}

} // namespace earmark::download
