#pragma once

#include <QByteArray>
#include <QDateTime>

#include <chrono>
#include <optional>

class QNetworkReply;

namespace earmark::net {

/// Which bytes of how many a 206 holds, or of how many a 416 knows. Source: RFC 9110, 14.4.
struct ContentRange
{
    qint64 first = -1; ///< -1: none, as in a 416
    qint64 last = -1;  ///< the last byte itself
    qint64 total = -1; ///< -1: the server does not say

    /// Reads "bytes 100-199/200", "bytes 100-199/*", "bytes */200". Nothing when it is none of these.
    static std::optional<ContentRange> parse(QByteArrayView text);
};

/// How long to wait, as Retry-After says it: seconds, or a date ("Wed, 21 Oct 2015 07:28:00 GMT"). Never
/// negative. Nothing when the text is neither. Source: RFC 9110, 10.2.3.
std::optional<std::chrono::milliseconds> parseRetryAfter(const QByteArray &text, const QDateTime &now);

/// What a server said before the content itself.
struct HttpAnswer
{
    int status = 0;     ///< 0: it said nothing
    QString reason;     ///< "Not Found"
    qint64 length = -1; ///< of this content; -1: unknown
    std::optional<ContentRange> range;
    QByteArray validator; ///< what an If-Range may name: a strong ETag, else Last-Modified; empty: neither
    QDateTime modified;   ///< Last-Modified; invalid: unknown
    QByteArray encoding;  ///< Content-Encoding, when it is not the identity
    std::optional<std::chrono::milliseconds> retryAfter;

    static HttpAnswer of(const QNetworkReply &reply);
    bool isContent() const { return status == 200 || status == 206; }
    /// The server's trouble, or ours for now: worth another try.
    bool isPassing() const { return status >= 500 || status == 429 || status == 408; }
};

} // namespace earmark::net
