#include "dataset/manifestreader.h"

#include "base/format.h"
#include "dataset/gatherer.h"
#include "dataset/labellist.h"
#include "dataset/linesource.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace earmark::dataset {

using namespace Qt::StringLiterals;

namespace {

/// What is wrong with the line; empty when nothing is.
QString parse(std::string_view line, SegmentKey &key, std::vector<QByteArray> &labels)
{
    const auto document =
        QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), static_cast<qsizetype>(line.size())));
    if (!document.isObject())
        return u"this is not a JSON object"_s;
    const QString path = document[u"audio_filepath"_s].toString();
    const QStringView name = QStringView(path).sliced(path.lastIndexOf(u'/') + 1);
    const auto named = SegmentKey::fromStem(name.left(name.lastIndexOf(u'.')));
    if (!named)
        return u"“audio_filepath” is not a clip such as processed/Y--PJHxphWEs_30_40.wav"_s;
    key = *named;
    labels.clear();
    const QJsonArray texts = document[u"labels"_s].toArray();
    for (const QJsonValue &text : texts) {
        const QByteArray label = text.toString().toUtf8();
        if (label.trimmed().isEmpty())
            return u"“labels” is not a list of texts"_s;
        labels.push_back(labelFromText({label.constData(), static_cast<std::size_t>(label.size())}));
    }
    return {};
}

} // namespace

Result<Split> readManifest(const QString &path, std::stop_token stop, const ReadProgress &progress)
{
    LineSource source(path, std::move(stop), progress);
    Gatherer gatherer(path, FileKind::Manifest, Gatherer::Repeats::AreProblems);
    SegmentKey key;
    std::vector<QByteArray> labels;
    while (source.next()) {
        if (source.isTooLong()) {
            gatherer.problem(source.number(),
                             u"the line is longer than %1 bytes"_s.arg(countText(LineSource::LongestLine)));
            continue;
        }
        if (source.line().find_first_not_of(" \t") == std::string_view::npos)
            continue;
        const QString problem = parse(source.line(), key, labels);
        if (problem.isEmpty())
            gatherer.add(source.number(), key, labels);
        else
            gatherer.problem(source.number(), problem);
    }
    if (!source.outcome())
        return tl::unexpected(source.outcome().error());
    return gatherer.finish();
}

} // namespace earmark::dataset
