#include "dataset/manifestreader.h"

#include "base/clipstate.h"
#include "base/format.h"
#include "dataset/gatherer.h"
#include "dataset/labellist.h"
#include "dataset/linesource.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>
#include <utility>

namespace earmark::dataset {

using namespace Qt::StringLiterals;

namespace {

/// A line of a manifest.
struct Entry
{
    SegmentKey key;
    std::vector<QByteArray> labels;
    Verdict verdict = Verdict::Undecided;
};

/// The segment that a file is called by, with or without the leading Y.
std::optional<SegmentKey> segmentOf(QStringView stem)
{
    const auto named = SegmentKey::fromStem(stem);
    return named ? named : SegmentKey::fromStem(u'Y' + stem.toString());
}

/// What is wrong with the line; empty when nothing is.
QString parse(std::string_view line, Entry &entry)
{
    const auto document =
        QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), static_cast<qsizetype>(line.size())));
    if (!document.isObject())
        return u"this is not a JSON object"_s;
    const QString path = document[u"audio_filepath"_s].toString();
    const QStringView name = QStringView(path).sliced(path.lastIndexOf(u'/') + 1);
    const auto named = segmentOf(name.left(name.lastIndexOf(u'.')));
    if (!named)
        return u"“audio_filepath” is not a clip such as processed/Y--PJHxphWEs_30_40.wav"_s;
    entry.key = *named;
    entry.verdict = verdictFromWord(document[u"verdict"_s].toString()).value_or(Verdict::Undecided);
    entry.labels.clear();
    // Where labels were written as names or indices, their ids stand beside them.
    const QJsonValue mids = document[u"mids"_s];
    const QJsonArray texts = (mids.isArray() ? mids : document[u"labels"_s]).toArray();
    for (const QJsonValue &text : texts) {
        const QByteArray label = text.toString().toUtf8();
        if (label.trimmed().isEmpty())
            return u"“labels” is not a list of texts"_s;
        entry.labels.push_back(labelFromText({label.constData(), static_cast<std::size_t>(label.size())}));
    }
    return {};
}

} // namespace

Result<Split> readManifest(const QString &path, std::stop_token stop, const ReadProgress &progress)
{
    LineSource source(path, std::move(stop), progress);
    Gatherer gatherer(path, FileKind::Manifest, Gatherer::Repeats::AreProblems);
    Entry entry;
    std::vector<std::pair<SegmentKey, Verdict>> verdicts;
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
        if (entry.verdict != Verdict::Undecided)
            verdicts.emplace_back(entry.key, entry.verdict);
    }
    if (!source.outcome())
        return tl::unexpected(source.outcome().error());
    auto split = gatherer.finish();
    if (!split)
        return split;
    for (const auto &[key, verdict] : verdicts) {
        if (const auto row = split->table.find(key))
            split->table.setClip(*row, {.verdict = verdict});
    }
    return split;
}

} // namespace earmark::dataset
