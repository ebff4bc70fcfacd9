#include "dataset/csvrecords.h"

#include "base/format.h"
#include "dataset/csvfields.h"

namespace earmark::dataset {

using namespace Qt::StringLiterals;

bool isBlankOrComment(std::string_view line)
{
    const auto first = line.find_first_not_of(" ,;\t\r");
    return first == std::string_view::npos || line[first] == '#';
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

bool CsvRecords::next()
{
    m_problem.clear();
    do {
        if (!take(m_line))
            return false;
    } while (!m_line.isTooLong && isBlankOrComment(m_line.text));
    if (m_line.isTooLong) {
        m_problem = u"the line is longer than %1 bytes"_s.arg(countText(LineSource::LongestLine));
        return true;
    }
    auto outcome = m_fields.split(m_line.text, m_separator);
    if (outcome == CsvFields::Outcome::Open)
        outcome = join();
    if (outcome != CsvFields::Outcome::Whole)
        m_problem = u"a quote that is opened is not closed, or is followed by more text"_s;
    return true;
}

/// The next line: one that is to be read again, else the source's.
bool CsvRecords::take(Line &line)
{
    if (!m_again.empty()) {
        line = std::move(m_again.front());
        m_again.pop_front();
        return true;
    }
    if (!m_source.next())
        return false;
    line.number = m_source.number();
    line.text = m_source.line();
    line.isTooLong = m_source.isTooLong();
    return true;
}

/// Adds lines to the one that leaves a quote open, until it closes. When it does not, the added lines are
/// read again, each for itself: one stray quote must not cost more than its own line.
CsvFields::Outcome CsvRecords::join()
{
    auto outcome = CsvFields::Outcome::Open;
    std::string whole = m_line.text;
    std::deque<Line> added;
    for (Line line; outcome == CsvFields::Outcome::Open && take(line);) {
        added.push_back(line);
        whole += '\n' + line.text;
        if (line.isTooLong || whole.size() > LineSource::LongestLine)
            break;
        if (line.text.find('"') != std::string::npos)
            outcome = m_fields.split(whole, m_separator);
    }
    if (outcome != CsvFields::Outcome::Whole)
        m_again.insert(m_again.begin(), added.begin(), added.end());
    return outcome;
}

} // namespace earmark::dataset
