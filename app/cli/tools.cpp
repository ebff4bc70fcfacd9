#include "cli/commands.h"

#include "cli/progressline.h"
#include "cli/report.h"
#include "cli/toolchange.h"
#include "tools/selftest.h"

#include <QStandardPaths>

#include <algorithm>
#include <utility>

namespace earmark::cli {

using namespace Qt::StringLiterals;
using tools::SelfTest;
using tools::ToolReport;
using tools::ToolStore;

QString ownDataFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

namespace {

QString reportText(const ToolReport &report)
{
    QStringList facts{report.version, report.age, report.path, report.origin};
    facts.removeAll(QString());
    return u"%1  %2\n            %3"_s.arg(report.name, -10)
        .arg(facts.isEmpty() ? u"not found"_s : facts.join(u", "_s), report.sentence);
}

/// Nothing when the user has interrupted it.
std::unique_ptr<SelfTest> selfTest(const ytdlp::Tools &found, const ToolsOptions &options)
{
    auto test = std::make_unique<SelfTest>(
        found, options.youTube ? SelfTest::Where::YouTube : SelfTest::Where::Here, options.settings);
    const ProgressLine progress([&test] { return ProgressLine::State{test->fraction(), test->stage()}; });
    test->start();
    if (!waitFor(*test, &SelfTest::finished, [&test] { return test->isDone(); }))
        return nullptr;
    return test;
}

} // namespace

Exit toolsCommand(const ToolsOptions &options)
{
    if (options.allowOlder && !options.update && !options.fetchDeno)
        return refuse(u"--allow-older takes an older release: add --update or --fetch-deno."_s);
    const auto addresses = releaseAddresses(options.releases, options.releaseKey);
    if (!addresses)
        return refuse(addresses.error().text);
    ToolStore store(tools::ToolInstallations(tools::ToolInstallations::folderIn(ownDataFolder())),
                    *addresses);
    ToolStore denos(
        tools::ToolInstallations(tools::ToolInstallations::folderIn(ownDataFolder(), tools::denoWare()),
                                 tools::denoWare()),
        addresses->forDeno());
    Exit exit = settle(store);
    const auto go = [&exit](Exit outcome) { exit = std::max(exit, outcome); };
    if (options.back)
        go(goBack(*options.back == "deno"_L1 ? denos : store));
    if (options.update)
        go(fetchTool(store, *options.update, options.allowOlder));
    if (options.fetchDeno && exit != Interrupted)
        go(fetchTool(denos, tools::Channel::Stable, options.allowOlder));
    if (exit == Interrupted)
        return exit;

    const ytdlp::Tools found = tools::findTools({options.ytdlp, options.ffmpeg}, ownDataFolder());
    const auto reports = tools::reportOf(found, QDate::currentDate());
    if (!found.areUsable())
        exit = Failed;
    std::unique_ptr<SelfTest> test;
    if (options.selfTest || options.youTube) {
        test = selfTest(found, options);
        if (!test)
            return Interrupted;
        if (!test->isOk())
            exit = Failed;
    }

    if (options.json) {
        nlohmann::ordered_json json;
        auto &list = json["tools"] = nlohmann::ordered_json::array();
        for (const ToolReport &report : reports)
            list.push_back(reportJson(report));
        const tools::InstalledVersions &record = store.record();
        json["fetched"] = {{"folder", store.shelf().folder().toStdString()},
                           {"current", record.current.toStdString()}};
        if (record.hasPrevious)
            json["fetched"]["previous"] = record.previous.toStdString();
        for (const auto &[key, changed] : {std::pair{"update", &store}, std::pair{"deno", &denos}}) {
            if (!changed->said().isEmpty())
                json[key] = {{"ok", !changed->hasFailed()}, {"sentence", changed->said().toStdString()}};
        }
        if (test)
            json["self_test"] = {{"ok", test->isOk()},
                                 {"sentence", test->sentence().toStdString()},
                                 {"log", test->log().toStdString()}};
        printJson(json);
    } else {
        for (const ToolReport &report : reports)
            printLine(reportText(report));
        if (test)
            printLine(u'\n' + test->log().trimmed());
    }
    return exit;
}

} // namespace earmark::cli
