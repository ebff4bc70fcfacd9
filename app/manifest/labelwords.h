#pragma once

#include "manifest/exportset.h"

namespace earmark::manifest {

/// The labels of an export as they are written.
class LabelWords final
{
public:
    /// `clips` and `set` must outlive it. Errors: BadInput when a label has no index in the map, if indices
    /// are asked for: it is named.
    static Result<LabelWords> make(const ClipTable &clips, const ExportSet &set,
                                   const ExportOptions &options);

    std::span<const dataset::LabelNumber> labels(std::uint32_t set) const
    {
        return m_set->labels(*m_clips, set);
    }
    const QByteArray &mid(dataset::LabelNumber label) const { return m_clips->segments().mid(label); }
    const QByteArray &name(dataset::LabelNumber label) const { return m_names[label]; } ///< UTF-8
    /// Id, name or index, as asked for.
    const QByteArray &word(dataset::LabelNumber label) const { return m_words[label]; }
    /// The class's place in the map, or -1.
    int place(dataset::LabelNumber label) const { return m_places[label]; }
    bool areNumbers() const { return m_areNumbers; }
    /// What joins words in one text: ';', or another that is in none of them.
    char delimiter() const { return m_delimiter; }
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
    char m_delimiter = ';';
};

} // namespace earmark::manifest
