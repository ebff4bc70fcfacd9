#include "manifest/exportjob.h"

#include "base/wholefile.h"
#include "manifest/checksums.h"
#include "manifest/partition.h"

#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace earmark::manifest {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView PartsName("parts.csv");

Result<Partition> split(const ClipTable &clips, const ExportSet &set, const ExportJob &job,
                        const std::stop_token &stop)
{
    SplitClips wanted;
    wanted.labelCount = clips.segments().labelCount();
    for (const ExportItem &item : set.items)
        wanted.add(clips.segments().key(item.row), set.labels(clips, item.set),
                   workspace::soundOf(clips.sha256(item.row)));
    return partitionClips(wanted, job.shares, job.seed, stop);
}

/// Classes that occur, as they are told of in a card.
std::vector<CardClass> classesOf(const ClipTable &clips, const ExportSet &set,
                                 const dataset::Classes &classes, const std::vector<std::uint8_t> &partOf,
                                 std::size_t parts)
{
    const auto &segments = clips.segments();
    std::vector<std::vector<qint64>> counts(segments.labelCount(),
                                            std::vector<qint64>(std::max<std::size_t>(parts, 1)));
    for (std::size_t i = 0; i < set.items.size(); ++i) {
        for (const dataset::LabelNumber label : set.labels(clips, set.items[i].set))
            ++counts[label][partOf.empty() ? 0 : partOf[i]];
    }
    std::vector<CardClass> told;
    for (std::size_t label = 0; label < counts.size(); ++label) {
        const QByteArray &mid = segments.mid(static_cast<dataset::LabelNumber>(label));
        if (std::ranges::any_of(counts[label], [](qint64 count) { return count > 0; }))
            told.push_back({QString::fromUtf8(mid), classes.displayName(mid), counts[label]});
    }
    std::ranges::sort(told, {}, [](const CardClass &each) { return std::pair(each.name, each.mid); });
    return told;
}

Card cardOf(const ClipTable &clips, const ExportSet &set, const ExportJob &job, const ExportReport &report,
            const std::vector<std::uint8_t> &partOf, const std::stop_token &stop)
{
    Card card = job.facts;
    for (CardSource &source : card.sources) {
        if (!source.path.isEmpty())
            source.sha256 = sha256Of(source.path, stop).value_or(QByteArray());
    }
    card.manifest = QFileInfo(report.path).fileName();
    if (card.title.isEmpty())
        card.title = u"Clips of AudioSet: %1"_s.arg(QFileInfo(clips.layout().root()).fileName());
    card.format = ExportFormatWords[static_cast<std::size_t>(job.what.format)].word;
    card.query = job.what.query;
    card.leftOut = report.skipped;
    if (!job.shares.empty()) {
        card.splitSeed = job.seed;
        for (std::size_t part = 0; part < job.shares.size(); ++part)
            card.parts.push_back({job.shares[part].name, job.shares[part].hundredths,
                                  std::ranges::count(partOf, static_cast<std::uint8_t>(part))});
    }
    card.classes = classesOf(clips, set, job.what.classes, partOf, job.shares.size());
    for (const ExportItem &item : set.items) {
        const auto &segments = clips.segments();
        card.sums.add({.state = segments.state(item.row),
                       .seconds = clips.duration(item.row),
                       .measures = segments.measures(item.row),
                       .verdict = segments.verdict(item.row),
                       .marks = segments.marks(item.row),
                       .sound = workspace::soundOf(clips.sha256(item.row))});
    }
    return card;
}

Result<void> writeParts(const ClipTable &clips, const Partition &partition, const ExportJob &job,
                        const QString &folder)
{
    std::vector<QString> names;
    for (std::size_t label = 0; label < clips.segments().labelCount(); ++label)
        names.push_back(
            job.what.classes.displayName(clips.segments().mid(static_cast<dataset::LabelNumber>(label))));
    WholeFile file(folder + u'/' + PartsName);
    return file.open()
        .and_then([&] { return file.write(partitionCsv(partition, job.shares, names)); })
        .and_then([&] { return file.commit(); });
}

/// All files of the export: those in its folder when it has one of its own, else the manifest; and the clips
/// that stay in the workspace.
std::vector<SummedFile> filesOf(const ClipTable &clips, const ExportSet &set, const ExportJob &job,
                                const QString &folder)
{
    std::vector<SummedFile> files;
    if (job.isFolder()) {
        QDirIterator all(folder, QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            if (all.next() != folder + u'/' + ChecksumsName)
                files.push_back({all.filePath()});
        }
    } else {
        files.push_back({QFileInfo(job.what.out).absoluteFilePath()});
        for (const QLatin1StringView name : {CardName, CoverageName, PartsName}) {
            const bool isWritten = name == PartsName ? job.hasCard && !job.shares.empty() : job.hasCard;
            if (isWritten)
                files.push_back({folder + u'/' + name});
        }
    }
    if (job.what.clips == ClipFiles::Left && job.what.format != ExportFormat::WebDataset) {
        for (const ExportItem &item : set.items)
            files.push_back(
                {clips.layout().clip(clips.segments().key(item.row)), clips.sha256(item.row).toByteArray()});
    }
    return files;
}

} // namespace

QString exportFolder(const ExportJob &job)
{
    const QFileInfo out(job.what.out);
    return job.isFolder() ? out.absoluteFilePath() : out.absolutePath();
}

Result<ExportReport> runExport(const QString &workspaceFolder, const ExportJob &job,
                               const std::stop_token &stop, const ExportProgress &progress)
{
    const auto clips = ClipTable::read(workspaceFolder, stop);
    if (!clips)
        return tl::unexpected(clips.error());
    const auto set = chooseClips(*clips, job.what, stop);
    if (!set)
        return tl::unexpected(set.error());
    std::optional<Partition> partition;
    ExportParts parts;
    if (!job.shares.empty()) {
        auto made = split(*clips, *set, job, stop);
        if (!made)
            return tl::unexpected(made.error());
        partition = std::move(*made);
        for (const Share &share : job.shares)
            parts.names.push_back(share.name);
        parts.partOf = partition->partOf;
    }
    const auto report = writeExport(*clips, *set, job.what, parts, stop, progress);
    if (!report)
        return report;
    const QString folder = exportFolder(job);
    Result<void> beside;
    if (job.hasCard && partition)
        beside = writeParts(*clips, *partition, job, folder);
    if (beside && job.hasCard)
        beside =
            writeCard(*clips, *set, folder, cardOf(*clips, *set, job, *report, parts.partOf, stop), stop);
    if (beside && job.isFrozen) {
        SumProgress sums;
        beside =
            writeChecksums(folder + u'/' + ChecksumsName, filesOf(*clips, *set, job, folder), sums, stop);
    }
    if (!beside)
        return tl::unexpected(beside.error());
    return report;
}

} // namespace earmark::manifest
