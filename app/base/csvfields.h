#pragma once

#include "base/bytes.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace earmark {

/// A field's text as Qt has it.
QByteArray bytesOf(std::string_view text);

/// The text without blanks (space, tab, carriage return) at either end.
std::string_view trimmed(std::string_view text);

/// Text from a file, made fit for a sentence: `most` bytes at most, and without control characters.
QString shown(std::string_view text, std::size_t most = 40);

/// Takes a UTF-8 byte-order mark from the front.
std::string_view withoutByteOrderMark(std::string_view text);

/// The fields of a line, cut at its separators. Blanks around a field are dropped; a field in double quotes
/// may hold the separator, and "" for one quote. (AudioSet's separator is comma *and blank*, so a quote after
/// blanks still opens a field.) Use one for many lines: it keeps its memory.
class CsvFields final
{
public:
    enum class Outcome {
        Whole,
        Open,   ///< a quote is not closed: the record may go on in the next line
        Broken, ///< text follows a closed quote
    };
    Outcome split(std::string_view line, char separator = ',');
    /// After an outcome Open: takes the next line as the rest of the record. Costs as much as that line
    /// alone, and its outcome does not depend on the lines before it.
    Outcome extend(std::string_view line);

    std::size_t size() const { return m_count; }
    /// The field's text, good until the next split() or extend(); empty when there is no such field.
    std::string_view operator[](int field) const;

private:
    void add();
    Outcome takeFields(std::string_view line, bool isQuoted);
    static bool takeQuoted(std::string_view &line, std::string &field);

    std::vector<std::string> m_fields; ///< more than m_count, so that their memory is used again
    std::size_t m_count = 0;
    char m_separator = ',';
};

} // namespace earmark
