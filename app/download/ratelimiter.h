#pragma once

#include "download/clock.h"
#include "download/ratelimiterfile.h"

#include <deque>
#include <random>

namespace earmark::download {

/// The one token bucket of all workers: gives out the starts of downloads. It holds one token, so there are
/// no bursts, and it looks back an hour, so that no hour, wherever it begins, holds more starts than it may.
/// With a file, the starts of all the programs that share it count.
class RateLimiter final
{
public:
    /// What YouTube lets through, in videos an hour. Source: yt-dlp's wiki, Extractors, "exporting YouTube
    /// cookies".
    static constexpr int Guest = 300, Account = 2000;

    /// `perHour`: starts in any hour; 0: no limit. `lastStart`: of an earlier run, so that starting the
    /// program again and again gains nothing. The seed decides the jitter.
    explicit RateLimiter(int perHour, Moment lastStart = {}, std::uint64_t seed = std::random_device()(),
                         RateLimiterFile file = RateLimiterFile());

    int perHour() const { return m_perHour; }
    /// The earliest moment of the next start, as far as this program knows.
    Moment nextStart() const { return m_next; }
    /// Begins a download, unless it turns out that another program began one meanwhile: then it is false, and
    /// nextStart() is later than it was. A file that cannot be used is left out of account.
    bool take(Moment now);

    /// Until when the site turns everybody away, as the file has it; nothing when it does not, or when that
    /// is over.
    std::optional<RateLimiterFile::Limit> limit(Moment now) const;
    /// Tells the others; nothing: the site lets downloads through again.
    void share(const std::optional<RateLimiterFile::Limit> &limit) const;

private:
    /// The spaces between starts differ by up to this share, both ways: a machine's beat stands out.
    static constexpr double Jitter = 0.3;

    void started(Moment now);
    /// Counts what others began.
    void adopt(const std::vector<Moment> &starts);
    Moment space();

    int m_perHour;
    std::deque<Moment> m_starts; ///< the last m_perHour
    Moment m_next{};
    std::minstd_rand m_random;
    RateLimiterFile m_file;
};

} // namespace earmark::download
