#include "dataset/csvfields.h"

#include <algorithm>

namespace earmark::dataset {

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

QString shown(std::string_view text)
{
    constexpr std::size_t most = 40;
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

std::string &CsvFields::add()
{
    if (m_count == m_fields.size())
        m_fields.emplace_back();
    std::string &field = m_fields[m_count++];
    field.clear();
    return field;
}

CsvFields::Outcome CsvFields::split(std::string_view line, char separator)
{
    m_count = 0;
    for (;;) {
        const auto isBlank = [separator](char c) { return c != separator && (c == ' ' || c == '\t'); };
        while (!line.empty() && isBlank(line.front()))
            line.remove_prefix(1);
        std::string &field = add();
        std::size_t end = 0;
        if (line.starts_with('"')) {
            line.remove_prefix(1);
            for (;;) {
                const auto quote = line.find('"');
                if (quote == std::string_view::npos)
                    return Outcome::Open;
                field += line.substr(0, quote);
                line.remove_prefix(quote + 1);
                if (!line.starts_with('"'))
                    break;
                field += '"';
                line.remove_prefix(1);
            }
            end = line.find(separator);
            if (!trimmed(line.substr(0, end)).empty())
                return Outcome::Broken;
        } else {
            end = line.find(separator);
            field = trimmed(line.substr(0, end));
        }
        if (end == std::string_view::npos)
            return Outcome::Whole;
        line.remove_prefix(end + 1);
    }
}

} // namespace earmark::dataset
