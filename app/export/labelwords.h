#pragma once

#include "export/exportset.h"

namespace earmark::exports {

/// The labels of an export as they are written.
class LabelWords final
{
public:
    /// `clips` and `set` must outlive it. Errors: BadInput when a label has no index in the map, if indices
    /// are asked for: it is named.
    static Result<LabelWords> make(const ClipTable &clips, const ExportSet &set,
                                   const ExportOptions &options);

    std::span<const segments::LabelNumber> labels(std::uint32_t set) const
    {
        return m_set->labels(*m_clips, set);
    }
    const QByteArray &mid(segments::LabelNumber label) const { return m_clips->segments().mid(label); }
    const QByteArray &name(segments::LabelNumber label) const { return m_names[label]; } ///< UTF-8
    /// Id, name or index, as asked for.
    const QByteArray &word(segments::LabelNumber label) const { return m_words[label]; }
    /// The class's place in the map, or -1.
    int place(segments::LabelNumber label) const { return m_places[label]; }
    bool areNumbers() const { return m_areNumbers; }
    /// The words of a set as one text.
    QByteArray joined(std::uint32_t set) const;
    /// What joins words in one text: ';', or another that is in none of them.
    char delimiter() const { return m_delimiter; }
    /// Every clip has one label, and it is written as a number: no text is needed.
    bool areSingleNumbers() const { return m_areNumbers && m_areSingle; }
    /// A label that stands alone may be a number, or nothing, to pandas: see isTextToPandas(). A list of such
    /// a label ends with a delimiter where pandas is to read it as a text.
    bool looksLikeNumbers() const { return m_looksLikeNumbers; }
    /// By label number, whether a clip of the export has it.
    const std::vector<bool> &used() const { return m_used; }

private:
    LabelWords() = default;

    const ClipTable *m_clips = nullptr;
    const ExportSet *m_set = nullptr;
    std::vector<QByteArray> m_names;
    std::vector<QByteArray> m_words;
    std::vector<int> m_places;
    std::vector<bool> m_used;
    bool m_areNumbers = false;
    bool m_areSingle = true;
    bool m_looksLikeNumbers = false;
    char m_delimiter = ';';
};

} // namespace earmark::exports
