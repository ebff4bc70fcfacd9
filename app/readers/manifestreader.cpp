#include "readers/manifestreader.h"

#include "base/bytes.h"
#include "base/format.h"
#include "base/linesource.h"
#include "classes/labellist.h"
#include "readers/clipline.h"
#include "readers/segmentmerger.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace earmark::readers {

using namespace Qt::StringLiterals;

namespace {

/// A line of a manifest.
struct Entry
{
    SegmentKey key;
    std::vector<QByteArray> labels;
    Judgement judgement;
};

/// Seconds as milliseconds; nothing when the value is none.
std::optional<std::uint32_t> milliseconds(const QJsonValue &seconds)
{
    const double value = seconds.toDouble(-1) * 1000;
    if (!(value >= 0 && value < std::numeric_limits<std::uint32_t>::max()))
        return std::nullopt;
    return static_cast<std::uint32_t>(std::llround(value));
}

/// The segment that the line names: files may have been called otherwise since.
std::optional<SegmentKey> namedSegment(const QJsonObject &line)
{
    const QByteArray text = line[u"ytid"_s].toString().toUtf8();
    const auto ytid = YtId::parse(viewOf(text));
    const auto start = milliseconds(line[u"start"_s]);
    const auto end = milliseconds(line[u"end"_s]);
    if (!ytid || !start || !end || *start >= *end)
        return std::nullopt;
    return SegmentKey{*ytid, *start, *end};
}

std::optional<SegmentKey> fileSegment(const QJsonObject &line)
{
    const QString path = line[u"audio_filepath"_s].toString();
    return segmentOfFile(path.isEmpty() ? line[u"file_name"_s].toString() : path);
}

Judgement judgementOf(const QJsonObject &line)
{
    QByteArrayList doubted;
    const QJsonValue said = line[u"doubted"_s];
    for (const QJsonValue &text : said.toArray())
        doubted.append(text.toString().toUtf8());
    // metadata.jsonl has them as one text, see ColumnTypes.
    const QString delimiter = line[u"delimiter"_s].toString(u";"_s);
    if (said.isString() && !delimiter.isEmpty())
        doubted = said.toString().toUtf8().split(delimiter.at(0).toLatin1());
    const QJsonValue flagged = line[u"flagged"_s];
    return judgementFrom(line[u"verdict"_s].toString(), flagged.toBool() || flagged.toInt() != 0,
                         std::move(doubted), line[u"note"_s].toString());
}

/// What is wrong with the line; empty when nothing is.
QString parse(std::string_view line, Entry &entry)
{
    const auto document =
        QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), static_cast<qsizetype>(line.size())));
    if (!document.isObject())
        return u"this is not a JSON object"_s;
    const QJsonObject object = document.object();
    auto key = namedSegment(object);
    if (!key)
        key = fileSegment(object);
    if (!key)
        return u"“audio_filepath” is not a clip such as processed/Y--PJHxphWEs_30_40.wav"_s;
    entry.key = *key;
    entry.judgement = judgementOf(object);
    entry.labels.clear();
    // Where labels were written as names or indices, their ids stand beside them.
    const QJsonValue mids = object[u"mids"_s];
    const QJsonArray texts = (mids.isArray() ? mids : object[u"labels"_s]).toArray();
    for (const QJsonValue &text : texts) {
        const QByteArray label = text.toString().toUtf8();
        if (label.trimmed().isEmpty())
            return u"“labels” is not a list of texts"_s;
        entry.labels.push_back(classes::labelFromText(viewOf(label)));
    }
    return {};
}

} // namespace

Result<Split> readManifest(const QString &path, std::stop_token stop, const ReadProgress &progress)
{
    LineSource source(path, stop, progress);
    SegmentMerger gatherer(path, FileKind::Manifest, SegmentMerger::Repeats::AreProblems);
    Entry entry;
    std::map<SegmentKey, Judgement> judgements;
    while (source.next()) {
        if (source.isTooLong()) {
            gatherer.problem(source.number(),
                             u"the line is longer than %1 bytes"_s.arg(countText(LineSource::LongestLine)));
            continue;
        }
        if (source.line().find_first_not_of(" \t") == std::string_view::npos)
            continue;
        const QString problem = parse(source.line(), entry);
        if (!problem.isEmpty()) {
            gatherer.problem(source.number(), problem);
            continue;
        }
        gatherer.add(source.number(), entry.key, entry.labels);
        if (entry.judgement != Judgement())
            judgements.try_emplace(entry.key, entry.judgement);
    }
    if (!source.outcome())
        return tl::unexpected(source.outcome().error());
    auto split = gatherer.finish(stop);
    if (!split)
        return split;
    takeJudgements(*split, std::move(judgements));
    return split;
}

} // namespace earmark::readers
