#include "cli/sample.h"

#include "base/format.h"
#include "cli/messages.h"

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

/// The mids that names stand for.
Result<std::vector<QByteArray>> namedClasses(const std::vector<QString> &names,
                                             const segments::SegmentTable &table, const query::Filter &filter,
                                             const classes::Classes &classes)
{
    std::vector<QByteArray> mids;
    for (const QString &name : names) {
        const query::QueryNode query{.kind = query::QueryNode::Kind::Label, .text = name};
        if (const auto error = filter.check(query))
            return failure(ErrorCode::BadInput, u"--class: "_s + sentence(error->text));
        const std::vector<bool> sought = filter.soughtLabels(query);
        const std::size_t before = mids.size();
        for (std::size_t label = 0; label < sought.size(); ++label) {
            if (sought[label])
                mids.push_back(table.mid(static_cast<segments::LabelNumber>(label)));
        }
        // Known, but without a segment here: its line in the outcome says so.
        if (mids.size() == before) {
            const int node = classes.ontology->findName(name);
            mids.push_back(node < 0 ? name.toUtf8()
                                    : classes.ontology->nodes()[static_cast<std::size_t>(node)].mid);
        }
    }
    return mids;
}

} // namespace

Result<std::optional<SampleReport>> sample(const SampleOptions &options, const segments::SegmentTable &table,
                                           const classes::Classes &classes, const query::Filter &filter,
                                           const query::QueryNode &query, std::vector<segments::Row> &rows)
{
    if (options.perLabel == 0 && options.random == 0)
        return std::optional<SampleReport>();
    SampleReport report{.seed = options.seed, .found = static_cast<segments::Row>(rows.size())};
    if (options.random > 0) {
        rows =
            segments::sampleAtRandom(table, rows, static_cast<segments::Row>(options.random), options.seed);
    } else {
        auto mids = namedClasses(options.classes, table, filter, classes);
        if (!mids)
            return tl::unexpected(mids.error());
        if (mids->empty())
            mids = segments::classesToSample(table, rows, filter.soughtLabels(query));
        segments::Sample sample = segments::samplePerClass(
            table, rows, *mids, static_cast<segments::Row>(options.perLabel), options.seed);
        rows = std::move(sample.rows);
        report.classes = std::move(sample.classes);
    }
    report.chosen = static_cast<segments::Row>(rows.size());
    return std::optional(std::move(report));
}

QString sampleText(const SampleReport &report, const classes::Classes &classes)
{
    QString text =
        u"%1 of %2 chosen with seed %3"_s.arg(countText(report.chosen), counted(report.found, u"segment"))
            .arg(report.seed);
    if (!report.classes.empty())
        text += u"\n      asked        got  available  class"_s;
    for (const segments::ClassOutcome &outcome : report.classes) {
        const QString reason = outcome.reason();
        text += u"\n%1%2%3  %4%5"_s.arg(countText(outcome.asked), 11)
                    .arg(countText(outcome.got), 11)
                    .arg(countText(outcome.available), 11)
                    .arg(classes.displayName(outcome.mid), reason.isEmpty() ? reason : u": "_s + reason);
    }
    return text;
}

nlohmann::ordered_json sampleJson(const SampleReport &report, const classes::Classes &classes)
{
    nlohmann::ordered_json json;
    json["seed"] = report.seed;
    json["found"] = report.found;
    json["chosen"] = report.chosen;
    auto &all = json["classes"] = nlohmann::ordered_json::array();
    for (const segments::ClassOutcome &outcome : report.classes) {
        all.push_back({{"mid", outcome.mid.toStdString()},
                       {"name", classes.displayName(outcome.mid).toStdString()},
                       {"asked", outcome.asked},
                       {"got", outcome.got},
                       {"available", outcome.available},
                       {"reason", outcome.reason().toStdString()}});
    }
    return json;
}

} // namespace earmark::cli
