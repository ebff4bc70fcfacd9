#include "cli/fetchrun.h"
#include "cli/interrupt.h"
#include "cli/progressline.h"
#include "cli/report.h"

#include "base/format.h"
#include "verify/check.h"

#include <QDir>
#include <QEventLoop>
#include <QFileInfo>

#include <thread>

namespace earmark::cli {

using namespace Qt::StringLiterals;
using verify::Finding;

namespace {

/// Checks on another thread while this one shows how it gets on and listens for an interrupt.
Result<verify::Report> check(const QString &folder, verify::Depth depth, const Interrupt &interrupt)
{
    verify::Progress progress;
    Result<verify::Report> report;
    QEventLoop loop;
    const ProgressLine line([&progress] {
        const auto [done, total] = std::pair(progress.done.load(), progress.total.load());
        return ProgressLine::State{total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 0,
                                   u"%1 of %2 clips checked"_s.arg(countText(done), countText(total))};
    });
    std::jthread thread([&](const std::stop_token &stop) {
        report = verify::check(folder, depth, progress, stop);
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    QObject::connect(&interrupt, &Interrupt::triggered, &loop, [&thread] { thread.request_stop(); });
    loop.exec();
    thread.join();
    return report;
}

nlohmann::ordered_json findingJson(const Finding &finding)
{
    nlohmann::ordered_json json;
    json["file"] = finding.file.toStdString();
    json["reason"] = finding.reason.toStdString();
    return json;
}

} // namespace

Exit verify(const VerifyOptions &options)
{
    const QString folder = QDir::cleanPath(QFileInfo(options.workspace).absoluteFilePath());
    std::unique_ptr<workspace::Workspace> workspace;
    if (options.mend) {
        if (!QFileInfo::exists(workspace::Layout(folder).ledger())) { // no workspace is made here
            complain(u"There is no ledger in %1; is it a workspace folder?"_s.arg(folder));
            return Failed;
        }
        auto opened = openWorkspace(folder, 0, 0);
        if (!opened)
            return fail(opened.error());
        workspace = std::move(*opened);
    }
    // Lives through the mending as well, which takes a moment and is not left in the middle.
    const Interrupt interrupt;
    const auto report = check(folder, options.deep ? verify::Depth::Deep : verify::Depth::Shallow, interrupt);
    if (!report)
        return fail(report.error());

    nlohmann::ordered_json json;
    json["workspace"] = folder.toStdString();
    json["checked"] = report->checked;
    auto &bad = json["bad"] = nlohmann::ordered_json::array();
    qsizetype left = 0;
    QString lines;
    for (const Finding &finding : report->bad) {
        auto &each = bad.emplace_back(findingJson(finding));
        lines += u"%1 %2"_s.arg(finding.file, finding.reason);
        bool isMended = false;
        if (workspace) {
            const verify::Mended mended = verify::mend(*workspace, finding);
            isMended = mended.isMended;
            each["mended"] = isMended;
            each["done"] = mended.what.toStdString();
            lines += u": "_s + mended.what;
        }
        left += isMended ? 0 : 1;
        lines += u'\n';
    }
    if (workspace) {
        if (const auto flushed = workspace->flush(); !flushed)
            return fail(flushed.error());
    }
    if (options.json) {
        printJson(json);
    } else {
        if (!lines.isEmpty())
            printLine(lines.chopped(1));
        printLine(report->bad.empty() ? u"%1 clips in %2: all are as the ledger has them"_s.arg(
                                            countText(report->checked), folder)
                                      : u"%1 clips in %2: %3 files are not as the ledger has them"_s.arg(
                                            countText(report->checked), folder,
                                            countText(static_cast<qint64>(report->bad.size()))));
    }
    return left == 0 ? Done : SomeFailed;
}

} // namespace earmark::cli
