#pragma once

#include "base/csvfields.h"
#include "clips/segmentkey.h"

#include <QString>

#include <string_view>
#include <vector>

namespace earmark::readers {

/// Parses one line of a split after the other. Holds the line's parts, so that two million lines need no
/// memory of their own.
class LineParser final
{
public:
    enum class Kind {
        Segment, ///< key() and labels() hold it
        Nothing, ///< a comment, a header or a blank line
        Problem, ///< reason() says what was expected
    };

    /// `line` is without its line end and must live as long as labels() is used.
    Kind parse(std::string_view line);

    /// Parses a list of mids by itself, for labels(); false when it is none.
    bool parseLabels(std::string_view list);

    const SegmentKey &key() const { return m_key; }
    /// Mids, none empty, at least one.
    const std::vector<std::string_view> &labels() const { return m_labels; }
    const QString &reason() const { return m_reason; }

private:
    Kind parseFields(std::string_view line);
    bool addLabels(std::string_view list);
    Kind problem(QString reason);

    SegmentKey m_key;
    std::vector<std::string_view> m_labels;
    CsvFields m_fields;
    QString m_reason;
};

} // namespace earmark::readers
