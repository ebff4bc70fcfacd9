#pragma once

#include "dataset/block.h"
#include "dataset/segmenttable.h"
#include "dataset/term.h"

#include <vector>

namespace earmark::dataset {

/// Finds the rows of a table that fit a term. What the term says of labels is judged once per distinct label
/// set; a row then costs one look-up.
class RowSearch final
{
public:
    RowSearch(const SegmentTable &table, Term term);

    /// Replaces `rows` by the rows that fit, ascending.
    void run(std::vector<Row> &rows) const;

private:
    /// The largest parts of a term that speak only of labels; numbers the labels they name.
    void gather(Term &term, std::vector<Term *> &parts);
    void number(Term &term);
    /// Answers what is asked of labels, once for each label set, so that the term can be asked of rows.
    void judgeSets();
    /// Whether the label set of each row from `first` fits a judged term.
    auto fitsOfRows(const Term &term, std::size_t first) const
    {
        return [sets = m_table.sets().data() + first, fits = term.fits.data()](std::size_t i) {
            return fits[sets[i]];
        };
    }

    /// Takes out of `block` which of `count` rows from `first` do not fit; of label sets, when the term
    /// speaks only of labels and is not judged yet.
    void narrow(const Term &term, std::size_t first, std::size_t count, Block &block) const;
    /// Keeps those whose measure fits. `keep`: takes what says so of each.
    void keepMeasures(const Term &term, std::size_t first, const auto &keep) const;

    const SegmentTable &m_table;
    Term m_term;
    std::size_t m_places = 0;                       ///< Labels in the query
    std::vector<std::vector<std::uint64_t>> m_bits; ///< by 64 of them, by label: which of them it fits
    std::vector<std::array<std::uint64_t, BlockSize>> m_held; ///< the same of each label set of a block
};

} // namespace earmark::dataset
