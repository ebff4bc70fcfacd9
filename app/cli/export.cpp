#include "cli/report.h"

#include "base/format.h"
#include "cli/selection.h"
#include "manifest/exportjob.h"

namespace earmark::cli {

using namespace Qt::StringLiterals;

Exit exportManifest(const ExportOptions &options)
{
    manifest::ExportJob job = options.job;
    manifest::ExportOptions &what = job.what;
    if (what.out.isEmpty()) {
        if (what.format != manifest::ExportFormat::Nemo || what.isFolder()) {
            complain(u"Name the file or folder to write with --out."_s);
            return Usage;
        }
        what.out = workspace::Layout(options.workspace).manifest();
    }
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
    const auto report = manifest::runExport(options.workspace, job);
    if (!report)
        return fail(report.error());
    if (options.json) {
        nlohmann::ordered_json json;
        json["written"] = report->written;
        json["skipped"] = nlohmann::ordered_json::object();
        for (const auto &[reason, count] : report->skipped)
            json["skipped"][reason.toStdString()] = count;
        json["out"] = report->path.toStdString();
        printJson(json);
        return Done;
    }
    QString text = u"%1 clips written to %2"_s.arg(countText(report->written), report->path);
    for (const auto &[reason, count] : report->skipped)
        text += u", %1 %2 left out"_s.arg(countText(count), reason);
    printLine(text);
    return Done;
}

} // namespace earmark::cli
