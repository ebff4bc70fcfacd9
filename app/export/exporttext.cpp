#include "export/exporttext.h"

#include "base/csvtext.h"

#include <QString>

#include <array>
#include <charconv>
#include <string_view>

namespace earmark::exports {

void appendSeconds(QByteArray &out, std::uint32_t milliseconds)
{
    appendNumber(out, qint64{milliseconds / 1000});
    std::uint32_t rest = milliseconds % 1000;
    if (rest == 0)
        return;
    out += '.';
    for (std::uint32_t unit = 100; rest > 0; unit /= 10) {
        out += static_cast<char>('0' + rest / unit);
        rest %= unit;
    }
}

void appendStem(QByteArray &out, const SegmentKey &key, bool hasYPrefix)
{
    if (hasYPrefix)
        out += 'Y';
    out.append(key.ytid.view().data(), YtId::Length);
    out += '_';
    appendSeconds(out, key.startMs);
    out += '_';
    appendSeconds(out, key.endMs);
}

void appendNumber(QByteArray &out, qint64 number)
{
    std::array<char, 24> text;
    out.append(text.data(), std::to_chars(text.begin(), text.end(), number).ptr - text.data());
}

void appendNumber(QByteArray &out, double number)
{
    std::array<char, 32> text;
    const char *end = std::to_chars(text.begin(), text.end(), number).ptr;
    const std::string_view digits(text.data(), end);
    out.append(digits.data(), std::ssize(digits));
    if (digits.find_first_of(".e") == std::string_view::npos)
        out += ".0";
}

void appendJson(QByteArray &out, QByteArrayView utf8)
{
    static constexpr std::string_view Hex = "0123456789abcdef";
    const auto escape = [&out](char16_t unit) {
        out += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4)
            out += Hex[(unit >> shift) & 0xF];
    };
    const auto isPlain = [](char c) {
        return static_cast<signed char>(c) >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
    };
    out += '"';
    const char *at = utf8.begin();
    for (; at != utf8.end() && isPlain(*at); ++at) {
    }
    out.append(utf8.begin(), at - utf8.begin());
    if (at != utf8.end()) { // seldom
        const QString rest = QString::fromUtf8(at, utf8.end() - at);
        for (const QChar character : rest) {
            const char16_t unit = character.unicode();
            if (unit == u'"' || unit == u'\\')
                (out += '\\') += static_cast<char>(unit);
            else if (unit < 0x7F && isPlain(static_cast<char>(unit)))
                out += static_cast<char>(unit);
            else
                escape(unit);
        }
    }
    out += '"';
}

QByteArray escapedName(QByteArray name)
{
    return name.replace('\\', "\\\\").replace('\n', "\\n");
}

QByteArray unescapedName(const QByteArray &text)
{
    QByteArray name;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const bool isPair = text[at] == '\\' && at + 1 < text.size();
        const char c = text[isPair ? ++at : at];
        name += isPair && c == 'n' ? '\n' : c;
    }
    return name;
}

void appendField(QByteArray &out, QByteArrayView utf8, const TableStyle &style)
{
    const std::string_view text(utf8.data(), static_cast<std::size_t>(utf8.size()));
    const bool isQuoted = text.find_first_of("\"\r\n") != std::string_view::npos ||
                          text.find(style.separator) != std::string_view::npos ||
                          (!text.empty() && (text.front() == ' ' || text.back() == ' '));
    if (isQuoted)
        out += '"';
    if (style.escapesFormulas && isFormula(utf8))
        out += '\'';
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    if (isQuoted)
        out += '"';
}

} // namespace earmark::exports
