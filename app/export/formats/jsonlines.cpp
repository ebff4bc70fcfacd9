#include "export/formats/jsonlines.h"

#include "export/exporttext.h"

#include <algorithm>
#include <utility>

namespace earmark::exports {

using segments::LabelNumber;

JsonLines::JsonLines(const ExportContext &context, const char *pathKey)
    : m_context(context)
    , m_pathKey(pathKey)
    , m_hasMids(context.options.labels != LabelKind::Ids && !hasColumn(ExportColumn::Mids))
    , m_labels([this](QByteArray &out, std::uint32_t set) { appendLabels(out, set); })
{
}

bool JsonLines::hasColumn(ExportColumn column) const
{
    const auto &columns = m_context.columns.all();
    return std::ranges::find(columns, column) != columns.end();
}

void JsonLines::line(QByteArray &out, const ExportClip &clip) const
{
    out += '{';
    if (m_pathKey)
        appendPath(out, clip);
    appendFacts(out, clip);
    out += "}\n";
}

void JsonLines::appendPath(QByteArray &out, const ExportClip &clip) const
{
    ((out += '"') += m_pathKey) += "\":";
    appendJson(out, clip.path);
    out += ',';
}

void JsonLines::appendFacts(QByteArray &out, const ExportClip &clip) const
{
    out += "\"duration\":";
    appendNumber(out, clip.duration);
    out += ',';
    out += m_labels[clip.set];
    appendMore(out, clip);
    m_context.columns.appendJson(out, clip);
}

void JsonLines::appendLabels(QByteArray &out, std::uint32_t set) const
{
    const LabelWords &words = m_context.words;
    char before = '[';
    out += "\"labels\":";
    for (const LabelNumber label : words.labels(set)) {
        out += std::exchange(before, ',');
        if (words.areNumbers())
            out += words.word(label);
        else
            appendJson(out, words.word(label));
    }
    out += "],\"label\":";
    appendJson(out, words.joined(set));
    if (!m_hasMids)
        return;
    out += ",\"mids\":";
    before = '[';
    for (const LabelNumber label : words.labels(set)) {
        out += std::exchange(before, ',');
        appendJson(out, words.mid(label));
    }
    out += ']';
}

} // namespace earmark::exports
