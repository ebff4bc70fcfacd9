#include "manifest/exportclip.h"

#include "dataset/labellist.h"
#include "manifest/exporttext.h"

#include <algorithm>
#include <cmath>

namespace earmark::manifest {

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

} // namespace

Columns::Columns(const ClipTable &clips, const LabelWords &words, std::vector<ExportColumn> columns)
    : m_clips(clips)
    , m_words(words)
    , m_columns(std::move(columns))
{
    std::ranges::sort(m_columns);
    m_columns.erase(std::ranges::unique(m_columns).begin(), m_columns.end());
}

QLatin1StringView Columns::name(ExportColumn column)
{
    return std::ranges::find(ExportColumnWords, column, &ExportWord<ExportColumn>::value)->word;
}

ColumnValue Columns::value(ExportColumn column, const ExportClip &clip) const
{
    const auto judgement = [&]() -> const workspace::Judgement & { return m_clips.judgement(clip.row); };
    const auto each = [&](const auto &textOf) {
        QByteArrayList list;
        for (const dataset::LabelNumber label : m_words.labels(clip.set))
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
        return each([this](dataset::LabelNumber label) { return m_words.name(label); });
    case ExportColumn::Mids:
        return each([this](dataset::LabelNumber label) { return m_words.mid(label); });
    case ExportColumn::SamplingRate:
        return qint64{m_clips.sampleRate(clip.row)};
    case ExportColumn::Verdict: {
        const QLatin1StringView text = word(judgement().verdict);
        return QByteArray(text.data(), text.size());
    }
    case ExportColumn::Flagged:
        return qint64{judgement().isFlagged};
    case ExportColumn::Doubted: {
        const auto mids = dataset::splitLabels(judgement().doubted);
        return QByteArrayList(mids.begin(), mids.end());
    }
    case ExportColumn::Note:
        return judgement().note.toUtf8();
    case ExportColumn::Sha256: {
        const QByteArrayView sum = m_clips.sha256(clip.row);
        return sum.isEmpty() ? ColumnValue() : ColumnValue(sum.toByteArray().toHex());
    }
    default:
        return measured(column, m_clips.segments().measures(clip.row));
    }
}

ColumnValue Columns::measured(ExportColumn column, const Measures &measures) const
{
    if (!measures.areKnown())
        return {};
    switch (column) {
    case ExportColumn::Peak:
        return measures.peakDb();
    case ExportColumn::Rms:
        return measures.rmsDb();
    case ExportColumn::TruePeak:
        return measures.hasTruePeak() ? ColumnValue(measures.truePeakDb()) : ColumnValue();
    case ExportColumn::Loudness:
        return measures.hasLoudness() ? ColumnValue(measures.lufs()) : ColumnValue();
    case ExportColumn::Silence:
        return measures.silentSteps() / double{Measures::ShareSteps};
    case ExportColumn::Bandwidth:
        return measures.bandwidthHz();
    default:
        return qint64{measures.clipped};
    }
}

void Columns::appendJson(QByteArray &out, const ExportClip &clip) const
{
    for (const ExportColumn column : m_columns) {
        const ColumnValue content = value(column, clip);
        if (std::holds_alternative<std::monostate>(content))
            continue;
        const QLatin1StringView key = name(column);
        out += ",\"";
        out.append(key.data(), key.size());
        out += "\":";
        appendJsonValue(out, content);
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

void Columns::appendFields(QByteArray &out, const ExportClip &clip, const TableStyle &style) const
{
    for (const ExportColumn column : m_columns) {
        out += style.separator;
        const ColumnValue content = value(column, clip);
        if (const auto *text = std::get_if<QByteArray>(&content))
            appendField(out, *text, style);
        else if (const auto *list = std::get_if<QByteArrayList>(&content))
            appendField(out, list->join(m_words.delimiter()), style);
        else
            appendJsonValue(out, content);
    }
}

} // namespace earmark::manifest
