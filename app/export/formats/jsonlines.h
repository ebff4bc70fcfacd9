#pragma once

#include "export/lineformat.h"

namespace earmark::exports {

/// An object a line: the path under a key of its own, the duration, labels, columns. Labels are a list under
/// `labels` and one text under `label`, joined by LabelWords::delimiter(); `mids` where these are no ids, so
/// that the line can be read back.
class JsonLines : public LineFormat
{
public:
    /// `pathKey` null: without the path.
    JsonLines(const ExportContext &context, const char *pathKey);
    void line(QByteArray &out, const ExportClip &clip) const override;

protected:
    const ExportContext &context() const { return m_context; }
    bool hasColumn(ExportColumn column) const;
    /// `"key":"path",`
    void appendPath(QByteArray &out, const ExportClip &clip) const;
    /// All but the path.
    void appendFacts(QByteArray &out, const ExportClip &clip) const;

private:
    /// Further keys before the columns.
    virtual void appendMore(QByteArray &, const ExportClip &) const {}
    void appendLabels(QByteArray &out, std::uint32_t set) const;

    const ExportContext &m_context;
    const char *m_pathKey;
    bool m_hasMids;
    SetTexts m_labels;
};

} // namespace earmark::exports
