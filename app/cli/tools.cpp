#include "cli/commands.h"

#include "base/format.h"
#include "cli/interrupt.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "net/address.h"
#include "tools/selftest.h"
#include "tools/toolreport.h"
#include "tools/ytdlpstore.h"

#include <QEventLoop>
#include <QStandardPaths>

namespace earmark::cli {

using namespace Qt::StringLiterals;
using tools::SelfTest;
using tools::ToolReport;
using tools::YtDlpStore;

QString ownShelf()
{
    return tools::Shelf::folderIn(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
}

namespace {

ProgressLine::State progressOf(const YtDlpStore &store)
{
    const net::FetchProgress &progress = store.progress();
    const double share =
        progress.total > 0 ? static_cast<double>(progress.bytes) / static_cast<double>(progress.total) : 0;
    return {share,
            progress.trouble.isEmpty() ? u"yt-dlp %1"_s.arg(bytesText(progress.bytes)) : progress.trouble};
}

/// Runs until `isDone` says so, asked whenever `sender` signals; false when the person has interrupted it.
template <class Sender, class Signal, class Done>
bool waitFor(Sender &sender, Signal signal, Done isDone)
{
    QEventLoop loop;
    Interrupt interrupt;
    bool isInterrupted = false;
    QObject::connect(&interrupt, &Interrupt::triggered, &loop, [&] {
        isInterrupted = true;
        loop.quit();
    });
    QObject::connect(&sender, signal, &loop, [&] {
        if (isDone())
            loop.quit();
    });
    if (!isDone())
        loop.exec();
    return !isInterrupted;
}

/// Fetches, or goes back.
Exit change(const ToolsOptions &options, YtDlpStore &store)
{
    const auto isQuiet = [&store] { return !store.isBusy(); };
    if (!waitFor(store, &YtDlpStore::changed, isQuiet))
        return Interrupted;
    if (!options.back && !options.update)
        return Done;
    const ProgressLine progress([&] { return progressOf(store); });
    if (options.back)
        store.goBack();
    else
        store.update(*options.update, options.allowOlder);
    if (!waitFor(store, &YtDlpStore::changed, isQuiet)) {
        note(u"Interrupted. What was downloaded is kept; run the same command again to resume."_s);
        return Interrupted;
    }
    return store.hasFailed() ? Failed : Done;
}

nlohmann::ordered_json reportJson(const ToolReport &report)
{
    nlohmann::ordered_json json;
    json["name"] = report.name.toStdString();
    json["purpose"] = report.purpose.toStdString();
    json["state"] = tools::word(report.state).toStdString();
    json["version"] = report.version.toStdString();
    if (report.released.isValid())
        json["released"] = report.released.toString(Qt::ISODate).toStdString();
    json["path"] = report.path.toStdString();
    json["origin"] = report.origin.toStdString();
    json["sentence"] = report.sentence.toStdString();
    return json;
}

QString reportText(const ToolReport &report)
{
    QStringList facts{report.version, report.age, report.path, report.origin};
    facts.removeAll(QString());
    return u"%1  %2\n            %3"_s.arg(report.name, -10)
        .arg(facts.isEmpty() ? u"not found"_s : facts.join(u", "_s), report.sentence);
}

/// Nothing when the person has interrupted it.
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
    tools::Addresses addresses;
    if (!options.releases.isEmpty()) {
        if (const QString problem = net::addressProblem(options.releases); !problem.isEmpty())
            return refuse(problem);
        addresses.stable = addresses.nightly = QUrl(options.releases.trimmed());
    }
    if (!options.releaseKey.isEmpty())
        addresses.key = options.releaseKey;
    YtDlpStore store(ownShelf(), addresses);
    Exit exit = change(options, store);
    if (exit == Interrupted)
        return exit;
    if (store.hasFailed())
        complain(store.said());
    else if (!store.said().isEmpty())
        note(store.said());

    const ytdlp::Tools found = tools::findTools({options.ytdlp, options.ffmpeg}, ownShelf());
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
        const tools::ShelfRecord &record = store.record();
        json["fetched"] = {{"folder", store.shelf().folder().toStdString()},
                           {"current", record.current.toStdString()}};
        if (record.hasPrevious)
            json["fetched"]["previous"] = record.previous.toStdString();
        if (!store.said().isEmpty())
            json["update"] = {{"ok", !store.hasFailed()}, {"sentence", store.said().toStdString()}};
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
