#include "cli/fetchrun.h"
#include "cli/report.h"
#include "cli/watched.h"

#include "base/format.h"
#include "export/report/checksums.h"
#include "verify/check.h"
#include "verify/shortclips.h"

#include <QDir>
#include <QFileInfo>

namespace earmark::cli {

using namespace Qt::StringLiterals;
using verify::Finding;

namespace {

/// Runs `check(progress, stop)`, watched.
template <class Check>
auto checked(const QString &what, const Interrupt &interrupt, const Check &check)
{
    TaskProgress progress;
    const auto state = [&progress, &what] {
        const auto [done, total] = std::pair(progress.done.load(), progress.total.load());
        return ProgressLine::State{total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0,
                                   u"%1 of %2 %3 checked"_s.arg(countText(done), countText(total), what)};
    };
    return watched(interrupt, state, [&](const std::stop_token &stop) { return check(progress, stop); });
}

/// Of a frozen export, which is what the checksums say wherever it is.
Exit verifyExport(const QString &checksums, const VerifyOptions &options)
{
    if (options.repair)
        return fail({ErrorCode::BadInput,
                     u"%1 is of an export, and only a workspace can be repaired. Leave out --repair."_s.arg(
                         checksums)});
    const Interrupt interrupt;
    const auto report =
        checked(u"files"_s, interrupt, [&checksums](TaskProgress &progress, const std::stop_token &stop) {
            return exports::verifyChecksums(checksums, progress, stop);
        });
    if (!report)
        return fail(report.error());
    nlohmann::ordered_json json;
    json["checksums"] = checksums.toStdString();
    json["checked"] = report->checked;
    auto &bad = json["bad"] = nlohmann::ordered_json::array();
    for (const exports::ChangedFile &each : report->bad) {
        bad.push_back({{"file", each.file.toStdString()}, {"reason", each.reason.toStdString()}});
        if (!options.json)
            printLine(each.file + u' ' + each.reason);
    }
    if (options.json)
        printJson(json);
    else
        printLine(u"%1 in %2: %3"_s.arg(
            counted(report->checked, u"file"), checksums,
            report->bad.empty() ? u"all are as they were exported"_s
                                : u"%1 not as exported"_s.arg(countText(std::ssize(report->bad)))));
    return report->bad.empty() ? Done : SomeFailed;
}

nlohmann::ordered_json findingJson(const Finding &finding)
{
    nlohmann::ordered_json json;
    json["file"] = finding.file.toStdString();
    json["reason"] = finding.reason.toStdString();
    return json;
}

/// Gives clips in the ledger the states that the check found. A ledger that somebody works on, or that cannot
/// be written, stays as it is: the check has been printed all the same.
void keepStates(const QString &folder, const verify::Report &report)
{
    const auto workspace = workspace::Workspace::open(folder);
    if (!workspace) {
        note(u"The ledger keeps the former states of these clips. "_s + workspace.error().text);
        return;
    }
    (*workspace)->markLost(verify::lostClips(report));
    (*workspace)->markFound(report.found);
    if (const auto flushed = (*workspace)->flush(); !flushed)
        complain(flushed.error().text);
}

} // namespace

Exit verify(const VerifyOptions &options)
{
    const QString folder = QDir::cleanPath(QFileInfo(options.path).absoluteFilePath());
    const bool isWorkspace = QFileInfo::exists(workspace::Layout(folder).ledger());
    if (const QString checksums = exports::checksumsFile(folder); !isWorkspace && !checksums.isEmpty())
        return verifyExport(checksums, options);
    std::unique_ptr<workspace::Workspace> workspace;
    if (options.repair) {
        if (!isWorkspace) // no workspace is made here
            return fail(
                {ErrorCode::NotFound, u"There is no ledger in %1; is it a workspace folder?"_s.arg(folder)});
        auto opened = openWorkspace(folder, 0, 0);
        if (!opened)
            return fail(opened.error());
        workspace = std::move(*opened);
    }
    // Lives through the mending as well, which takes a moment and is not left in the middle.
    const Interrupt interrupt;
    const auto depth = options.deep ? verify::Depth::Deep : verify::Depth::Shallow;
    const auto report =
        checked(u"clips"_s, interrupt, [&folder, depth](TaskProgress &progress, const std::stop_token &stop) {
            return verify::check(folder, depth, progress, stop);
        });
    if (!report)
        return fail(report.error());

    nlohmann::ordered_json json;
    json["workspace"] = folder.toStdString();
    json["checked"] = report->checked;
    json["damaged_rows"] = report->damagedRows;
    auto &bad = json["bad"] = nlohmann::ordered_json::array();
    if (workspace) { // so that what cannot be mended is known for what it is
        workspace->markLost(verify::lostClips(*report));
        workspace->markFound(report->found);
    }
    qint64 left = report->damagedRows;
    const qsizetype doubted =
        workspace ? verify::doubtShortClips(*workspace, verify::unprovenShortClips(*workspace)) : 0;
    QString lines;
    for (const Finding &finding : report->bad) {
        auto &each = bad.emplace_back(findingJson(finding));
        lines += u"%1 %2"_s.arg(finding.file, finding.reason);
        bool isRepaired = false;
        if (workspace) {
            const verify::Repaired mended = verify::repair(*workspace, finding);
            isRepaired = mended.isRepaired;
            each["mended"] = isRepaired;
            each["done"] = mended.what.toStdString();
            lines += u": "_s + mended.what;
        }
        left += isRepaired ? 0 : 1;
        lines += u'\n';
    }
    if (workspace) {
        if (const auto flushed = workspace->flush(); !flushed)
            return fail(flushed.error());
    } else if (report->isNews) {
        keepStates(folder, *report);
    }
    if (workspace)
        json["doubted"] = doubted;
    if (options.json) {
        printJson(json);
    } else {
        if (!lines.isEmpty())
            printLine(lines.chopped(1));
        if (report->damagedRows > 0)
            printLine(u"Damaged rows in the ledger: %1; their clips were not checked"_s.arg(
                countText(report->damagedRows)));
        if (doubted > 0)
            printLine(u"Short clips queued again, since nothing proves that their videos end there: %1"_s.arg(
                countText(doubted)));
        printLine(u"%1 in %2: %3"_s.arg(counted(report->checked, u"clip"), folder,
                                        report->bad.empty() ? u"all are as the ledger has them"_s
                                                            : u"%1 not as the ledger has them"_s.arg(counted(
                                                                  std::ssize(report->bad), u"file"))));
    }
    return left == 0 ? Done : SomeFailed;
}

} // namespace earmark::cli
