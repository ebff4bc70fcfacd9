#include "readers/csvrecords.h"

#include "base/format.h"

namespace earmark::readers {

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

/// The next line: one that is to be read again, else the source's. False at the end, or when the reading is
/// cancelled.
bool CsvRecords::take(Line &line)
{
    ++m_visits;
    if (!m_again.empty()) {
        if (m_source.isCancelled())
            return false;
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
///
/// What an open quote comes to is decided by the lines below it alone. So when one does not close up to some
/// line, no other that is opened before that line does either, and no line is joined more than twice.
CsvFields::Outcome CsvRecords::join()
{
    auto outcome = CsvFields::Outcome::Open;
    if (m_line.number < m_openUntil)
        return outcome;
    std::size_t size = m_line.text.size();
    std::deque<Line> added;
    for (Line line; outcome == CsvFields::Outcome::Open && take(line);) {
        added.push_back(std::move(line));
        size += 1 + added.back().text.size();
        if (added.back().isTooLong || size > LineSource::LongestLine)
            break;
        outcome = m_fields.extend(added.back().text);
    }
    if (outcome != CsvFields::Outcome::Whole && !added.empty()) {
        m_openUntil = added.back().number;
        m_again = std::move(added); // nothing else is left to be read again
    }
    return outcome;
}

} // namespace earmark::readers
