#pragma once

#include "export/exportclip.h"

#include <functional>
#include <memory>

namespace earmark::exports {

/// A text with some lines for each clip. The same clips give the same bytes.
class LineFormat
{
public:
    virtual ~LineFormat() = default;

    virtual void header(QByteArray &) const {}
    virtual void line(QByteArray &out, const ExportClip &clip) const = 0;
    virtual void separator(QByteArray &) const {} ///< between two clips
    virtual void footer(QByteArray &) const {}
};

/// What all formats are made of; outlives them.
struct ExportContext
{
    const ClipTable &clips;
    const LabelWords &words;
    const ExportOptions &options;
    Columns columns;

    ExportContext(const ClipTable &allClips, const LabelWords &labelWords, const ExportOptions &exportOptions,
                  ColumnTypes types)
        : clips(allClips)
        , words(labelWords)
        , options(exportOptions)
        , columns(allClips, labelWords, exportOptions.columns, std::move(types))
    {
    }
};

/// The fragment of text that says a set's labels, made once for each of them: there are far fewer than clips.
class SetTexts final
{
public:
    explicit SetTexts(std::function<void(QByteArray &out, std::uint32_t set)> make)
        : m_make(std::move(make))
    {
    }
    const QByteArray &operator[](std::uint32_t set) const
    {
        if (set >= m_texts.size())
            m_texts.resize(set + 1);
        QByteArray &text = m_texts[set];
        if (text.isEmpty())
            m_make(text, set);
        return text;
    }

private:
    std::function<void(QByteArray &out, std::uint32_t set)> m_make;
    mutable std::vector<QByteArray> m_texts;
};

} // namespace earmark::exports
