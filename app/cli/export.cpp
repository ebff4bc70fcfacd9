#include "cli/report.h"

#include "base/format.h"
#include "cli/selection.h"
#include "cli/watched.h"
#include "dataset/segmentfile.h"
#include "manifest/exportjob.h"

#include <QFileInfo>

#include <atomic>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

Result<manifest::CardSource> sourceOf(const QString &path)
{
    const auto split = dataset::readSegments(path);
    if (!split)
        return tl::unexpected(split.error());
    return manifest::CardSource{QFileInfo(path).fileName(), split->table.size(), {}, path};
}

Result<manifest::ExportReport> exported(const QString &workspace, const manifest::ExportJob &job)
{
    std::atomic<qint64> done = 0;
    std::atomic<qint64> total = 0;
    const auto state = [&]() -> ProgressLine::State {
        if (total == 0)
            return {0, u"reading %1"_s.arg(workspace)};
        return {static_cast<double>(done) / static_cast<double>(total),
                u"%1 of %2 written"_s.arg(countText(done), countText(total))};
    };
    const Interrupt interrupt;
    return watched(interrupt, state, [&](const std::stop_token &stop) {
        return manifest::runExport(workspace, job, stop, [&](qint64 lines, qint64 all) {
            done = lines;
            total = all;
        });
    });
}

} // namespace

Exit exportManifest(const ExportOptions &options)
{
    manifest::ExportJob job = options.job;
    manifest::ExportOptions &what = job.what;
    auto classes = readClasses({.labels = options.labelMap, .ontology = {}, .quality = {}});
    if (!classes)
        return fail(classes.error());
    what.classes = std::move(*classes);
    if (!options.split.isEmpty()) {
        auto shares = manifest::parseShares(options.split);
        if (!shares) {
            complain(shares.error().text);
            return Usage;
        }
        job.shares = std::move(*shares);
    }
    if (what.out.isEmpty()) {
        if (what.format != manifest::ExportFormat::Nemo || job.isFolder()) {
            complain(u"Name the file or folder to write with --out."_s);
            return Usage;
        }
        what.out = workspace::Layout(options.workspace).manifest();
    }
    for (const QString &path : options.sources) {
        auto source = sourceOf(path);
        if (!source)
            return fail(source.error());
        job.facts.sources.push_back(std::move(*source));
    }
    const auto report = exported(options.workspace, job);
    if (!report && report.error().code == ErrorCode::Cancelled) {
        complain(u"Interrupted; nothing is half written, and the same command exports anew."_s);
        return Interrupted;
    }
    if (!report)
        return fail(report.error());
    for (const QString &warning : report->warnings)
        complain(warning);
    if (options.json) {
        nlohmann::ordered_json json;
        json["written"] = report->written;
        json["skipped"] = nlohmann::ordered_json::object();
        for (const auto &[reason, count] : report->skipped)
            json["skipped"][reason.toStdString()] = count;
        json["unfit"] = nlohmann::ordered_json::array();
        for (const manifest::UnfitClip &each : report->unfit)
            json["unfit"].push_back(
                {{"clip", each.key.stem().toStdString()}, {"reason", QString(each.why).toStdString()}});
        json["kept"] = nlohmann::ordered_json::array();
        for (const QString &name : report->kept)
            json["kept"].push_back(name.toStdString());
        json["out"] = report->path.toStdString();
        for (const auto &[part, clips] : report->parts)
            json["parts"][part.toStdString()] = clips;
        json["warnings"] = nlohmann::ordered_json::array();
        for (const QString &warning : report->warnings)
            json["warnings"].push_back(warning.toStdString());
        printJson(json);
        return Done;
    }
    QStringList parts;
    for (const auto &[part, clips] : report->parts)
        parts.append(u"%1 %2"_s.arg(part, countText(clips)));
    printLine(u"%1 clips written to %2%3"_s.arg(countText(report->written), report->path,
                                                parts.isEmpty() ? QString() : u": "_s + parts.join(u", "_s)));
    return Done;
}

} // namespace earmark::cli
