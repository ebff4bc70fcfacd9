#include "export/labelwords.h"

#include "export/pandastext.h"

#include <algorithm>
#include <ranges>

namespace earmark::exports {

using namespace Qt::StringLiterals;
using segments::LabelNumber;

Result<LabelWords> LabelWords::make(const ClipTable &clips, const ExportSet &set,
                                    const ExportOptions &options)
{
    const segments::SegmentTable &table = clips.segments();
    LabelWords words;
    words.m_clips = &clips;
    words.m_set = &set;
    words.m_areNumbers = options.labels == LabelKind::Indices;
    words.m_used.resize(table.labelCount(), false);
    std::vector<bool> isSeen(table.setCount() + set.reduced.size(), false);
    for (const ExportItem &item : set.items) {
        if (isSeen[item.set])
            continue;
        isSeen[item.set] = true;
        words.m_areSingle = words.m_areSingle && words.labels(item.set).size() == 1;
        for (const LabelNumber label : words.labels(item.set))
            words.m_used[label] = true;
    }

    const classes::LabelMap &map = *options.classes.labels;
    for (std::size_t number = 0; number < table.labelCount(); ++number) {
        const QByteArray &mid = table.mid(static_cast<LabelNumber>(number));
        const classes::LabelMap::Label *known = map.find(mid);
        words.m_names.push_back(options.classes.displayName(mid).toUtf8());
        words.m_places.push_back(known ? static_cast<int>(known - map.labels().data()) : -1);
        if (!known && words.m_used[number] &&
            (words.m_areNumbers || options.isMultiHot || options.format->needsIndices))
            return failure(
                ErrorCode::BadInput,
                u"The label %1 (%2) has no index in the label map of %3 classes: choose another map, or leave out the clips that have it."_s
                    .arg(QString::fromUtf8(mid), QString::fromUtf8(words.m_names.back()))
                    .arg(map.labels().size()));
        words.m_words.push_back(options.labels == LabelKind::Ids     ? mid
                                : options.labels == LabelKind::Names ? words.m_names.back()
                                : known                              ? QByteArray::number(known->index)
                                                                     : QByteArray());
        const auto isText = [](const QByteArray &word) { return isTextToPandas(word); };
        words.m_looksLikeNumbers = words.m_looksLikeNumbers || !isText(mid) ||
                                   !isText(words.m_names.back()) || !isText(words.m_words.back());
    }
    for (const char candidate : {';', '|', '#', '~', '\x1f'}) {
        words.m_delimiter = candidate;
        const auto has = [candidate](const QByteArray &word) { return word.contains(candidate); };
        // Columns of ids and of names are joined by the same.
        if (std::ranges::none_of(words.m_words, has) && std::ranges::none_of(words.m_names, has) &&
            std::ranges::none_of(
                std::views::iota(std::size_t{0}, table.labelCount()),
                [&](std::size_t number) { return has(table.mid(static_cast<LabelNumber>(number))); }))
            break;
    }
    return words;
}

QByteArray LabelWords::joined(std::uint32_t set) const
{
    QByteArray text;
    for (const LabelNumber label : labels(set)) {
        if (!text.isEmpty())
            text += m_delimiter;
        text += word(label);
    }
    return text;
}

} // namespace earmark::exports
