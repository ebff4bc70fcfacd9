#pragma once

#include "segments/segmenttable.h"

#include <bit>
#include <vector>

namespace earmark::ui {

/// A set of rows of a split, a bit each: two million are a quarter of a megabyte, copied in microseconds.
class RowSet final
{
public:
    explicit RowSet(segments::Row rows = 0)
        : m_words((rows + 63) / 64)
    {
    }

    bool holds(segments::Row row) const { return (m_words[row / 64] & bit(row)) != 0; }
    void insert(segments::Row row) { m_words[row / 64] |= bit(row); }
    void remove(segments::Row row) { m_words[row / 64] &= ~bit(row); }
    void toggle(segments::Row row) { m_words[row / 64] ^= bit(row); }
    void clear() { m_words.assign(m_words.size(), 0); }

    std::size_t size() const
    {
        std::size_t size = 0;
        for (const Word word : m_words)
            size += static_cast<std::size_t>(std::popcount(word));
        return size;
    }
    /// Calls `visit` for each row, ascending.
    template <class Visit>
    void forEach(Visit visit) const
    {
        for (std::size_t at = 0; at < m_words.size(); ++at) {
            for (Word word = m_words[at]; word != 0; word &= word - 1)
                visit(static_cast<segments::Row>(at * 64 + static_cast<std::size_t>(std::countr_zero(word))));
        }
    }

private:
    using Word = std::uint64_t;
    static Word bit(segments::Row row) { return Word{1} << (row % 64); }

    std::vector<Word> m_words;
};

} // namespace earmark::ui
