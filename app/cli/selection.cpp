#include "cli/selection.h"

#include "base/format.h"
#include "cli/report.h"
#include "query/filter.h"
#include "query/queryparser.h"
#include "readers/segmentfile.h"
#include "review/facts.h"
#include "workspace/ledgerreader.h"

#include <numeric>

#include <unistd.h>

namespace earmark::cli {

using namespace Qt::StringLiterals;

std::vector<WantedClip> Selection::wanted() const
{
    std::vector<WantedClip> clips;
    clips.reserve(rows.size());
    for (const segments::Row row : rows)
        clips.push_back({split.table.key(row), row, split.table.midList(row)});
    return clips;
}

Result<classes::Classes> readClasses(const ClassOptions &options)
{
    classes::Classes classes;
    Result<void> read;
    if (options.labels == u"521")
        classes.labels = {std::shared_ptr<const classes::LabelMap>(), &classes::LabelMap::yamNet()};
    else
        read = classes::readPart(options.labels, classes.labels);
    if (read)
        read = classes::readPart(options.ontology, classes.ontology);
    if (read)
        read = classes::readPart(options.quality, classes.ratings);
    return read.map([&classes] { return classes; });
}

Result<readers::Split> readList(const QString &path)
{
    if (path == u"-" && ::isatty(STDIN_FILENO) != 0)
        note(u"Reading the list from the terminal; Ctrl+D ends it."_s);
    return readers::readSegments(path);
}

Selection selectAll(readers::Split split)
{
    Selection selection{std::move(split), {}, {}};
    selection.rows.resize(selection.split.table.size());
    std::iota(selection.rows.begin(), selection.rows.end(), segments::Row{0});
    return selection;
}

namespace {

/// Puts what the ledger knows into the table. A folder without one knows of no clip.
Result<void> takeClips(const QString &folder, segments::SegmentTable &table)
{
    auto ledger = workspace::LedgerReader::open(folder);
    if (!ledger && ledger.error().code == ErrorCode::NotFound)
        return {};
    if (!ledger)
        return tl::unexpected(ledger.error());
    ClipStore clips;
    const auto read = (*ledger)->forEach([&clips](const WantedClip &wanted, const Clip &record) {
        clips.setJudgement(clips.set(wanted.key, record), record.judgement);
        return true;
    });
    if (!read)
        return read;
    auto facts = review::allFacts(table, clips);
    table.swapClips(facts.clips);
    return {};
}

} // namespace

Exit refuseQuery(const QString &query, const query::QueryError &error)
{
    const Exit exit = refuse(sentence(u"The query is wrong: "_s + error.text));
    explain(u"  %1\n  %2%3\n“earmark-cli help query” explains queries."_s.arg(
        query, QString(error.position, u' '), QString(std::max<qsizetype>(error.length, 1), u'^')));
    return exit;
}

tl::expected<Selection, Exit> select(const SelectionOptions &options)
{
    const auto told = [](const Error &error) { return tl::unexpected(fail(error)); };
    const auto query = query::parseQuery(options.where);
    if (!query)
        return tl::unexpected(refuseQuery(options.where, query.error()));
    const query::QueryNode *term = query->clipTerm();
    if (term != nullptr && options.workspace.isEmpty())
        return tl::unexpected(refuseQuery(
            options.where,
            {term->position, term->length,
             u"only a workspace knows what became of clips; name its folder with --workspace"_s}));
    auto classes = readClasses(options.classes);
    if (!classes)
        return told(classes.error());
    auto split = readList(options.split);
    if (!split)
        return told(split.error());
    if (split->problemCount > 0) {
        const readers::Problem &first = split->problems.front();
        note(split->problemCount == 1
                 ? u"Line %1 of %2 skipped: %3."_s.arg(first.line).arg(split->path, first.reason)
                 : u"%1 skipped in %2; line %3: %4. “earmark-cli inspect” shows all."_s
                       .arg(counted(split->problemCount, u"line"), split->path)
                       .arg(first.line)
                       .arg(first.reason));
    }
    Selection selection{std::move(*split), std::move(*classes), {}};
    if (term != nullptr) {
        if (auto taken = takeClips(options.workspace, selection.split.table); !taken)
            return told(taken.error());
    }
    const query::Filter filter(selection.split.table, selection.classes);
    if (const auto error = filter.check(*query))
        return tl::unexpected(refuseQuery(options.where, *error));
    filter.run(*query, selection.rows);
    auto report =
        sample(options.sample, selection.split.table, selection.classes, filter, *query, selection.rows);
    if (!report)
        return tl::unexpected(refuse(report.error().text)); // a class that is not known
    selection.sample = std::move(*report);
    if (selection.sample)
        note(sampleText(*selection.sample, selection.classes));
    if (options.limit >= 0 && std::cmp_greater(selection.rows.size(), options.limit))
        selection.rows.resize(static_cast<std::size_t>(options.limit));
    // Last, so that the parts together are what one machine would have chosen.
    std::erase_if(selection.rows, [&](segments::Row row) {
        return !options.shard.holds(selection.split.table.key(row).ytid);
    });
    return selection;
}

} // namespace earmark::cli
