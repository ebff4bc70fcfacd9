#pragma once

#include "manifest/exporttext.h"
#include "manifest/labelwords.h"

#include <variant>

namespace earmark::manifest {

/// A clip as formats see it; good for as long as its line is written.
struct ExportClip
{
    dataset::Row row = 0;
    SegmentKey key;
    QByteArrayView path;   ///< of the file as manifests name it, UTF-8
    double duration = 0;   ///< seconds
    std::uint32_t set = 0; ///< of labels, for LabelWords
};

/// What writes a column: nothing, a number, a text, a list of texts.
using ColumnValue = std::variant<std::monostate, qint64, double, QByteArray, QByteArrayList>;

/// The columns that were asked for.
class Columns final
{
public:
    Columns(const ClipTable &clips, const LabelWords &words, std::vector<ExportColumn> columns);

    const std::vector<ExportColumn> &all() const { return m_columns; }
    static QLatin1StringView name(ExportColumn column);
    ColumnValue value(ExportColumn column, const ExportClip &clip) const;

    /// `,"name":value` for each; columns without a value are left out.
    void appendJson(QByteArray &out, const ExportClip &clip) const;
    /// The separator and the name of each.
    void appendNames(QByteArray &out, char separator) const;
    /// The separator and the field of each.
    void appendFields(QByteArray &out, const ExportClip &clip, const TableStyle &style) const;

private:
    ColumnValue measured(ExportColumn column, const Measures &measures) const;

    const ClipTable &m_clips;
    const LabelWords &m_words;
    std::vector<ExportColumn> m_columns;
};

} // namespace earmark::manifest
