#pragma once

#include "base/lineblocks.h"

namespace earmark {

/// The lines of a text file, one after the other, as LineBlocks reads them. Takes "\r\n" like "\n".
class LineSource final
{
public:
    static constexpr std::size_t LongestLine = LineBlocks::LongestLine;

    LineSource(const QString &path, std::stop_token stop, ReadProgress progress = {})
        : m_blocks(path, std::move(stop), std::move(progress))
    {
    }

    /// Goes to the next line; false at the end, or when outcome() is an error.
    bool next();
    /// Without its line end; good until next().
    std::string_view line() const { return m_line; }
    /// From 1.
    qint64 number() const { return m_number; }
    /// It is longer than LongestLine; line() is empty then.
    bool isTooLong() const { return m_isTooLong; }
    /// As those of LineBlocks.
    bool isCancelled() { return m_blocks.isCancelled(); }
    const Result<void> &outcome() const { return m_blocks.outcome(); }

private:
    LineBlocks m_blocks;
    std::string_view m_text; ///< of the block, what is not handed out yet
    std::string_view m_line;
    qint64 m_number = 0;
    bool m_isTooLong = false;
};

} // namespace earmark
