#include "tools/doctor.h"

#include "cli/report.h"
#include "cli/toolchange.h"
#include "workspace/ledgerreader.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <set>

namespace earmark::cli {

using namespace Qt::StringLiterals;
using tools::Fix;
using tools::ToolReport;
using State = ToolReport::State;

namespace {

QString signOf(State state)
{
    return state == State::Good ? u"✓"_s : state == State::Doubtful ? u"!"_s : u"✗"_s;
}

QString doctorText(const ToolReport &report)
{
    QStringList facts{report.version, report.age, QDir::toNativeSeparators(report.path), report.origin};
    facts.removeAll(QString());
    const QString start = u"%1 %2 "_s.arg(signOf(report.state), report.name.leftJustified(13));
    if (facts.isEmpty())
        return start + report.sentence;
    return start + facts.join(u", "_s) + u'\n' + QString(start.size(), u' ') + report.sentence;
}

/// What the options, the tools of this moment and the workspace come to.
tools::DoctorQuestion questionOf(const DoctorOptions &options, const ytdlp::Source &source)
{
    tools::DoctorQuestion question{tools::findTools({options.ytdlp, options.ffmpeg}, ownDataFolder()), source,
                                   options.downloads.fetch, options.downloads.perHour(source)};
    if (!options.workspace.isEmpty()) {
        question.folder = QDir::cleanPath(QFileInfo(options.workspace).absoluteFilePath());
        // No ledger: nothing is queued yet.
        if (auto reader = workspace::LedgerReader::open(question.folder)) {
            if (const auto counts = (*reader)->counts())
                question.queued = counts->unfinished();
        }
    }
    return question;
}

/// The best fix of each finding that was not `done` yet; what only an option can do is left out.
std::set<Fix> fixesOf(const std::vector<ToolReport> &reports, const std::set<Fix> &done = {})
{
    std::set<Fix> fixes;
    for (const ToolReport &report : reports) {
        const auto fix = std::ranges::find_if(report.fixes, [&done](Fix each) {
            return each != Fix::AllowSolverScript && !done.contains(each);
        });
        if (fix != report.fixes.end())
            fixes.insert(*fix);
    }
    return fixes;
}

Exit carryOut(const std::set<Fix> &fixes, const tools::Addresses &addresses)
{
    Exit exit = Done;
    for (const Fix fix : fixes) {
        const tools::Ware &ware = fix == Fix::FetchDeno ? tools::denoWare() : tools::ytDlpWare();
        tools::ToolStore store(
            tools::ToolInstallations(tools::ToolInstallations::folderIn(ownDataFolder(), ware), ware),
            fix == Fix::FetchDeno ? addresses.forDeno() : addresses);
        exit = std::max(exit, fetchTool(store, tools::Channel::Stable, false));
        if (exit == Interrupted)
            break;
    }
    return exit;
}

} // namespace

Exit doctor(const DoctorOptions &options)
{
    const ytdlp::Source source(options.downloads.source);
    const auto addresses = releaseAddresses(options.releases, options.releaseKey);
    for (const QString &problem : {source.problem(), addresses ? QString() : addresses.error().text}) {
        if (!problem.isEmpty())
            return refuse(problem);
    }
    // A settings file with a mistake in it is a finding, not a mistake on the command line.
    tools::DoctorQuestion question = questionOf(options, source);
    auto reports = tools::diagnose(question, tools::examine(question));
    Exit exit = Done;
    std::set<Fix> done;
    // What was hidden shows when the first findings are repaired: without a runtime, no script is tried.
    for (auto fixes = fixesOf(reports, done); options.fix && !fixes.empty(); fixes = fixesOf(reports, done)) {
        if (!options.ytdlp.isEmpty() && fixes.contains(Fix::UpdateYtDlp))
            note(u"A fetched yt-dlp is used without --yt-dlp only."_s);
        exit = std::max(exit, carryOut(fixes, *addresses));
        if (exit == Interrupted)
            return exit;
        done.merge(fixes);
        question = questionOf(options, source);
        reports = tools::diagnose(question, tools::examine(question));
    }
    const bool isGood = tools::firstProblem(reports).isEmpty();
    if (exit == Done && !isGood)
        exit = SomeFailed;

    if (options.json) {
        nlohmann::ordered_json json;
        json["ok"] = isGood;
        auto &list = json["checks"] = nlohmann::ordered_json::array();
        for (const ToolReport &report : reports)
            list.push_back(reportJson(report));
        printJson(json);
        return exit;
    }
    for (const ToolReport &report : reports)
        printLine(doctorText(report));
    if (isGood)
        printLine(u"Downloads can begin."_s);
    if (std::ranges::any_of(reports, [](const ToolReport &each) {
            return std::ranges::find(each.fixes, Fix::AllowSolverScript) != each.fixes.end();
        }))
        printLine(u"To let yt-dlp download its solver script: earmark-cli fetch --allow-solver-script"_s);
    if (!fixesOf(reports).empty() && !options.fix)
        printLine(u"Earmark can repair some of this: earmark-cli doctor --fix"_s);
    return exit;
}

} // namespace earmark::cli
