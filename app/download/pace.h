#pragma once

#include "download/clock.h"

#include <deque>
#include <random>

namespace earmark::download {

/// The one token bucket of all workers: gives out the starts of downloads. It holds one token, so there are
/// no bursts, and it looks back an hour, so that no hour, wherever it begins, holds more starts than it may.
class Pace final
{
public:
    /// What YouTube lets through, in videos an hour. Source: yt-dlp's wiki, Extractors, "exporting YouTube
    /// cookies".
    static constexpr int Guest = 300, Account = 2000;

    /// `perHour`: starts in any hour; 0: no limit. `lastStart`: of an earlier run, so that starting the
    /// program again and again gains nothing. The seed decides the jitter.
    explicit Pace(int perHour, Moment lastStart = {}, std::uint64_t seed = std::random_device()());

    int perHour() const { return m_perHour; }
    /// The earliest moment of the next start.
    Moment nextStart() const { return m_next; }
    void started(Moment now);

private:
    /// The spaces between starts differ by up to this share, both ways: a machine's beat stands out.
    static constexpr double Jitter = 0.3;

    int m_perHour;
    std::deque<Moment> m_starts; ///< the last m_perHour
    Moment m_next{};
    std::minstd_rand m_random;
};

} // namespace earmark::download
