#pragma once

#include "export/exporttext.h"
#include "export/labelwords.h"

#include <variant>

namespace earmark::exports {

/// A clip as formats see it; good for as long as its line is written.
struct ExportClip
{
    segments::Row row = 0;
    SegmentKey key;
    QByteArrayView path;   ///< of the file as manifests name it, UTF-8
    double duration = 0;   ///< seconds
    std::uint32_t set = 0; ///< of labels, for LabelWords
};

/// How columns are written so that Hugging Face's datasets finds the same type for each in every part of an
/// audio folder. It takes the types from the first rows of each part, 10,000 of metadata.csv and 10 MB of
/// metadata.jsonl, and refuses parts that differ (folder_based_builder.py). Nothing for other formats.
struct ColumnTypes
{
    bool areFixed = false;           ///< lists that may be empty, and texts that may be missing, are texts
    std::vector<ExportColumn> texts; ///< numbers that are written as texts: a part begins without any
    std::vector<ExportColumn> fractions; ///< whole numbers that are written with a point: a clip has none
};

/// What writes a column: nothing, a number, a text, a list of texts.
using ColumnValue = std::variant<std::monostate, qint64, double, QByteArray, QByteArrayList>;

/// A column of what was measured, which a clip may lack.
bool isMeasure(ExportColumn column);
/// Whether such a column has a value for these measures.
bool hasMeasure(ExportColumn column, const Measures &measures);

/// The columns that were asked for.
class Columns final
{
public:
    Columns(const ClipTable &clips, const LabelWords &words, std::vector<ExportColumn> columns,
            ColumnTypes types);

    const std::vector<ExportColumn> &all() const { return m_columns; }
    const ColumnTypes &types() const { return m_types; }
    static QLatin1StringView name(ExportColumn column);
    ColumnValue value(ExportColumn column, const ExportClip &clip) const;

    /// `,"name":value` for each; columns without a value are left out. In an audio folder, see ColumnTypes,
    /// the doubted labels are one text, and `,"delimiter":value` says what joins them if it is not ';'.
    void appendJson(QByteArray &out, const ExportClip &clip) const;
    /// The separator and the name of each.
    void appendNames(QByteArray &out, char separator) const;
    /// The separator and the field of each. `isFirst`: of the file; where pandas is to read an audio folder,
    /// its texts stand for the column's type and are marked even when there is none, see TextMark.
    void appendFields(QByteArray &out, const ExportClip &clip, const TableStyle &style, bool isFirst) const;

private:
    /// The value as the audio folder's type has it.
    ColumnValue fixed(ExportColumn column, ColumnValue content) const;
    /// Appends a text, or a list joined to one, so that pandas reads it as a text.
    void appendMarked(QByteArray &out, QByteArray text, QByteArrayView mark, const TableStyle &style,
                      bool isFirst) const;

    const ClipTable &m_clips;
    const LabelWords &m_words;
    std::vector<ExportColumn> m_columns;
    ColumnTypes m_types;
};

} // namespace earmark::exports
