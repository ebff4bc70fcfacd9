#pragma once

#include "download/circuitbreaker.h"
#include "download/ratelimiter.h"
#include "download/retrypolicy.h"
#include "ytdlp/failurerules.h"

#include <optional>

namespace earmark::download {

/// Decides when downloads may start: told what happens and when, it answers, and does nothing by itself.
class Scheduler final
{
public:
    /// `unavailableSince`: see CircuitBreaker.
    explicit Scheduler(RateLimiter pace, Moment unavailableSince = Moment(0))
        : m_pace(std::move(pace))
        , m_breaker(unavailableSince)
    {
    }

    const CircuitBreaker &breaker() const { return m_breaker; }
    int perHour() const { return m_pace.perHour(); }

    /// The earliest moment of the next start; nothing while a probe decides.
    std::optional<Moment> nextStart() const;
    /// A download starts. Gives the ticket for its end; nothing when another program that shares the pace has
    /// been quicker, or knows that the site refuses: nextStart() is another then.
    std::optional<int> start(Moment now);
    /// What came of a download.
    struct End
    {
        SegmentKey clip;
        FailureClass failure = FailureClass::None; ///< None when it worked
        ytdlp::Remedy help = ytdlp::Remedy::None;
        QString reason{}; ///< a sentence for the user
        /// Why the clip failed the last time, while others did not: it tells less of the site than of itself.
        FailureClass before = FailureClass::None;
        /// No clip is queued that has not failed before.
        bool areFewLeft = false;
    };
    /// Gives the clips whose last failure was the site's: see CircuitBreaker::ended().
    std::vector<SegmentKey> ended(int ticket, const End &end, Moment now);
    /// It was taken out of the workers' hands.
    void cancelled(int ticket, const SegmentKey &clip, Moment now);
    void tryNow(Moment now) { m_breaker.tryNow(now); }
    /// While the breaker is not closed: the reason of the download that opened it, here or in another
    /// program.
    const QString &reason() const { return m_reason; }
    /// Such a failure says more of the site than of the clip: the site is in trouble, and has not been for so
    /// long that its last clips must end at some time.
    bool isSitesTrouble(FailureClass failure, Moment now) const;

private:
    RateLimiter m_pace;
    CircuitBreaker m_breaker;
    QString m_reason;
};

} // namespace earmark::download
