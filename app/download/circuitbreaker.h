#pragma once

#include "clips/segmentkey.h"
#include "download/clock.h"

#include <vector>

namespace earmark::download {

/// Whether the site lets downloads through, as a circuit breaker: closed while all is well; open after
/// trouble, so that nothing starts; then one download goes first, and what comes of it decides.
class CircuitBreaker final
{
public:
    enum class Reason {
        RateLimit,   ///< the site said so: once is enough
        Refusal,     ///< five clips in a row that the site refused
        Network,     ///< six clips in a row that the connection spoiled; fewer when the last cannot reach it
        Unavailable, ///< fifteen videos in a row said to be unavailable: a blocked session is answered so
        Unknown,     ///< five clips in a row that failed in words that no rule knows
    };
    /// What a download says of the site.
    enum class Outcome {
        Good,          ///< it gave the sound
        Answered,      ///< it gave a true answer for this clip alone, such as an age limit
        Gone,          ///< it said that the video is unavailable for good
        RateLimited,   ///< see Reason
        Refused,       ///< see Reason
        Unanswered,    ///< the connection broke off
        Unreachable,   ///< the site was not to be found on the network
        NotUnderstood, ///< it answered in words that no rule knows
        Nothing,       ///< the download was cancelled, or this computer is at fault
    };
    enum class State { Closed, Open, Probing };

    /// `unavailableSince`: as unavailableSince() of an earlier run; not 0: it begins open, and the first
    /// download is the probe.
    explicit CircuitBreaker(Moment unavailableSince = Moment(0));

    State state() const { return m_state; }
    /// Why it is not closed.
    Reason reason() const { return m_reason; }
    /// While open: from this moment on the probe may start.
    Moment until() const { return m_until; }
    /// While not closed: when this trouble began; its openings one after the other count as one.
    Moment since() const { return m_since; }
    /// When the run of unavailable videos was first taken for a block; 0 since the last sound.
    Moment unavailableSince() const { return m_unavailableSince; }

    /// A download starts; in Open it becomes the probe. Gives what ended() must be told: what began before
    /// the breaker opened says nothing of how things stand since.
    int begun();
    /// What came of a download.
    struct End
    {
        SegmentKey clip;
        Outcome outcome = Outcome::Nothing;
        /// Only clips are left that have failed before: further tries of the same ones count as well when
        /// the site is Unreachable.
        bool areFewLeft = false;
    };
    /// Gives the clips whose last failure was the site's, as it turns out, this one among them: of those that
    /// are Gone, it must not be believed; of the others, it is no try.
    std::vector<SegmentKey> ended(int ticket, const End &end, Moment now);
    /// The site refuses everybody here until that moment, as another program found out. Closed: it opens.
    void limitedUntil(Moment until, Moment now);
    /// The user does not want to wait: the probe may start at once. Closed: nothing.
    void tryNow(Moment now);

    /// How long it stays open for the nth time in a row, n from 0; the last one repeats.
    static Moment wait(Reason reason, std::size_t n);
    /// After so long, probes among the time, unavailable videos are believed to be so.
    static constexpr Moment BelievedAfter = std::chrono::hours(6);

private:
    /// Clips that failed in the same way one after the other.
    struct Run
    {
        std::vector<SegmentKey> clips; ///< each once
        std::size_t tries = 0;         ///< downloads of them
        void add(const SegmentKey &clip);
        void clear();
    };

    std::vector<SegmentKey> counted(const End &end, Moment now);
    /// Counts the clip as one of the run, and opens when it is as long as that. Gives the run then.
    std::vector<SegmentKey> countIn(Run &run, const End &end, std::size_t length, Reason reason, Moment now);
    std::vector<SegmentKey> probed(const End &end, Moment now);
    std::vector<SegmentKey> soundCame();
    std::vector<SegmentKey> suspect(Moment now);
    void open(Reason reason, bool isWorse, Moment now);
    bool believes(Moment now) const
    {
        return m_unavailableSince > Moment(0) && now - m_unavailableSince >= BelievedAfter;
    }
    void clearRuns();

    State m_state = State::Closed;
    Reason m_reason = Reason::Network;
    Moment m_until{};
    Moment m_since{};
    Moment m_closedAt{};
    std::size_t m_openings = 0; ///< in a row, of the same trouble
    int m_epoch = 0;            ///< goes up with each opening
    Run m_refused, m_unanswered, m_notUnderstood;
    std::vector<SegmentKey> m_gone; ///< since the last sound
    Moment m_unavailableSince{};
};

} // namespace earmark::download
