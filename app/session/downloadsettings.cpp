#include "session/downloadsettings.h"

#include "download/ratelimiter.h"

#include <QProcess>

#include <algorithm>

namespace earmark::session {

using namespace Qt::StringLiterals;

int DownloadSettings::perHour(const ytdlp::Source &from) const
{
    if (pace == RateLimiter::Own)
        return ownPerHour;
    if (!from.isYouTube())
        return 0;
    return pace == RateLimiter::Account ? download::RateLimiter::Account : download::RateLimiter::Guest;
}

download::QueueOptions DownloadSettings::queueOptions(const ytdlp::Tools &tools, const ytdlp::Source &from,
                                                      const std::function<void(const QString &)> &warn) const
{
    download::QueueOptions options;
    options.worker.tools = tools;
    options.worker.source = from;
    options.worker.settings = fetch;
    options.workers = workers;
    options.perHour = perHour(from);
    if (from.isYouTube())
        options.paceFile = download::RateLimiterFile::ownPath();
    if (auto rules = ytdlp::readOwnFailureRules())
        options.worker.rules = std::move(*rules);
    else
        warn(rules.error().text);
    return options;
}

QString DownloadSettings::problem() const
{
    const QString ofSource = ytdlp::Source(source).problem();
    return ofSource.isEmpty() ? fetch.problem() : ofSource;
}

QString argumentsLine(const QStringList &arguments)
{
    QStringList words;
    for (QString word : arguments) {
        if (word.isEmpty())
            continue;
        const bool isPlain = std::ranges::none_of(word, [](QChar c) { return c.isSpace(); });
        word.replace(u'"', u"\"\"\""_s);
        words += isPlain ? word : u'"' + word + u'"';
    }
    return words.join(u' ');
}

QStringList argumentsOfLine(const QString &line)
{
    return QProcess::splitCommand(line);
}

} // namespace earmark::session
