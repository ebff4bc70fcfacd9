#include "official/check.h"

#include "base/format.h"
#include "base/ownfiles.h"
#include "classes/labelmap.h"
#include "classes/ontology.h"
#include "classes/qualityratings.h"
#include "readers/segmentfile.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace earmark::official {

using namespace Qt::StringLiterals;

namespace {

/// How many segments a split says that it holds: "# num_ytids=20371, num_segs=20371, …"; -1 when it does not.
qint64 claimedRows(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    static const QRegularExpression pattern(u"\\bnum_segs=(\\d+)"_s);
    constexpr int headLines = 20; // it stands in the second of three
    for (int line = 0; line < headLines; ++line) {
        const QByteArray text = file.readLine(1000);
        if (!text.startsWith('#'))
            break;
        if (const auto match = pattern.match(QString::fromLatin1(text)); match.hasMatch())
            return match.captured(1).toLongLong();
    }
    return -1;
}

Result<Finding> checkSegments(const QString &path, std::stop_token stop)
{
    const qint64 claimed = claimedRows(path);
    const auto split = readers::readSegments(path, std::move(stop));
    if (!split)
        return tl::unexpected(split.error());
    const qint64 rows = split->table.size();
    if (claimed >= 0 && rows + split->problemCount < claimed)
        return failure(ErrorCode::BadInput,
                       u"It is not whole: it says that it holds %1 segments, and there are %2."_s.arg(
                           countText(claimed), countText(rows)));
    // Where a file was cut off, half a line is left.
    QFile file(path);
    if (split->problemCount > 0 && file.open(QIODevice::ReadOnly) && file.seek(file.size() - 1) &&
        file.read(1) != "\n")
        return failure(ErrorCode::BadInput, u"It is not whole: it ends within a line."_s);
    Finding finding{0, rows, {}};
    if (split->problemCount > 0)
        finding.warning =
            u"%1 of its lines do not fit, the first of them line %2: %3"_s.arg(countText(split->problemCount))
                .arg(split->problems.front().line)
                .arg(split->problems.front().reason);
    return finding;
}

template <class Value, class Count>
Result<Finding> counted(const Result<Value> &read, Count count)
{
    return read.map([&](const Value &value) { return Finding{0, static_cast<qint64>(count(value)), {}}; });
}

Result<Finding> readAs(Kind kind, const QString &path, const std::stop_token &stop)
{
    switch (kind) {
    case Kind::Segments:
        return checkSegments(path, stop);
    case Kind::Labels:
        return counted(classes::LabelMap::read(path, stop),
                       [](const auto &map) { return map.labels().size(); });
    case Kind::Ontology:
        return counted(classes::Ontology::read(path), [](const auto &read) { return read.nodes().size(); });
    case Kind::Ratings:
        return counted(classes::QualityRatings::read(path, stop),
                       [](const auto &read) { return read.size(); });
    }
    return failure(ErrorCode::Internal, u"Nobody knows how to read it."_s);
}

} // namespace

Result<Finding> check(const OfficialFile &file, const QString &path, std::stop_token stop)
{
    auto finding = readAs(file.kind, path, stop);
    if (!finding)
        return finding;
    finding->bytes = QFileInfo(path).size();
    QStringList differences;
    if (!finding->warning.isEmpty())
        differences.append(finding->warning);
    if (file.rows >= 0 && finding->rows != file.rows)
        differences.append(u"It holds %1 %2 instead of %3"_s.arg(countText(finding->rows),
                                                                 rowsWord(file.kind), countText(file.rows)));
    if (file.bytes >= 0 && finding->bytes != file.bytes)
        differences.append(
            u"It has %1 bytes instead of %2"_s.arg(countText(finding->bytes), countText(file.bytes)));
    // What has other rows or another size is another edition anyway.
    if (differences.isEmpty() && !file.sha256.isEmpty()) {
        const auto sum = sha256Of(path, stop);
        if (!sum)
            return tl::unexpected(sum.error());
        if (sum->toHex() != file.sha256)
            differences.append(
                u"Its content is not that of the known edition (SHA-256 %1…, expected %2…)"_s.arg(
                    QString::fromLatin1(sum->toHex().first(12)), QString::fromLatin1(file.sha256.first(12))));
    }
    finding->warning = differences.isEmpty() ? QString() : differences.join(u". "_s) + u'.';
    return finding;
}

Result<Finding> checkFetched(const OfficialFile &file, const QString &path, qint64 announced,
                             std::stop_token stop)
{
    auto finding = check(file, path, std::move(stop));
    if (finding && announced < 0 && !finding->warning.isEmpty())
        return failure(ErrorCode::BadInput,
                       u"%1 The server did not say how long the file is, so it may not be whole."_s.arg(
                           finding->warning));
    return finding;
}

} // namespace earmark::official
