#include "download/scheduler.h"

#include <algorithm>

namespace earmark::download {

namespace {

Breaker::Answer answerOf(FailureClass failure, ytdlp::Help help)
{
    switch (failure) {
    case FailureClass::RateLimit:
        return Breaker::Answer::RateLimited;
    case FailureClass::Environment:
        return Breaker::Answer::Nothing;
    case FailureClass::Unknown: // the site may have found new words for an old refusal
        return Breaker::Answer::Refused;
    case FailureClass::Transient:
        return help == ytdlp::Help::Tools ? Breaker::Answer::Refused : Breaker::Answer::Unanswered;
    default:
        return Breaker::Answer::Good;
    }
}

} // namespace

std::optional<Moment> Scheduler::nextStart() const
{
    switch (m_breaker.state()) {
    case Breaker::State::Closed:
        return m_pace.nextStart();
    case Breaker::State::Open:
        return std::max(m_pace.nextStart(), m_breaker.until());
    case Breaker::State::Probing:
        break;
    }
    return std::nullopt;
}

int Scheduler::started(Moment now)
{
    m_pace.started(now);
    return m_breaker.begun();
}

void Scheduler::ended(int ticket, const End &end, Moment now)
{
    auto answer = answerOf(end.failure, end.help);
    const bool isDoubt = answer == Breaker::Answer::Refused || answer == Breaker::Answer::Unanswered;
    // Else a handful of spoiled clips, tried again first thing, would stop every start of the program.
    if (isDoubt && end.failedBefore && m_breaker.state() == Breaker::State::Closed)
        answer = Breaker::Answer::Nothing;
    m_breaker.ended(ticket, end.clip, answer, now);
}

void Scheduler::cancelled(int ticket, const SegmentKey &clip, Moment now)
{
    m_breaker.ended(ticket, clip, Breaker::Answer::Nothing, now);
}

} // namespace earmark::download
