#pragma once

#include <QDateTime>
#include <QString>

namespace earmark::tools {

/// What a file of cookies says of a login to YouTube, without its secrets.
struct CookiesAge
{
    QDateTime changed;      ///< when the file was; invalid: it cannot be read
    bool hasLogin = false;  ///< it holds the cookies of an account
    QDateTime expires;      ///< the first of these, invalid: none does
    bool isNetscape = true; ///< it is in the format that yt-dlp reads
};

/// Reads a file in Netscape's format, up to 4 MB of it.
CookiesAge cookiesAge(const QString &path);

} // namespace earmark::tools
