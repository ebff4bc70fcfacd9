#pragma once

#include "dataset/classnames.h"
#include "dataset/query.h"
#include "dataset/segmenttable.h"
#include "dataset/term.h"

#include <optional>
#include <vector>

namespace earmark::dataset {

/// Finds the rows of a table that a query asks for.
class Filter final
{
public:
    /// `table` must outlive the filter; its rows and labels may not change meanwhile, its clips' states may.
    Filter(const SegmentTable &table, Classes classes);

    /// Where the query names a class that neither the table nor `classes` knows, with the nearest name that
    /// there is; nothing when all are known. A class that is known but has no segment here is no error.
    std::optional<QueryError> check(const Query &query) const;

    /// Replaces `rows` by the rows that fit, ascending. Keeps its capacity, so hand in the same vector again.
    /// A class that is not known fits no row.
    void run(const Query &query, std::vector<Row> &rows) const;

    /// By label number: whether the query asks for this label (not: excludes it).
    std::vector<bool> soughtLabels(const Query &query) const;

private:
    Term termOf(const Query &query) const;
    std::vector<std::uint8_t> labelsOf(const Query &query) const;

    const SegmentTable &m_table;
    ClassNames m_names;
    std::vector<std::optional<double>> m_qualities; ///< of each label number
};

} // namespace earmark::dataset
