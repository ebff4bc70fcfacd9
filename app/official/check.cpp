#include "official/check.h"

#include "base/format.h"
#include "base/segmentkey.h"
#include "dataset/labelmap.h"
#include "dataset/ontology.h"
#include "dataset/qualityratings.h"
#include "dataset/splitreader.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <functional>

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
    for (QByteArray line = file.readLine(1000); line.startsWith('#'); line = file.readLine(1000)) {
        if (const auto match = pattern.match(QString::fromLatin1(line)); match.hasMatch())
            return match.captured(1).toLongLong();
    }
    return -1;
}

Result<Finding> checkSplit(const QString &path, std::stop_token stop)
{
    const qint64 claimed = claimedRows(path);
    const auto split = dataset::readSplit(path, std::move(stop));
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

/// A file of tab-separated lines; `fits` judges the fields of one.
Result<Finding> checkLines(const QString &path, const QByteArray &header, const QString &expected,
                           const std::function<bool(const QList<QByteArray> &)> &fits,
                           const std::stop_token &stop)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Unreadable, u"It cannot be read: %1."_s.arg(file.errorString()));
    Finding finding;
    for (qint64 line = 1; !file.atEnd(); ++line) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled, u"Checking was cancelled."_s);
        const QByteArray text = file.readLine(10'000).trimmed();
        if (text.isEmpty() || (line == 1 && !header.isEmpty() && text.startsWith(header)))
            continue;
        if (!fits(text.split('\t')))
            return failure(ErrorCode::BadInput,
                           u"Line %1 does not fit: expected %2."_s.arg(line).arg(expected));
        ++finding.rows;
    }
    if (finding.rows == 0)
        return failure(ErrorCode::BadInput, u"It is empty: expected lines like %1."_s.arg(expected));
    return finding;
}

/// The clip's id is that of a video, an underscore and where it begins, in milliseconds.
bool isStrongLine(const QList<QByteArray> &fields)
{
    if (fields.size() != 4 || !fields[3].startsWith('/'))
        return false;
    const qsizetype end = fields[0].lastIndexOf('_');
    bool isNumber = false;
    fields[0].sliced(end + 1).toUInt(&isNumber);
    const auto start = parseSeconds({fields[1].constData(), static_cast<std::size_t>(fields[1].size())});
    const auto stop = parseSeconds({fields[2].constData(), static_cast<std::size_t>(fields[2].size())});
    return end == static_cast<qsizetype>(YtId::Length) && isNumber && start && stop && *start <= *stop;
}

template <class Value, class Count>
Result<Finding> counted(const Result<Value> &read, Count count)
{
    return read.map([&](const Value &value) { return Finding{0, static_cast<qint64>(count(value)), {}}; });
}

Result<Finding> readAs(Kind kind, const QString &path, const std::stop_token &stop)
{
    switch (kind) {
    case Kind::Split:
        return checkSplit(path, stop);
    case Kind::Labels:
        return counted(dataset::LabelMap::read(path), [](const auto &map) { return map.labels().size(); });
    case Kind::Ontology:
        return counted(dataset::Ontology::read(path), [](const auto &read) { return read.nodes().size(); });
    case Kind::Ratings:
        return counted(dataset::QualityRatings::read(path), [](const auto &read) { return read.size(); });
    case Kind::StrongLabels:
        return checkLines(path, "segment_id", u"a clip, start, end and class"_s, isStrongLine, stop);
    case Kind::StrongNames:
        return checkLines(
            path, {}, u"a class and its name"_s,
            [](const auto &fields) { return fields.size() == 2 && fields[0].startsWith('/'); }, stop);
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
