#include "cli/commands.h"

#include "base/format.h"
#include "base/nearest.h"
#include "cli/interrupt.h"
#include "cli/progressline.h"
#include "cli/report.h"
#include "net/address.h"
#include "official/officialstore.h"

#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace earmark::cli {

using namespace Qt::StringLiterals;
using official::OfficialStore;
using Stage = OfficialStore::Stage;

namespace {

QLatin1StringView stageWord(const OfficialStore::Entry &entry)
{
    switch (entry.stage) {
    case Stage::There:
        return "there"_L1;
    case Stage::Damaged:
        return "damaged"_L1;
    case Stage::Looking:
    case Stage::Missing:
    case Stage::Waiting:
    case Stage::Fetching:
        break;
    }
    return "missing"_L1;
}

nlohmann::ordered_json entryJson(const OfficialStore &store, std::size_t index)
{
    const OfficialStore::Entry &entry = store.entries()[index];
    nlohmann::ordered_json json;
    json["name"] = entry.file->name.toStdString();
    json["file"] = store.path(index).toStdString();
    json["address"] = store.addresses().of(*entry.file).toString().toStdString();
    json["licence"] = entry.file->licence.toStdString();
    json["state"] = stageWord(entry).latin1();
    if (entry.date.isValid()) {
        json["bytes"] = entry.finding.bytes;
        json["rows"] = entry.finding.rows;
        json["date"] = entry.date.toUTC().toString(Qt::ISODate).toStdString();
    }
    if (!entry.finding.warning.isEmpty())
        json["warning"] = entry.finding.warning.toStdString();
    if (!entry.trouble.isEmpty())
        json["trouble"] = entry.trouble.toStdString();
    return json;
}

QString entryText(const OfficialStore::Entry &entry)
{
    QString text = u"%1 %2"_s.arg(entry.file->name, -13).arg(entry.file->fileName, -31);
    if (entry.stage == Stage::There)
        text += u"%1 %2, %3, of %4"_s.arg(countText(entry.finding.rows), official::rowsWord(entry.file->kind),
                                          bytesText(entry.finding.bytes),
                                          entry.date.date().toString(Qt::ISODate));
    else
        text += stageWord(entry);
    return text;
}

void report(const OfficialStore &store, const std::vector<std::size_t> &shown, bool asJson)
{
    if (asJson) {
        nlohmann::ordered_json json;
        json["folder"] = store.folder().toStdString();
        auto &files = json["files"] = nlohmann::ordered_json::array();
        for (const std::size_t index : shown)
            files.push_back(entryJson(store, index));
        printJson(json);
    } else {
        for (const std::size_t index : shown)
            printLine(entryText(store.entries()[index]));
    }
    for (const std::size_t index : shown) {
        const OfficialStore::Entry &entry = store.entries()[index];
        if (!entry.trouble.isEmpty())
            complain(u"%1: %2"_s.arg(entry.file->name, entry.trouble));
        if (!entry.finding.warning.isEmpty())
            note(u"%1: %2 There may be a newer edition."_s.arg(entry.file->name, entry.finding.warning));
    }
}

ProgressLine::State progressOf(const OfficialStore &store, const std::vector<std::size_t> &asked)
{
    double share = 0;
    QStringList running;
    for (const std::size_t index : asked) {
        const OfficialStore::Entry &entry = store.entries()[index];
        const net::FetchProgress &progress = entry.progress;
        if (!store.isFetching(index)) {
            share += 1;
        } else if (entry.stage == Stage::Fetching) {
            if (progress.total > 0)
                share += static_cast<double>(progress.bytes) / static_cast<double>(progress.total);
            running.append(progress.trouble.isEmpty()
                               ? u"%1 %2"_s.arg(entry.file->name, bytesText(progress.bytes))
                               : u"%1: %2"_s.arg(entry.file->name, progress.trouble));
        }
    }
    return {share / static_cast<double>(std::max<std::size_t>(asked.size(), 1)), running.join(u" · "_s)};
}

/// Waits until nothing goes on in the store; false when the user has interrupted it.
bool waitFor(OfficialStore &store)
{
    QEventLoop loop;
    Interrupt interrupt;
    bool isInterrupted = false;
    QObject::connect(&interrupt, &Interrupt::triggered, &loop, [&] {
        isInterrupted = true;
        loop.quit();
    });
    QObject::connect(&store, &OfficialStore::changed, &loop, [&] {
        if (!store.isBusy())
            loop.quit();
    });
    if (store.isBusy())
        loop.exec();
    return !isInterrupted;
}

QString unknownText(const QString &name)
{
    std::vector<QString> names;
    for (const official::OfficialFile &file : official::catalogue())
        names.push_back(file.name);
    return sentence(u"There is no official file “%1”%2"_s.arg(name, guessText(name, names))) +
           u" “earmark-cli official --list” shows all."_s;
}

} // namespace

Exit official(const OfficialOptions &options)
{
    std::vector<std::size_t> asked;
    for (const QString &name : options.names) {
        const official::OfficialFile *file = official::findOfficial(name);
        if (!file)
            return refuse(unknownText(name));
        asked.push_back(static_cast<std::size_t>(file - official::catalogue().data()));
    }
    official::Addresses addresses;
    for (const auto &[text, address] : {std::pair(&options.base, &addresses.corpus),
                                        std::pair(&options.ontologyUrl, &addresses.ontology)}) {
        if (text->isEmpty())
            continue;
        if (const QString problem = net::addressProblem(*text); !problem.isEmpty())
            return refuse(problem);
        *address = QUrl(*text);
    }
    const QString folder =
        options.into.isEmpty()
            ? OfficialStore::folderIn(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
            : QDir::cleanPath(QFileInfo(options.into).absoluteFilePath());

    OfficialStore store(folder, addresses);
    if (!waitFor(store))
        return Interrupted;
    if (asked.empty()) {
        for (std::size_t index = 0; index < store.entries().size(); ++index) {
            if (options.list || store.entries()[index].stage != Stage::There)
                asked.push_back(index);
        }
    }
    if (!options.list) {
        const ProgressLine progress([&] { return progressOf(store, asked); });
        for (const std::size_t index : asked)
            store.fetch(index);
        if (!waitFor(store)) {
            note(u"Interrupted. What was downloaded is kept; run the same command again to resume."_s);
            return Interrupted;
        }
    }
    report(store, asked, options.json);
    const auto bad = std::ranges::count_if(asked, [&](std::size_t index) {
        const OfficialStore::Entry &entry = store.entries()[index];
        return entry.stage == Stage::Damaged || (!options.list && !entry.trouble.isEmpty());
    });
    if (bad == 0)
        return Done;
    return bad == std::ssize(asked) ? Failed : SomeFailed;
}

} // namespace earmark::cli
