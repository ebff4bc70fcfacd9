#pragma once

#include "download/breaker.h"
#include "download/pace.h"
#include "download/retrypolicy.h"
#include "ytdlp/failurerules.h"

#include <optional>

namespace earmark::download {

/// Decides when downloads may start: told what happens and when, it answers, and does nothing by itself.
class Scheduler final
{
public:
    explicit Scheduler(Pace pace)
        : m_pace(std::move(pace))
    {
    }

    const Breaker &breaker() const { return m_breaker; }
    int perHour() const { return m_pace.perHour(); }

    /// The earliest moment of the next start; nothing while a probe decides.
    std::optional<Moment> nextStart() const;
    /// A download starts. Gives the ticket for its end.
    int started(Moment now);
    /// What came of a download.
    struct End
    {
        SegmentKey clip;
        FailureClass failure = FailureClass::None; ///< None when it worked
        ytdlp::Help help = ytdlp::Help::None;
        /// The clip has failed before, while others did not: it tells less of the site than of itself.
        bool failedBefore = false;
    };
    void ended(int ticket, const End &end, Moment now);
    /// It was taken out of the workers' hands.
    void cancelled(int ticket, const SegmentKey &clip, Moment now);
    void tryNow(Moment now) { m_breaker.tryNow(now); }

private:
    Pace m_pace;
    Breaker m_breaker;
};

} // namespace earmark::download
