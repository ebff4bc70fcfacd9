#include "base/csvfields.h"

#include <algorithm>

namespace earmark {

QByteArray bytesOf(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

QString shown(std::string_view text, std::size_t most)
{
    QString result = QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), most)));
    for (QChar &c : result) {
        if (!c.isPrint())
            c = QChar::ReplacementCharacter;
    }
    return text.size() > most ? result + u'…' : result;
}

std::string_view withoutByteOrderMark(std::string_view text)
{
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

std::string_view CsvFields::operator[](int field) const
{
    const auto number = static_cast<std::size_t>(field);
    return field >= 0 && number < m_count ? std::string_view(m_fields[number]) : std::string_view();
}

void CsvFields::add()
{
    if (m_count == m_fields.size())
        m_fields.emplace_back();
    m_fields[m_count++].clear();
}

CsvFields::Outcome CsvFields::split(std::string_view line, char separator)
{
    m_count = 0;
    m_separator = separator;
    return takeFields(line, false);
}

CsvFields::Outcome CsvFields::extend(std::string_view line)
{
    m_fields[m_count - 1] += '\n';
    return takeFields(line, true);
}

/// Takes all fields of a line; `isQuoted`: it begins within the quotes of the last one.
CsvFields::Outcome CsvFields::takeFields(std::string_view line, bool isQuoted)
{
    const auto isBlank = [this](char c) { return c != m_separator && (c == ' ' || c == '\t'); };
    for (;; isQuoted = false) {
        if (!isQuoted) {
            while (!line.empty() && isBlank(line.front()))
                line.remove_prefix(1);
            add();
            isQuoted = line.starts_with('"');
            line.remove_prefix(isQuoted ? 1 : 0);
        }
        std::string &field = m_fields[m_count - 1];
        if (isQuoted && !takeQuoted(line, field))
            return Outcome::Open;
        const auto end = line.find(m_separator);
        const std::string_view rest = trimmed(line.substr(0, end));
        if (!isQuoted)
            field = rest;
        else if (!rest.empty())
            return Outcome::Broken;
        if (end == std::string_view::npos)
            return Outcome::Whole;
        line.remove_prefix(end + 1);
    }
}

/// Takes what stands before the closing quote, and the quote; false when the line has none.
bool CsvFields::takeQuoted(std::string_view &line, std::string &field)
{
    for (;;) {
        const auto quote = line.find('"');
        field += line.substr(0, quote);
        if (quote == std::string_view::npos)
            return false;
        line.remove_prefix(quote + 1);
        if (!line.starts_with('"'))
            return true;
        field += '"';
        line.remove_prefix(1);
    }
}

} // namespace earmark
