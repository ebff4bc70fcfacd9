#pragma once

#include "base/segmentkey.h"
#include "download/clock.h"

#include <vector>

namespace earmark::download {

/// Whether the site lets downloads through, as a circuit breaker: closed while all is well; open after
/// trouble, so that nothing starts; then one download goes first, and what comes of it decides.
class Breaker final
{
public:
    enum class Trouble {
        RateLimit, ///< the site said so: once is enough
        Refusal,   ///< five clips in a row that the site refused, or whose failure nobody understands
        Network,   ///< six clips in a row that the connection spoiled
    };
    /// What a download says of the site.
    enum class Answer {
        Good,        ///< it answered, be it that the video is private
        RateLimited, ///< see Trouble
        Refused,
        Unanswered,
        Nothing, ///< it was cancelled, or this computer is at fault
    };
    enum class State { Closed, Open, Probing };

    State state() const { return m_state; }
    /// Why it is not closed.
    Trouble trouble() const { return m_trouble; }
    /// While open: from this moment on the probe may start.
    Moment until() const { return m_until; }

    /// A download starts; in Open it becomes the probe. Gives what ended() must be told: what began before
    /// the breaker opened says nothing of how things stand since.
    int begun();
    void ended(int ticket, const SegmentKey &clip, Answer answer, Moment now);
    /// The person does not want to wait: the probe may start at once. Closed: nothing.
    void tryNow(Moment now);

    /// How long it stays open for the nth time in a row, n from 0; the last one repeats.
    static Moment wait(Trouble trouble, std::size_t n);

private:
    void open(Trouble trouble, bool isWorse, Moment now);
    void probed(Answer answer, Moment now);
    static bool isRun(std::vector<SegmentKey> &run, const SegmentKey &clip, std::size_t length);

    State m_state = State::Closed;
    Trouble m_trouble = Trouble::Network;
    Moment m_until{};
    Moment m_closedAt{};
    std::size_t m_openings = 0; ///< in a row, of the same trouble
    int m_epoch = 0;            ///< goes up with each opening
    std::vector<SegmentKey> m_refused;
    std::vector<SegmentKey> m_unanswered;
};

} // namespace earmark::download
