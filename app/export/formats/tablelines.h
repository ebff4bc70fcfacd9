#pragma once

#include "export/lineformat.h"

namespace earmark::exports {

/// CSV (RFC 4180, lines end in LF) or, with tabs, TSV: the path, the duration, labels joined by
/// LabelWords::delimiter(), what that is if it is not ';', columns; when it is asked for, a column for each
/// class of the map, named by its id.
class TableLines : public LineFormat
{
public:
    /// `names` stand above the columns before the labels.
    TableLines(const ExportContext &context, const TableStyle &style,
               std::vector<const char *> names = {"path", "duration"});
    void header(QByteArray &out) const final;
    void line(QByteArray &out, const ExportClip &clip) const final;

protected:
    const ExportContext &context() const { return m_context; }

private:
    /// The fields before the labels, each with a separator behind it.
    virtual void appendBegin(QByteArray &out, const ExportClip &clip) const;
    void appendLabels(QByteArray &out, std::uint32_t set) const;
    void appendMultiHot(QByteArray &out, std::uint32_t set) const;

    const ExportContext &m_context;
    TableStyle m_style;
    std::vector<const char *> m_names;
    bool m_isMultiHot;
    SetTexts m_labels;
    mutable bool m_isFirst = true; ///< the line that comes next
};

} // namespace earmark::exports
