#include "export/documentwriter.h"

#include "export/exporttext.h"

#include <algorithm>

namespace earmark::exports {

DocumentWriter::DocumentWriter(const ExportContext &context, const ExportSet &set, const ExportParts &parts,
                               const ExportLayout &layout)
    : m_context(context)
    , m_set(set)
    , m_parts(parts)
    , m_layout(layout)
{
}

ExportClip DocumentWriter::clip(const ExportItem &item) const
{
    return {.row = item.row,
            .key = m_context.clips.segments().key(item.row),
            .path = {},
            .duration = m_context.clips.duration(item.row),
            .set = item.set};
}

std::vector<std::uint32_t> DocumentWriter::itemsOf(const ExportDocument &document) const
{
    std::vector<std::uint32_t> items;
    items.reserve(m_set.items.size());
    for (std::uint32_t item = 0; item < m_set.items.size(); ++item) {
        if (document.part < 0 || partOf(item) == document.part)
            items.push_back(item);
    }
    if (document.isSorted) {
        // As LC_ALL=C sort: ids by their bytes, then times as text, where 100 comes before 30.
        const auto key = [this](std::uint32_t item) {
            return m_context.clips.segments().key(m_set.items[item].row);
        };
        std::ranges::sort(items, [&key](std::uint32_t a, std::uint32_t b) {
            const SegmentKey first = key(a);
            const SegmentKey second = key(b);
            if (first.ytid != second.ytid)
                return first.ytid < second.ytid;
            QByteArray firstName;
            QByteArray secondName;
            appendStem(firstName, first, false);
            appendStem(secondName, second, false);
            return firstName + ' ' < secondName + ' ';
        });
    }
    return items;
}

Result<void> DocumentWriter::write(const ExportDocument &document, const Sink &sink, qint64 most) const
{
    constexpr qsizetype Piece = 1 << 20;
    QByteArray text;
    text.reserve(Piece + Piece / 4);
    document.lines->header(text);
    const QByteArray begin = m_layout.pathBegin(document, document.part);
    const bool hasYPrefix = m_layout.namesHaveY();
    QByteArray path = begin;
    qint64 clips = 0;
    qint64 left = most;
    for (const std::uint32_t number : itemsOf(document)) {
        if (left-- == 0)
            break;
        ExportClip each = clip(m_set.items[number]);
        path.truncate(begin.size()); // keeps its memory
        appendStem(path, each.key, hasYPrefix);
        path += ".wav";
        each.path = path;
        if (left + 1 < most)
            document.lines->separator(text);
        document.lines->line(text, each);
        ++clips;
        if (text.size() < Piece)
            continue;
        if (auto taken = sink(text, clips); !taken)
            return taken;
        text.resize(0); // keeps its memory
        clips = 0;
    }
    document.lines->footer(text);
    return sink(text, clips);
}

} // namespace earmark::exports
