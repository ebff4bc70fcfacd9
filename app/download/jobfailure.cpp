#include "download/jobfailure.h"

namespace earmark::download {

using namespace Qt::StringLiterals;

JobFailure jobFailureOf(CircuitBreaker::Reason trouble, const QString &reason)
{
    switch (trouble) {
    case CircuitBreaker::Reason::RateLimit:
        break;
    case CircuitBreaker::Reason::Unavailable:
        return {
            FailureClass::RateLimit,
            u"The site calls 15 videos in a row unavailable. YouTube does so when it blocks a session or an "
            "address: the clips stay queued, and one is retried later. The last reason: %1"_s.arg(reason),
            ytdlp::Remedy::Cookies,
            {}};
    case CircuitBreaker::Reason::Unknown:
        return {FailureClass::Unknown,
                u"5 clips in a row failed for a reason that Earmark does not know. See the log of one of "
                "them. The last reason: %1"_s.arg(reason),
                ytdlp::Remedy::None,
                {}};
    case CircuitBreaker::Reason::Refusal:
        return {
            FailureClass::Transient,
            u"The site refuses one clip after the other: yt-dlp is probably too old for it. Install a newer "
            "one. The last reason: %1"_s.arg(reason),
            ytdlp::Remedy::Tools,
            {}};
    case CircuitBreaker::Reason::Network:
        return {FailureClass::Transient,
                u"One download after the other breaks off. Check the connection to the internet. The last "
                "reason: %1"_s.arg(reason),
                ytdlp::Remedy::Network,
                {}};
    }
    return {FailureClass::RateLimit, reason, ytdlp::Remedy::Cookies, {}};
}

} // namespace earmark::download
