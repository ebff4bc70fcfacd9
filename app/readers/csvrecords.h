#pragma once

#include "base/csvfields.h"
#include "base/linesource.h"

#include <deque>
#include <string>

namespace earmark::readers {

/// A line without anything, as a spreadsheet may write it (",,,"), or one that begins with '#'.
bool isBlankOrComment(std::string_view line);

/// The records of a CSV file: lines, and what quotes hold together over several lines. Blank lines and
/// comments are passed over.
class CsvRecords final
{
public:
    CsvRecords(LineSource &source, char separator)
        : m_source(source)
        , m_separator(separator)
    {
    }

    /// Goes to the next record; false at the end, or when the source's outcome() is an error.
    bool next();
    /// Its first line, from 1.
    qint64 line() const { return m_line.number; }
    const CsvFields &fields() const { return m_fields; }
    /// What is wrong with it; empty when nothing is. Only the record's first line is lost then.
    const QString &problem() const { return m_problem; }
    /// How often a line was looked at so far: at most three times as often as there are lines.
    qint64 visits() const { return m_visits; }

private:
    struct Line
    {
        qint64 number = 0;
        std::string text;
        bool isTooLong = false;
    };
    bool take(Line &line);
    CsvFields::Outcome join();

    LineSource &m_source;
    char m_separator;
    std::deque<Line> m_again; ///< lines that turned out not to belong together
    qint64 m_openUntil = 0;   ///< a quote that is opened before this line is not closed
    qint64 m_visits = 0;
    Line m_line;
    CsvFields m_fields;
    QString m_problem;
};

} // namespace earmark::readers
