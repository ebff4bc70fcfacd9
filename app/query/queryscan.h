#pragma once

#include "query/block.h"
#include "query/compiledquery.h"
#include "segments/segmenttable.h"

#include <vector>

namespace earmark::query {

/// Finds the rows of a table that fit a term. What the term says of labels is judged once per distinct label
/// set; a row then costs one look-up.
class QueryScan final
{
public:
    QueryScan(const segments::SegmentTable &table, CompiledQuery term);

    /// Replaces `rows` by the rows that fit, ascending.
    void run(std::vector<segments::Row> &rows) const;

private:
    /// The largest parts of a term that speak only of labels; numbers the labels they name.
    void gather(CompiledQuery &term, std::vector<CompiledQuery *> &parts);
    void number(CompiledQuery &term);
    /// Answers what is asked of labels, once for each label set, so that the term can be asked of rows.
    void judgeSets();
    /// Whether the label set of each row from `first` fits a judged term.
    auto fitsOfRows(const CompiledQuery &term, std::size_t first) const
    {
        return [sets = m_table.sets().data() + first, fits = term.fits.data()](std::size_t i) {
            return fits[sets[i]];
        };
    }

    /// Takes out of `block` which of `count` rows from `first` do not fit; of label sets, when the term
    /// speaks only of labels and is not judged yet.
    void narrow(const CompiledQuery &term, std::size_t first, std::size_t count, Block &block) const;
    /// Keeps those whose measure fits. `keep`: takes what says so of each.
    void keepMeasures(const CompiledQuery &term, std::size_t first, const auto &keep) const;

    const segments::SegmentTable &m_table;
    CompiledQuery m_term;
    std::size_t m_places = 0;                       ///< Labels in the query
    std::vector<std::vector<std::uint64_t>> m_bits; ///< by 64 of them, by label: which of them it fits
    std::vector<std::array<std::uint64_t, BlockSize>> m_held; ///< the same of each label set of a block
};

} // namespace earmark::query
