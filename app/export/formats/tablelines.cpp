#include "export/formats/tablelines.h"

#include "export/formats/formats.h"
#include "export/formats/writers.h"
#include "export/pandastext.h"

#include <utility>

namespace earmark::exports {

TableLines::TableLines(const ExportContext &context, const TableStyle &style, std::vector<const char *> names)
    : m_context(context)
    , m_style(style)
    , m_names(std::move(names))
    , m_isMultiHot(context.options.isMultiHot && context.options.format->takesMultiHot)
    , m_labels([this](QByteArray &out, std::uint32_t set) { appendLabels(out, set); })
{
}

void TableLines::header(QByteArray &out) const
{
    m_isFirst = true;
    for (const char *name : m_names)
        (out += name) += m_style.separator;
    out += "labels";
    if (m_context.words.delimiter() != ';')
        (out += m_style.separator) += "delimiter";
    m_context.columns.appendNames(out, m_style.separator);
    if (m_isMultiHot) {
        for (const auto &each : m_context.options.classes.labels->labels()) {
            out += m_style.separator;
            appendField(out, each.mid, m_style);
        }
    }
    out += '\n';
}

void TableLines::line(QByteArray &out, const ExportClip &clip) const
{
    appendBegin(out, clip);
    out += m_labels[clip.set];
    if (m_context.words.delimiter() != ';')
        (out += m_style.separator) += m_context.words.delimiter();
    m_context.columns.appendFields(out, clip, m_style, std::exchange(m_isFirst, false));
    if (m_isMultiHot)
        appendMultiHot(out, clip.set);
    out += '\n';
}

void TableLines::appendBegin(QByteArray &out, const ExportClip &clip) const
{
    appendField(out, clip.path, m_style);
    out += m_style.separator;
    appendNumber(out, clip.duration);
    out += m_style.separator;
}

void TableLines::appendLabels(QByteArray &out, std::uint32_t set) const
{
    const LabelWords &words = m_context.words;
    QByteArray text = words.joined(set);
    // Some rows would be numbers, and others texts.
    if (m_style.isForPandas && !words.areSingleNumbers() && !isTextToPandas(text))
        text += words.delimiter();
    appendField(out, text, m_style);
}

/// 0 or 1 for each class. Not kept for each set, which would take a kilobyte.
void TableLines::appendMultiHot(QByteArray &out, std::uint32_t set) const
{
    const qsizetype begin = out.size();
    for (std::size_t at = 0; at < m_context.options.classes.labels->labels().size(); ++at)
        (out += m_style.separator) += '0';
    for (const segments::LabelNumber label : m_context.words.labels(set))
        out[begin + 2 * qsizetype{m_context.words.place(label)} + 1] = '1';
}

std::unique_ptr<LineFormat> csvLines(const ExportContext &context)
{
    return std::make_unique<TableLines>(context, TableStyle{',', context.options.escapesFormulas});
}

std::unique_ptr<LineFormat> tsvLines(const ExportContext &context)
{
    return std::make_unique<TableLines>(context, TableStyle{'\t', context.options.escapesFormulas});
}

} // namespace earmark::exports
