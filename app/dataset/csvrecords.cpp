#include "dataset/csvrecords.h"

#include "base/format.h"

namespace earmark::dataset {

using namespace Qt::StringLiterals;

bool isBlankOrComment(std::string_view line)
{
    const auto first = line.find_first_not_of(" ,;\t\r");
    return first == std::string_view::npos || line[first] == '#';
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
