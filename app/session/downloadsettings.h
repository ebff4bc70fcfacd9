#pragma once

#include "download/queueoptions.h"

#include <functional>

namespace earmark::session {

/// How downloads are done: what the user set.
struct DownloadSettings
{
    /// Guest and Account are YouTube's limits: another source is not held back by them.
    enum class RateLimiter { Guest, Account, Own };

    RateLimiter pace = RateLimiter::Guest;
    int ownPerHour = 600; ///< for Own: downloads begun in any hour, 1 to 100,000; 0: no limit
    int workers = 2;      ///< 1 to 16
    QString source = ytdlp::Source::YouTube;
    ytdlp::FetchSettings fetch{};

    /// Downloads begun in any hour from that source; 0: no limit.
    int perHour(const ytdlp::Source &from) const;
    /// What a queue is made with for that source: these settings, the user's failure rules and, for YouTube,
    /// the rate limit that all programs of this computer share. `warn` gets a sentence when there are rules
    /// that cannot be read; the queue does without them.
    download::QueueOptions queueOptions(const ytdlp::Tools &tools, const ytdlp::Source &from,
                                        const std::function<void(const QString &)> &warn) const;
    /// Empty when the settings are usable, else a sentence for the user.
    QString problem() const;
    bool operator==(const DownloadSettings &) const = default;
};

/// The arguments as one line, and back: an argument with a blank stands in double quotes, and a double
/// quote in an argument is written three times. Empty arguments are left out.
QString argumentsLine(const QStringList &arguments);
QStringList argumentsOfLine(const QString &line);

} // namespace earmark::session
