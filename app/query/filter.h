#pragma once

#include "query/classnames.h"
#include "query/compiledquery.h"
#include "query/query.h"
#include "segments/segmenttable.h"

#include <optional>
#include <vector>

namespace earmark::query {

/// Finds the rows of a table that a query asks for.
class Filter final
{
public:
    /// `table` must outlive the filter; its rows and labels may not change meanwhile, its clips' states may.
    Filter(const segments::SegmentTable &table, classes::Classes classes);

    /// Where the query names a class that neither the table nor `classes` knows, with the nearest name that
    /// there is; nothing when all are known. A class that is known but has no segment here is no error.
    std::optional<QueryError> check(const QueryNode &query) const;

    /// Replaces `rows` by the rows that fit, ascending. Keeps its capacity, so hand in the same vector again.
    /// A class that is not known fits no row.
    void run(const QueryNode &query, std::vector<segments::Row> &rows) const;

    /// By label number: whether the query asks for this label (not: excludes it).
    std::vector<bool> soughtLabels(const QueryNode &query) const;

private:
    CompiledQuery termOf(const QueryNode &query) const;
    std::vector<std::uint8_t> labelsOf(const QueryNode &query) const;

    const segments::SegmentTable &m_table;
    ClassNames m_names;
    std::vector<std::optional<double>> m_qualities; ///< of each label number
};

} // namespace earmark::query
