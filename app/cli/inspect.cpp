#include "base/bytes.h"
#include "cli/report.h"
#include "cli/selection.h"

#include "base/format.h"
#include "classes/labellist.h"

namespace earmark::cli {

using namespace Qt::StringLiterals;

Exit inspect(const InspectOptions &options)
{
    const auto classes = readClasses(options.classes);
    if (!classes)
        return fail(classes.error());
    const auto split = readList(options.split);
    if (!split)
        return fail(split.error());

    const segments::SegmentTable &table = split->table;
    const std::size_t videos = table.videoCount();
    qint64 duration = 0;
    for (segments::Row row = 0; row < table.size(); ++row)
        duration += table.ends()[row] - table.starts()[row];
    std::vector<std::string> unnamed;
    std::vector<std::string> outside;
    qint64 texts = 0; // labels that are no ids
    for (std::size_t number = 0; number < table.labelCount(); ++number) {
        const QByteArray &mid = table.mid(static_cast<segments::LabelNumber>(number));
        if (!classes::isMid(viewOf(mid))) {
            ++texts;
            continue;
        }
        if (classes->displayName(mid).toUtf8() == mid)
            unnamed.push_back(mid.toStdString());
        if (classes->ontology->find(mid) < 0)
            outside.push_back(mid.toStdString());
    }

    if (options.json) {
        nlohmann::ordered_json json;
        json["format"] = readers::keyword(split->kind).latin1();
        if (split->isUsualLength)
            json["assumed_duration"] = SegmentKey::UsualMs / 1000.0;
        json["rows"] = table.size();
        json["problem_count"] = split->problemCount;
        auto problems = nlohmann::ordered_json::array();
        for (const readers::Problem &problem : split->problems)
            problems.push_back({{"line", problem.line}, {"reason", problem.reason.toStdString()}});
        json["problems"] = std::move(problems);
        json["unique_ids"] = videos;
        json["duration"] = static_cast<double>(duration) / 1000.0;
        json["labels_used"] = table.labelCount();
        json["text_labels"] = texts;
        json["label_sets"] = table.setCount();
        json["unnamed_labels"] = unnamed;
        json["labels_outside_ontology"] = outside;
        printJson(json);
        return Done;
    }
    printLine(u"%1: %2 of %3, %4 in all, %5"_s.arg(
        split->path, counted(table.size(), u"segment"), counted(static_cast<qint64>(videos), u"video"),
        spanText(duration), counted(static_cast<qint64>(table.labelCount()), u"different label")));
    printLine(u"read as %1"_s.arg(readers::description(split->kind)));
    if (split->isUsualLength)
        printLine(
            u"it names no ends: each segment was taken to be %1 long"_s.arg(spanText(SegmentKey::UsualMs)));
    if (texts > 0)
        printLine(texts == 1 ? u"1 label is a text, not the id of one of AudioSet's classes"_s
                             : u"%1 labels are texts, not ids of AudioSet's classes"_s.arg(countText(texts)));
    for (const std::string &mid : unnamed)
        printLine(u"no name for the label %1"_s.arg(QString::fromStdString(mid)));
    for (const std::string &mid : outside)
        printLine(u"not in the ontology: %1"_s.arg(QString::fromStdString(mid)));
    for (const readers::Problem &problem : split->problems)
        printLine(u"line %1 skipped: %2"_s.arg(problem.line).arg(problem.reason));
    if (split->problemCount > static_cast<qint64>(split->problems.size()))
        printLine(u"… and %1 skipped"_s.arg(
            counted(split->problemCount - static_cast<qint64>(split->problems.size()), u"more line")));
    return Done;
}

} // namespace earmark::cli
