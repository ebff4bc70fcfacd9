#include "cli/fetchrun.h"
#include "cli/report.h"
#include "cli/selection.h"

#include "demo/demoserver.h"
#include "export/exportjob.h"
#include "tools/toolinstallations.h"

#include <QStandardPaths>

namespace earmark::cli {

using namespace Qt::StringLiterals;

Exit demo(const DemoOptions &options)
{
    auto sample = readers::readSampleSplit();
    if (!sample)
        return fail(sample.error());
    const auto server = demo::DemoServer::start();
    if (!server)
        return fail(server.error());
    const ytdlp::Tools tools = tools::findTools({}, ownDataFolder());
    if (!tools.areUsable())
        return fail({ErrorCode::NotFound, tools.problem()});
    const auto queue =
        options.downloads.queueOptions(tools, ytdlp::Source((*server)->sourceTemplate()), note);
    const QString folder =
        options.into.isEmpty()
            ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/demo"_s
            : options.into;
    auto workspace = openWorkspace(folder, 0, 0);
    if (!workspace)
        return fail(workspace.error());
    (*workspace)->enqueue(selectAll(std::move(*sample)).wanted());
    const FetchResult result = runQueue(**workspace, queue);
    const workspace::Layout &layout = (*workspace)->layout();
    nlohmann::ordered_json json = countsJson(layout.root(), (*workspace)->counts());
    result.tell(json);
    const bool isDone = result.exit == Done || result.exit == SomeFailed;
    if (isDone) {
        const auto report = exports::runExport(layout.root(), {.options = {.out = layout.manifest()}});
        if (!report)
            return fail(report.error());
        json["manifest"] = layout.manifest().toStdString();
    }
    if (options.json) {
        printJson(json);
        return result.exit;
    }
    printLine(countsText(layout.root(), (*workspace)->counts()));
    printLine(u"Clips: %1"_s.arg(layout.processed()));
    if (isDone)
        printLine(u"Manifest: %1"_s.arg(layout.manifest()));
    return result.exit;
}

} // namespace earmark::cli
