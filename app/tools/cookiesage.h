#pragma once

#include <QDateTime>
#include <QString>

namespace earmark::tools {

/// A cookies file's YouTube login and age, without its secrets.
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
