#include "base/format.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace earmark {

using namespace Qt::StringLiterals;

QString bytesText(qint64 bytes)
{
    return QLocale::c()
        .formattedDataSize(bytes, bytes < 1000 ? 0 : 1, QLocale::DataSizeSIFormat)
        .replace(u"bytes"_s, u"B"_s);
}

QString clockText(qint64 milliseconds)
{
    const auto ms = static_cast<std::uint32_t>(std::max<qint64>(milliseconds, 0));
    const auto seconds = ms / 1000;
    QString text = seconds >= 3600 ? QString::number(seconds / 3600) + u':' +
                                         QString::number(seconds / 60 % 60).rightJustified(2, u'0')
                                   : QString::number(seconds / 60);
    text += u':' + QString::number(seconds % 60).rightJustified(2, u'0');
    if (ms % 1000 != 0)
        text += secondsText(ms % 1000).sliced(1); // "0.7" without its zero
    return text;
}

QString spanText(qint64 milliseconds)
{
    const qint64 ms = std::max<qint64>(milliseconds, 0);
    if (ms < 60'000)
        return secondsText(static_cast<std::uint32_t>(ms < 10'000 ? (ms + 50) / 100 * 100
                                                                  : (ms + 500) / 1000 * 1000)) +
               u" s"_s;
    const qint64 seconds = (ms + 500) / 1000;
    const auto two = [](qint64 large, const QString &largeUnit, qint64 small, const QString &smallUnit) {
        const QString head = QString::number(large) + u' ' + largeUnit;
        return small == 0 ? head : head + u' ' + QString::number(small) + u' ' + smallUnit;
    };
    if (seconds < 3600)
        return two(seconds / 60, u"min"_s, seconds % 60, u"s"_s);
    if (seconds < 86'400)
        return two(seconds / 3600, u"h"_s, seconds / 60 % 60, u"min"_s);
    const qint64 days = seconds / 86'400;
    return two(days, days == 1 ? u"day"_s : u"days"_s, seconds / 3600 % 24, u"h"_s);
}

QString countText(qint64 count)
{
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(count);
}

QString counted(qint64 count, QStringView noun)
{
    return u"%1 %2%3"_s.arg(countText(count), noun, count == 1 ? QString() : u"s"_s);
}

QString nameOf(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    return name.isEmpty() ? path : name;
}

QString secondsText(std::uint32_t milliseconds)
{
    QString text = QString::number(milliseconds / 1000);
    if (const auto rest = milliseconds % 1000) {
        text += u'.' + QString::number(rest).rightJustified(3, u'0');
        while (text.endsWith(u'0'))
            text.chop(1);
    }
    return text;
}

std::optional<std::uint32_t> parseSeconds(std::string_view text)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t at = 0;
    std::uint64_t milliseconds = 0;
    while (at < text.size() && isDigit(text[at]))
        milliseconds = milliseconds * 10 + static_cast<std::uint64_t>(text[at++] - '0');
    if (at == 0 || at > 9)
        return std::nullopt;
    milliseconds *= 1000;
    if (at < text.size()) {
        if (text[at++] != '.')
            return std::nullopt;
        std::uint64_t weight = 100;
        for (std::size_t digit = 0; at < text.size(); ++at, ++digit) {
            if (!isDigit(text[at]))
                return std::nullopt;
            if (digit < 3)
                milliseconds += weight * static_cast<std::uint64_t>(text[at] - '0');
            else if (digit == 3 && text[at] >= '5')
                ++milliseconds;
            weight /= 10;
        }
    }
    if (milliseconds > std::numeric_limits<std::uint32_t>::max())
        return std::nullopt;
    return static_cast<std::uint32_t>(milliseconds);
}

} // namespace earmark
