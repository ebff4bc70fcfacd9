#pragma once

#include "base/progress.h"
#include "base/result.h"

#include <QFile>

#include <limits>
#include <stop_token>
#include <string_view>
#include <vector>

namespace earmark {

/// The lines of a text file, as many at a time as fit into little memory. A file that shrinks or vanishes
/// meanwhile ends the reading, nothing worse (it could crash the program if it were mapped). Takes a
/// byte-order mark off.
class LineBlocks final
{
public:
#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
    static constexpr std::size_t LongestLine = 64 * 1024;
#else
    static constexpr std::size_t LongestLine = 200;
#endif

    /// Reads the lines that begin in the bytes from `begin` to `end`. `progress` gets where in the file the
    /// reading is.
    LineBlocks(const QString &path, std::stop_token stop, ReadProgress progress = {}, qint64 begin = 0,
               qint64 end = std::numeric_limits<qint64>::max());

    /// Goes to the next block; false at the end, or when outcome() is an error.
    bool next();
    /// Whole lines, each with its end, at least one; good until next(). The file's last line may be without,
    /// and so is one that is longer than LongestLine, of which only so much is here that this shows.
    std::string_view text() const
    {
        return m_text;
    }
    /// Whether the reading is to stop; outcome() is Cancelled then. For long work between two lines.
    bool isCancelled();
    /// Errors: NotFound, Unreadable, Cancelled.
    const Result<void> &outcome() const
    {
        return m_outcome;
    }

private:
    void setUnreadable();

    QFile m_file;
    std::stop_token m_stop;
    ReadProgress m_progress;
    qint64 m_end;
    bool m_isSkipping; ///< within a line that is too long, or that begins before the first byte
    qint64 m_at;       ///< where the buffer's front is in the file
    bool m_isLast = false;
    std::vector<char> m_buffer;
    std::string_view m_text;
    std::string_view m_rest; ///< the beginning of the next line
    Result<void> m_outcome;
};

} // namespace earmark
