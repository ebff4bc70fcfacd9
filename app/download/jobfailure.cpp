#include "download/jobfailure.h"

namespace earmark::download {

using namespace Qt::StringLiterals;

JobFailure jobFailureOf(CircuitBreaker::Reason trouble, const QString &reason)
{
    switch (trouble) {
    case CircuitBreaker::Reason::RateLimit:
        break;
    case CircuitBreaker::Reason::Unavailable:
        return {FailureClass::RateLimit,
                u"15 videos in a row were reported as unavailable, as when YouTube blocks a session or an "
                "IP address. The clips stay queued, and Earmark retries one of them later. Last reason: "
                "%1"_s.arg(reason),
                ytdlp::Remedy::Cookies,
                {}};
    case CircuitBreaker::Reason::Unknown:
        return {FailureClass::Unknown,
                u"5 clips in a row failed for an unknown reason. Read the log of one of them. Last "
                "reason: %1"_s.arg(reason),
                ytdlp::Remedy::None,
                {}};
    case CircuitBreaker::Reason::Refusal:
        return {FailureClass::Transient,
                u"The site refuses every clip, probably because yt-dlp is too old. Update yt-dlp. Last "
                "reason: %1"_s.arg(reason),
                ytdlp::Remedy::Tools,
                {}};
    case CircuitBreaker::Reason::Network:
        return {FailureClass::Transient,
                u"Downloads keep failing. Check the internet connection. Last reason: %1"_s.arg(reason),
                ytdlp::Remedy::Network,
                {}};
    }
    return {FailureClass::RateLimit, reason, ytdlp::Remedy::Cookies, {}};
}

} // namespace earmark::download
