#include "cli/toolchange.h"

#include "base/format.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "net/address.h"

namespace earmark::cli {

using namespace Qt::StringLiterals;
using tools::ToolStore;

namespace {

ProgressLine::State progressOf(const ToolStore &store)
{
    const net::FetchProgress &progress = store.progress();
    const double share =
        progress.total > 0 ? static_cast<double>(progress.bytes) / static_cast<double>(progress.total) : 0;
    return {share, progress.trouble.isEmpty() ? u"%1 %2"_s.arg(store.ware().name, bytesText(progress.bytes))
                                              : progress.trouble};
}

Exit finish(ToolStore &store)
{
    if (!waitFor(store, &ToolStore::changed, [&store] { return !store.isBusy(); })) {
        note(u"Interrupted. What was downloaded is kept; run the same command again to resume."_s);
        return Interrupted;
    }
    if (store.hasFailed())
        complain(store.said());
    else
        note(store.said());
    return store.hasFailed() ? Failed : Done;
}

} // namespace

Exit settle(ToolStore &store)
{
    return waitFor(store, &ToolStore::changed, [&store] { return !store.isBusy(); }) ? Done : Interrupted;
}

Exit fetchTool(ToolStore &store, tools::Channel channel, bool allowOlder)
{
    if (settle(store) != Done)
        return Interrupted;
    const ProgressLine progress([&] { return progressOf(store); });
    store.update(channel, allowOlder);
    return finish(store);
}

Exit goBack(ToolStore &store)
{
    if (settle(store) != Done)
        return Interrupted;
    store.goBack();
    return finish(store);
}

Result<tools::Addresses> releaseAddresses(const QString &releases, const QString &key)
{
    tools::Addresses addresses;
    if (!releases.isEmpty()) {
        if (const QString problem = net::addressProblem(releases); !problem.isEmpty())
            return failure(ErrorCode::BadInput, problem);
        addresses.stable = addresses.nightly = addresses.deno = QUrl(releases.trimmed());
    }
    if (!key.isEmpty())
        addresses.key = key;
    return addresses;
}

nlohmann::ordered_json reportJson(const tools::ToolReport &report)
{
    nlohmann::ordered_json json;
    json["name"] = report.name.toStdString();
    json["purpose"] = report.purpose.toStdString();
    json["state"] = tools::keyword(report.state).toStdString();
    json["version"] = report.version.toStdString();
    if (report.released.isValid())
        json["released"] = report.released.toString(Qt::ISODate).toStdString();
    json["path"] = report.path.toStdString();
    json["origin"] = report.origin.toStdString();
    json["sentence"] = report.sentence.toStdString();
    auto &fixes = json["fixes"] = nlohmann::ordered_json::array();
    for (const tools::Fix fix : report.fixes)
        fixes.push_back(tools::keyword(fix).toStdString());
    return json;
}

} // namespace earmark::cli
