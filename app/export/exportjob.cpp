#include "export/exportjob.h"

#include "base/atomicfile.h"
#include "base/format.h"
#include "base/ownfiles.h"
#include "export/atomicfolder.h"
#include "export/besidefiles.h"
#include "export/clipsource.h"
#include "export/exporttarget.h"
#include "export/partition.h"
#include "export/report/checksums.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>
#include <exception>

namespace earmark::exports {

using namespace Qt::StringLiterals;

namespace {

Result<Partition> split(const ClipTable &clips, const ExportSet &set, const ExportJob &job,
                        const std::stop_token &stop)
{
    SplitClips wanted;
    wanted.labelCount = clips.segments().labelCount();
    for (const ExportItem &item : set.items) {
        // Silence is the same in clips that have nothing to do with each other.
        const Measures &measures = clips.segments().measures(item.row);
        const bool isSilent = measures.areKnown() && measures.silentShare() >= 1;
        wanted.add(clips.segments().key(item.row), set.labels(clips, item.set),
                   isSilent ? 0 : clips.sha256(item.row).beginning());
    }
    return partitionClips(wanted, job.shares, job.seed, stop);
}

/// Classes that occur, as they are told of in a card.
std::vector<CardClass> classesOf(const ClipTable &clips, const ExportSet &set,
                                 const classes::Classes &classes, const std::vector<std::uint8_t> &partOf,
                                 std::size_t parts)
{
    const auto &segments = clips.segments();
    std::vector<std::vector<qint64>> counts(segments.labelCount(),
                                            std::vector<qint64>(std::max<std::size_t>(parts, 1)));
    for (std::size_t i = 0; i < set.items.size(); ++i) {
        for (const segments::LabelNumber label : set.labels(clips, set.items[i].set))
            ++counts[label][partOf.empty() ? 0 : partOf[i]];
    }
    std::vector<CardClass> told;
    for (std::size_t label = 0; label < counts.size(); ++label) {
        const QByteArray &mid = segments.mid(static_cast<segments::LabelNumber>(label));
        if (std::ranges::any_of(counts[label], [](qint64 count) { return count > 0; }))
            told.push_back({QString::fromUtf8(mid), classes.displayName(mid), counts[label]});
    }
    std::ranges::sort(told, {}, [](const CardClass &each) { return std::pair(each.name, each.mid); });
    return told;
}

Card cardOf(const ClipTable &clips, const ExportSet &set, const ExportJob &job,
            const std::optional<Partition> &partition, const std::stop_token &stop)
{
    Card card = job.facts;
    const std::vector<std::uint8_t> partOf = partition ? partition->partOf : std::vector<std::uint8_t>();
    for (CardSource &source : card.sources) {
        if (!source.path.isEmpty())
            source.sha256 = sha256Of(QFileInfo(source.path).canonicalFilePath(), stop).value_or(QByteArray());
    }
    card.manifest = QFileInfo(QDir::cleanPath(job.options.out)).fileName();
    if (card.title.isEmpty())
        card.title = u"Clips of AudioSet: %1"_s.arg(QFileInfo(clips.layout().root()).fileName());
    card.format = job.options.format->keyword;
    card.query = job.options.query;
    card.leftOut = set.skipped;
    if (partition) {
        card.splitSeed = job.seed;
        for (std::size_t part = 0; part < job.shares.size(); ++part)
            card.parts.push_back(
                {job.shares[part].name, job.shares[part].hundredths, qint64{partition->clips[part]}});
        card.partNotes = partitionNotes(*partition, job.shares);
    }
    card.classes = classesOf(clips, set, job.options.classes, partOf, job.shares.size());
    for (const ExportItem &item : set.items) {
        const auto &segments = clips.segments();
        card.sums.add({.state = segments.state(item.row),
                       .seconds = clips.duration(item.row),
                       .measures = segments.measures(item.row),
                       .verdict = segments.verdict(item.row),
                       .marks = segments.marks(item.row),
                       .sound = clips.sha256(item.row).beginning()});
    }
    return card;
}

Result<void> writeParts(const ClipTable &clips, const Partition &partition, const ExportJob &job,
                        const QString &folder)
{
    std::vector<QString> names;
    for (std::size_t label = 0; label < clips.segments().labelCount(); ++label)
        names.push_back(
            job.options.classes.displayName(clips.segments().mid(static_cast<segments::LabelNumber>(label))));
    return writeWhole(folder + u'/' + PartsName, partitionCsv(partition, job.shares, names));
}

/// The clips are not in the export but in the workspace.
bool staysInWorkspace(const ExportJob &job)
{
    return !job.options.takesClips() && !job.options.format->holdsClips;
}

/// What is written beside the lines of an export.
QStringList companionNames(const ExportJob &job)
{
    QStringList names;
    if (job.hasCard)
        names << CardName << CoverageName;
    if (job.hasCard && !job.shares.empty())
        names << PartsName;
    if (job.withChecksums)
        names << ChecksumsName;
    return names;
}

/// All files of the export, which lie in `folder` now: those in it when it has one of its own, else the
/// manifest; and the clips that stay in the workspace, of which `sums` are.
std::vector<ChecksummedFile> filesOf(const ClipTable &clips, const ExportSet &set, const ExportJob &job,
                                     const std::vector<QByteArray> &sums, const QString &folder)
{
    std::vector<ChecksummedFile> files;
    if (job.isFolder()) {
        QDirIterator all(folder, QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext())
            files.push_back({all.next()});
    } else {
        files.push_back({QFileInfo(job.options.out).absoluteFilePath()});
        for (const QString &name : companionNames(job)) {
            if (name != ChecksumsName)
                files.push_back({folder + u'/' + name});
        }
    }
    if (staysInWorkspace(job)) {
        const QDir place(exportFolder(job)); // where `folder` will be
        for (std::size_t item = 0; item < set.items.size(); ++item) {
            const QString clip = clips.layout().clip(clips.segments().key(set.items[item].row));
            files.push_back({place.relativeFilePath(clip), sums[item]});
        }
    }
    return files;
}

/// What there is of an export before it is written.
struct Plan
{
    ExportSet set;
    std::vector<QByteArray> sums; ///< of the clips, where they stay in the workspace and are frozen
    std::optional<Partition> partition;
    ExportParts parts;
};

Result<void> writeCompanions(const ClipTable &clips, const Plan &plan, const ExportJob &job,
                             const QString &folder, const std::stop_token &stop)
{
    Result<void> written;
    if (job.hasCard && plan.partition)
        written = writeParts(clips, *plan.partition, job, folder);
    if (written && job.hasCard)
        written =
            writeCard(clips, plan.set, folder, cardOf(clips, plan.set, job, plan.partition, stop), stop);
    TaskProgress progress;
    if (written && job.withChecksums)
        written = writeChecksums(folder + u'/' + ChecksumsName,
                                 filesOf(clips, plan.set, job, plan.sums, folder), progress, stop);
    return written;
}

/// Compares the clips' files with the ledger, as far as it is not done when they are read; with
/// Compared::Size reads none of them.
Result<void> compare(const ClipTable &clips, const ExportJob &job, Compared how, Plan &plan,
                     const std::stop_token &stop)
{
    const bool isLinked = job.options.takesClips() && job.options.clips != ClipFiles::Copied;
    const bool hasSums = job.withChecksums && staysInWorkspace(job);
    const bool readsBytes = how == Compared::Bytes && job.withChecksums;
    return leaveOutUnfit(clips, plan.set,
                         readsBytes && (isLinked || hasSums) ? Compared::Bytes : Compared::Size,
                         readsBytes && hasSums ? &plan.sums : nullptr, stop);
}

Result<void> splitUp(const ClipTable &clips, const ExportJob &job, Plan &plan, const std::stop_token &stop)
{
    if (job.shares.empty())
        return {};
    auto made = split(clips, plan.set, job, stop);
    if (!made)
        return tl::unexpected(made.error());
    plan.partition = std::move(*made);
    plan.parts.names.clear();
    for (const Share &share : job.shares)
        plan.parts.names.push_back(share.name);
    plan.parts.partOf = plan.partition->partOf;
    return {};
}

/// The clips left out for their file.
std::vector<UnfitClip> unfitOf(const ClipTable &clips, const ExportSet &set)
{
    std::vector<UnfitClip> unfit;
    for (const LeftOut &each : set.leftOut) {
        if (isFileFault(each.why))
            unfit.push_back({clips.segments().key(each.row), each.why});
    }
    return unfit;
}

/// The first few, and how many more: "a, b and 3 more".
QString namedText(const QStringList &names)
{
    constexpr qsizetype Most = 5;
    const QString first = names.first(std::min(names.size(), Most)).join(u", "_s);
    return names.size() <= Most ? first : u"%1 and %2 more"_s.arg(first, countText(names.size() - Most));
}

/// Which clips are left out for their files, and what of the user's is kept in the folder.
QStringList fileWarnings(const ExportReport &report)
{
    std::map<QString, QStringList> names;
    for (const UnfitClip &each : report.unfit)
        names[each.why].append(each.key.stem() + u".wav"_s);
    QStringList warnings;
    for (const auto &[why, files] : names)
        warnings.append(u"%1: %2."_s.arg(why.front().toUpper() + why.sliced(1), namedText(files)));
    if (!names.empty())
        warnings.append(u"Check the clips of the workspace, then download these again."_s);
    if (report.kept.size() == 1)
        warnings.append(u"Kept 1 other file: %1."_s.arg(namedText(report.kept)));
    else if (!report.kept.isEmpty())
        warnings.append(
            u"Kept %1 other files: %2."_s.arg(countText(report.kept.size()), namedText(report.kept)));
    return warnings;
}

/// Up to where clips are read or something is written.
Result<Plan> planOf(const ClipTable &clips, const ExportJob &job, Compared compared,
                    const std::stop_token &stop)
{
    if (auto allowed = checkTarget(job, clips.layout()); !allowed)
        return tl::unexpected(allowed.error());
    auto set = chooseClips(clips, job.options, stop);
    if (!set)
        return tl::unexpected(set.error());
    Plan plan;
    plan.set = std::move(*set);
    if (auto done = compare(clips, job, compared, plan, stop); !done)
        return tl::unexpected(done.error());
    return plan;
}

/// Adds what a report says of parts and files.
void complete(ExportReport &report, const ClipTable &clips, const Plan &plan, const ExportJob &job)
{
    if (plan.partition) {
        report.warnings += partitionNotes(*plan.partition, job.shares);
        for (std::size_t part = 0; part < job.shares.size(); ++part)
            report.parts.emplace_back(job.shares[part].name, plan.partition->clips[part]);
    }
    report.unfit = unfitOf(clips, plan.set);
    report.warnings += fileWarnings(report);
}

Result<ExportReport> exportAll(const ClipTable &clips, const ExportJob &job, const std::stop_token &stop,
                               const ExportProgress &progress)
{
    auto planned = planOf(clips, job, Compared::Bytes, stop);
    if (!planned)
        return tl::unexpected(planned.error());
    Plan plan = std::move(*planned);

    BesideFiles beside(exportFolder(job), job.isFolder() ? QStringList() : companionNames(job));
    QStringList kept;
    const auto companions = [&](const QString &folder) -> Result<void> {
        if (auto room = beside.makeRoom(); !room)
            return room;
        if (auto written = writeCompanions(clips, plan, job, folder, stop); !written)
            return written;
        return beside.finish().map([&kept](const QStringList &names) { kept = names; });
    };
    for (;;) {
        if (auto parted = splitUp(clips, job, plan, stop); !parted)
            return tl::unexpected(parted.error());
        std::vector<LeftOut> unfit;
        auto report =
            writeExport(clips, plan.set, job.options, plan.parts, stop, progress, companions, &unfit);
        if (!report)
            return report;
        if (unfit.empty()) {
            report->kept += kept;
            complete(*report, clips, plan, job);
            return report;
        }
        // The parts, and all that is said of the export, are of the clips that are in it: once more without.
        plan.set.leaveOut(clips, unfit);
    }
}

/// Libraries throw; the window's slots and the command line do not catch.
template <class T, class Work>
Result<T> guarded(const Work &work)
{
    try {
        return work();
    } catch (const std::exception &trouble) {
        return failure(
            ErrorCode::Internal,
            u"The export stopped at an internal error: %1. Nothing was replaced; report it with the command or settings used."_s
                .arg(QString::fromUtf8(trouble.what())));
    }
}

} // namespace

QString exportFolder(const ExportJob &job)
{
    const QFileInfo out(job.options.out);
    return job.isFolder() ? out.absoluteFilePath() : out.absolutePath();
}

Result<void> checkTarget(const ExportJob &job, const workspace::Layout &layout)
{
    if (job.options.outDescriptor >= 0)
        return {};
    QStringList sources;
    for (const CardSource &source : job.facts.sources)
        sources.append(source.path);
    sources.removeAll(QString());
    const QString name = QFileInfo(QDir::cleanPath(job.options.out)).fileName();
    if (!job.isFolder() && companionNames(job).contains(name))
        return failure(
            ErrorCode::BadInput,
            u"%1 is the name of a file that goes beside the export. Choose another name."_s.arg(name));
    return checkTarget(job.options.out, layout, sources);
}

Result<ExportReport> runExport(const QString &workspaceFolder, const ExportJob &job,
                               const std::stop_token &stop, const ExportProgress &progress)
{
    return guarded<ExportReport>([&]() -> Result<ExportReport> {
        const auto clips = ClipTable::read(workspaceFolder, stop);
        return clips ? exportAll(*clips, job, stop, progress) : tl::unexpected(clips.error());
    });
}

Result<ExportReport> runExport(const ClipTable &clips, const ExportJob &job, const std::stop_token &stop,
                               const ExportProgress &progress)
{
    return guarded<ExportReport>([&] { return exportAll(clips, job, stop, progress); });
}

Result<ExportForecast> forecastExport(const ClipTable &clips, const ExportJob &job, int lines,
                                      const std::stop_token &stop)
{
    return guarded<ExportForecast>([&]() -> Result<ExportForecast> {
        auto plan = planOf(clips, job, Compared::Size, stop);
        if (!plan)
            return tl::unexpected(plan.error());
        if (auto parted = splitUp(clips, job, *plan, stop); !parted)
            return tl::unexpected(parted.error());
        const QString path = QFileInfo(job.options.out).absoluteFilePath();
        if (job.isFolder()) {
            if (auto checked = AtomicFolder::check(path); !checked)
                return tl::unexpected(checked.error());
        }
        auto first = previewExport(clips, plan->set, job.options, lines, plan->parts);
        if (!first)
            return tl::unexpected(first.error());
        ExportForecast forecast{.report = {.written = first->clips,
                                           .skipped = plan->set.skipped,
                                           .path = path,
                                           .warnings = first->warnings,
                                           .unfit = {}},
                                .first = std::move(*first),
                                .replaced = {}};
        complete(forecast.report, clips, *plan, job);
        for (const QString &name : forecast.first.files + companionNames(job)) {
            const QString file = exportFolder(job) + u'/' + name;
            if (job.options.outDescriptor < 0 && forecast.report.written > 0 && QFileInfo::exists(file))
                forecast.replaced.append(file);
        }
        return forecast;
    });
}

} // namespace earmark::exports
