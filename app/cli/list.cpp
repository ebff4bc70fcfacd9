#include "cli/report.h"
#include "cli/selection.h"
#include "readers/officialrow.h"
#include "workspace/ledgerreader.h"

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

nlohmann::ordered_json segmentJson(const Selection &selection, segments::Row row)
{
    const SegmentKey key = selection.split.table.key(row);
    nlohmann::ordered_json json;
    json["ytid"] = key.ytid.toString().toStdString();
    json["start"] = key.startMs / 1000.0;
    json["end"] = key.endMs / 1000.0;
    std::vector<std::string> labels;
    std::vector<std::string> names;
    for (const segments::LabelNumber label : selection.split.table.labels(row)) {
        const QByteArray &mid = selection.split.table.mid(label);
        labels.push_back(mid.toStdString());
        names.push_back(selection.classes.displayName(mid).toStdString());
    }
    json["labels"] = std::move(labels);
    json["names"] = std::move(names);
    return json;
}

} // namespace

Exit list(const ListOptions &options)
{
    if (const QString &folder = options.selection.workspace; !folder.isEmpty()) {
        if (const auto ledger = workspace::LedgerReader::open(folder); !ledger)
            return fail(ledger.error());
    }
    const auto selection = select(options.selection);
    if (!selection)
        return selection.error();
    const auto count = static_cast<qint64>(selection->rows.size());
    if (options.json) {
        nlohmann::ordered_json json;
        json["rows"] = count;
        if (selection->sample)
            json["sample"] = sampleJson(*selection->sample, selection->classes);
        if (!options.count) {
            auto &segments = json["segments"] = nlohmann::ordered_json::array();
            for (const segments::Row row : selection->rows)
                segments.push_back(segmentJson(*selection, row));
        }
        printJson(json);
        return Done;
    }
    if (options.count) {
        printLine(QString::number(count));
        return Done;
    }
    const segments::SegmentTable &table = selection->split.table;
    const bool isOfficial = readers::hasOnlyMids(table);
    if (!options.jsonLines)
        printLine(isOfficial ? QString(readers::SplitHeader) : readers::listHeader());
    for (const segments::Row row : selection->rows) {
        if (options.jsonLines) {
            printJson(segmentJson(*selection, row));
            continue;
        }
        printLine(isOfficial ? readers::splitLine(table, row) : readers::listLine(table, row));
    }
    return Done;
}

} // namespace earmark::cli
