#include "net/httpanswer.h"

#include <QLocale>
#include <QNetworkReply>
#include <QTimeZone>

#include <algorithm>

namespace earmark::net {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Digits and nothing else: toLongLong() would also take signs and blanks.
std::optional<qint64> parseCount(QByteArrayView text)
{
    constexpr qsizetype mostDigits = 18;
    if (text.isEmpty() || text.size() > mostDigits ||
        !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    return text.toLongLong();
}

} // namespace

std::optional<ContentRange> ContentRange::parse(QByteArrayView text)
{
    text = text.trimmed();
    const qsizetype slash = text.indexOf('/');
    if (!text.startsWith("bytes ") || slash < 0)
        return std::nullopt;
    const QByteArrayView span = text.first(slash).sliced(6).trimmed();
    const QByteArrayView whole = text.sliced(slash + 1);
    ContentRange range;
    if (whole != "*") {
        const auto total = parseCount(whole);
        if (!total)
            return std::nullopt;
        range.total = *total;
    }
    if (span == "*")
        return range.total < 0 ? std::nullopt : std::optional(range);
    const qsizetype dash = span.indexOf('-');
    const auto first = dash < 0 ? std::nullopt : parseCount(span.first(dash));
    const auto last = dash < 0 ? std::nullopt : parseCount(span.sliced(dash + 1));
    if (!first || !last || *last < *first || (range.total >= 0 && *last >= range.total))
        return std::nullopt;
    range.first = *first;
    range.last = *last;
    return range;
}

std::optional<std::chrono::milliseconds> parseRetryAfter(const QByteArray &text, const QDateTime &now)
{
    const QByteArray trimmed = text.trimmed();
    if (const auto seconds = parseCount(trimmed))
        return std::chrono::seconds(std::min<qint64>(*seconds, 1'000'000'000));
    const QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(trimmed), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    const QDateTime moment(date.date(), date.time(), QTimeZone::utc());
    return std::max(0ms, std::chrono::milliseconds(now.msecsTo(moment)));
}

HttpAnswer HttpAnswer::of(const QNetworkReply &reply)
{
    HttpAnswer answer;
    answer.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.reason = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    answer.length = parseCount(reply.rawHeader("Content-Length").trimmed()).value_or(-1);
    answer.range = ContentRange::parse(reply.rawHeader("Content-Range"));
    answer.modified = reply.header(QNetworkRequest::LastModifiedHeader).toDateTime();
    const QByteArray tag = reply.rawHeader("ETag").trimmed();
    answer.validator = tag.startsWith('"') ? tag : reply.rawHeader("Last-Modified").trimmed();
    const QByteArray encoding = reply.rawHeader("Content-Encoding").trimmed().toLower();
    answer.encoding = encoding == "identity" ? QByteArray() : encoding;
    answer.retryAfter = parseRetryAfter(reply.rawHeader("Retry-After"), QDateTime::currentDateTimeUtc());
    return answer;
}

} // namespace earmark::net
