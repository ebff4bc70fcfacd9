#pragma once

#include "ytdlp/fetchsettings.h"

#include <QStringList>

namespace earmark::ytdlp {

class Source;

/// What must not be read in a log, a sentence or a command that is shown: passwords, tokens and cookies of
/// the settings and of the source's address.
class Secrets final
{
public:
    Secrets() = default;
    Secrets(const FetchSettings &settings, const Source &source);

    /// Adds the values of a cookies file in Netscape's format, which yt-dlp prints with --verbose.
    void addCookies(const QByteArray &file);
    /// The text with all of them replaced by "•••"; so are the values of Authorization, Cookie and token
    /// headers, wherever they come from.
    QString blotted(QString text) const;

private:
    void add(const QString &secret, qsizetype shortest);

    QStringList m_secrets; ///< the longest first: the whole before its parts
};

} // namespace earmark::ytdlp
