#include "export/exportclip.h"

#include "classes/labellist.h"
#include "export/exporttext.h"
#include "export/pandastext.h"

#include <algorithm>
#include <cmath>

namespace earmark::exports {

namespace {

void appendJsonValue(QByteArray &out, const ColumnValue &value)
{
    if (const auto *whole = std::get_if<qint64>(&value))
        appendNumber(out, *whole);
    else if (const auto *number = std::get_if<double>(&value))
        appendNumber(out, *number);
    else if (const auto *text = std::get_if<QByteArray>(&value))
        appendJson(out, *text);
    else if (const auto *list = std::get_if<QByteArrayList>(&value)) {
        char before = '[';
        for (const QByteArray &each : *list) {
            out += std::exchange(before, ',');
            appendJson(out, each);
        }
        out += list->isEmpty() ? "[]" : "]";
    }
}

ColumnValue measured(ExportColumn column, const Measures &measures)
{
    if (!hasMeasure(column, measures))
        return {};
    switch (column) {
    case ExportColumn::Peak:
        return measures.peakDb();
    case ExportColumn::Rms:
        return measures.rmsDb();
    case ExportColumn::TruePeak:
        return measures.truePeakDb();
    case ExportColumn::Loudness:
        return measures.lufs();
    case ExportColumn::Silence:
        return measures.silentSteps() / double{Measures::ShareSteps};
    case ExportColumn::Bandwidth:
        return measures.bandwidthHz();
    default:
        return qint64{measures.clipped};
    }
}

} // namespace

bool isMeasure(ExportColumn column)
{
    return column >= ExportColumn::Peak;
}

bool hasMeasure(ExportColumn column, const Measures &measures)
{
    if (!measures.areKnown())
        return false;
    return column == ExportColumn::TruePeak   ? measures.hasTruePeak()
           : column == ExportColumn::Loudness ? measures.hasLoudness()
                                              : true;
}

Columns::Columns(const ClipTable &clips, const LabelWords &words, std::vector<ExportColumn> columns,
                 ColumnTypes types)
    : m_clips(clips)
    , m_words(words)
    , m_columns(std::move(columns))
    , m_types(std::move(types))
{
    std::ranges::sort(m_columns);
    m_columns.erase(std::ranges::unique(m_columns).begin(), m_columns.end());
}

QLatin1StringView Columns::name(ExportColumn column)
{
    return keywordOf(ExportColumnKeywords, column);
}

ColumnValue Columns::value(ExportColumn column, const ExportClip &clip) const
{
    const auto judgement = [&]() -> const Judgement & { return m_clips.judgement(clip.row); };
    const auto each = [&](const auto &textOf) {
        QByteArrayList list;
        for (const segments::LabelNumber label : m_words.labels(clip.set))
            list.append(textOf(label));
        return list;
    };
    switch (column) {
    case ExportColumn::Ytid:
        return QByteArray(clip.key.ytid.view().data(), YtId::Length);
    case ExportColumn::Start:
        return clip.key.startMs / 1000.0;
    case ExportColumn::End:
        return clip.key.endMs / 1000.0;
    case ExportColumn::Names:
        return each([this](segments::LabelNumber label) { return m_words.name(label); });
    case ExportColumn::Mids:
        return each([this](segments::LabelNumber label) { return m_words.mid(label); });
    case ExportColumn::SamplingRate:
        return qint64{m_clips.sampleRate(clip.row)};
    case ExportColumn::Verdict: {
        const QLatin1StringView text = keyword(judgement().verdict);
        return QByteArray(text.data(), text.size());
    }
    case ExportColumn::Flagged:
        return qint64{judgement().isFlagged};
    case ExportColumn::Doubted: {
        const auto mids = classes::splitLabels(judgement().doubted);
        return QByteArrayList(mids.begin(), mids.end());
    }
    case ExportColumn::Note:
        return judgement().note.toUtf8();
    case ExportColumn::Sha256: {
        const Sha256 &sum = m_clips.sha256(clip.row);
        return sum.isEmpty() ? ColumnValue() : ColumnValue(sum.toByteArray().toHex());
    }
    default:
        return measured(column, m_clips.segments().measures(clip.row));
    }
}

ColumnValue Columns::fixed(ExportColumn column, ColumnValue content) const
{
    if (!m_types.areFixed)
        return content;
    if (std::ranges::find(m_types.texts, column) != m_types.texts.end()) {
        QByteArray text;
        appendJsonValue(text, content);
        return text;
    }
    if (const auto *whole = std::get_if<qint64>(&content);
        whole && std::ranges::find(m_types.fractions, column) != m_types.fractions.end())
        return static_cast<double>(*whole);
    // Of lists only this may be empty, and a list of nothing is of another type than a list of texts.
    if (const auto *list = std::get_if<QByteArrayList>(&content); list && column == ExportColumn::Doubted)
        return list->join(m_words.delimiter());
    const bool isMissing = std::holds_alternative<std::monostate>(content);
    return isMissing && column == ExportColumn::Sha256 ? ColumnValue(QByteArray()) : content;
}

void Columns::appendJson(QByteArray &out, const ExportClip &clip) const
{
    const char delimiter = m_words.delimiter();
    for (const ExportColumn column : m_columns) {
        const ColumnValue content = fixed(column, value(column, clip));
        if (std::holds_alternative<std::monostate>(content))
            continue;
        const QLatin1StringView key = name(column);
        out += ",\"";
        out.append(key.data(), key.size());
        out += "\":";
        appendJsonValue(out, content);
        if (m_types.areFixed && column == ExportColumn::Doubted && delimiter != ';') {
            out += ",\"delimiter\":";
            exports::appendJson(out, {&delimiter, 1});
        }
    }
}

void Columns::appendNames(QByteArray &out, char separator) const
{
    for (const ExportColumn column : m_columns) {
        const QLatin1StringView text = name(column);
        out += separator;
        out.append(text.data(), text.size());
    }
}

void Columns::appendMarked(QByteArray &out, QByteArray text, QByteArrayView mark, const TableStyle &style,
                           bool isFirst) const
{
    const bool isNeeded = !text.isEmpty() || (isFirst && m_types.areFixed);
    if (style.isForPandas && isNeeded && !isTextToPandas(text))
        text += mark;
    appendField(out, text, style);
}

void Columns::appendFields(QByteArray &out, const ExportClip &clip, const TableStyle &style,
                           bool isFirst) const
{
    const char delimiter = m_words.delimiter();
    for (const ExportColumn column : m_columns) {
        out += style.separator;
        const ColumnValue each = value(column, clip);
        if (const auto *list = std::get_if<QByteArrayList>(&each)) {
            appendMarked(out, list->join(delimiter), {&delimiter, 1}, style, isFirst);
            continue;
        }
        const ColumnValue content = fixed(column, each);
        if (const auto *text = std::get_if<QByteArray>(&content); text && column != ExportColumn::Ytid)
            appendMarked(out, *text, TextMark, style, isFirst);
        else if (text)
            appendField(out, *text, style);
        else
            appendJsonValue(out, content);
    }
}

} // namespace earmark::exports
