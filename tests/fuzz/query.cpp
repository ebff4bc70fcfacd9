// Any text as a query: it is a tree or a mistake, both stand in the text, and what can be done with a tree
// can be done with this one.
#include "query/completion.h"
#include "query/filter.h"
#include "query/lexer.h"
#include "query/queryparser.h"
#include "readers/splitreader.h"
#include "require.h"

#include <algorithm>
#include <numeric>

using namespace earmark;
using namespace earmark::classes;
using namespace earmark::query;
using namespace earmark::readers;
using namespace earmark::segments;
using fuzz::require;
using namespace Qt::StringLiterals;

namespace {

struct Sample
{
    Split split = std::move(*readSampleSplit());
    Classes classes;
    Filter filter{split.table, classes};
    std::vector<Row> rows;
};

void standsInText(const QString &text, const QueryNode &query)
{
    require(query.position >= 0 && query.length >= 0 && query.position + query.length <= text.size(),
            "a node stands in the text");
    const auto again = parseQuery(QStringView(text).sliced(query.position, query.length));
    require(again && again->toString() == query.toString(), "a node's own text parses to it");
    for (const QueryNode &term : query.terms)
        standsInText(text, term);
}

void finds(Sample &sample, const QueryNode &query)
{
    std::vector<Row> &rows = sample.rows;
    sample.filter.run(query, rows);
    require(std::ranges::is_sorted(rows), "rows are found in ascending order");
    const std::size_t found = rows.size();
    sample.filter.run({.kind = QueryNode::Kind::Not, .terms = {query}}, rows);
    require(found + rows.size() == sample.split.table.size(), "a row fits, or it does not");
    require(sample.filter.soughtLabels(query).size() == sample.split.table.labelCount(),
            "each label is sought or not");
    if (const auto error = sample.filter.check(query))
        require(error->position >= query.position && error->length > 0 &&
                    error->position + error->length <= query.position + query.length,
                "an unknown class stands in the query");
}

void completes(const QString &text, qsizetype cursor, const Classes &classes)
{
    for (const Completion &each : completions(text, cursor, classes, 4)) {
        require(each.cursor > 0 && each.cursor <= each.text.size(), "the cursor is in the completed text");
        require(each.text != text, "a completion changes the text");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    static Sample sample;
    const QString text =
        QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    if (const auto query = parseQuery(text)) {
        standsInText(text, *query);
        finds(sample, *query);
    } else {
        const QueryError &error = query.error();
        // A mistake at the end is marked behind it.
        require(error.position >= 0 && error.length > 0 && error.position + error.length <= text.size() + 1,
                "a mistake stands in the text");
        require(!error.text.isEmpty(), "a mistake says what was expected");
    }
    completes(text, size == 0 ? 0 : data[size / 2] % (text.size() + 1), sample.classes);
    if (!text.trimmed().isEmpty()) {
        const auto label = parseQuery(u"label:"_s + quotedIfNeeded(text));
        require(label && label->kind == QueryNode::Kind::Label && label->text == text,
                "any name can be written");
    }
    return 0;
}
