#pragma once

#include "dataset/labelmap.h"
#include "dataset/query.h"
#include "dataset/segmenttable.h"

#include <vector>

namespace earmark::dataset {

/// Finds the rows of a table that a query asks for. Labels are judged once per distinct label set.
class Filter final
{
public:
    /// Both must outlive the filter.
    Filter(const SegmentTable &table, const LabelMap &labels);

    /// Replaces `rows` by the rows that fit, ascending. Keeps its capacity, so hand in the same vector again.
    void run(const Query &query, std::vector<Row> &rows) const;

private:
    const SegmentTable &m_table;
    std::vector<QString> m_names; ///< of each label number, folded for comparing
};

} // namespace earmark::dataset
