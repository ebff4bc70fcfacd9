#pragma once

#include "ytdlp/worker.h"

namespace earmark::session {

/// How the window's downloads are done: what the person set.
struct DownloadSettings
{
    /// Guest and Account are YouTube's limits: another source is not held back by them.
    enum class RateLimiter { Guest, Account, Own };

    RateLimiter pace = RateLimiter::Guest;
    int ownPerHour = 600; ///< for Own: downloads begun in any hour, 1 to 100,000
    int workers = 2;      ///< 1 to 16
    QString source = ytdlp::Source::YouTube;
    ytdlp::FetchSettings fetch{};

    /// Downloads begun in any hour from that source; 0: no limit.
    int perHour(const ytdlp::Source &from) const;
    /// Empty when they will do, else a sentence for the person.
    QString problem() const;
    bool operator==(const DownloadSettings &) const = default;
};

/// The arguments as one line, and back: an argument with a blank stands in double quotes, and a double
/// quote in an argument is written three times. Empty arguments are left out.
QString argumentsLine(const QStringList &arguments);
QStringList argumentsOfLine(const QString &line);

} // namespace earmark::session
