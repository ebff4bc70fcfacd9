#pragma once

#include "base/progress.h"
#include "base/result.h"

#include <QFile>

#include <stop_token>
#include <string_view>
#include <vector>

namespace earmark {

/// The lines of a text file, one after the other, in little memory. A file that shrinks or vanishes meanwhile
/// ends the reading, nothing worse. Takes a byte-order mark off, and "\r\n" like "\n".
class LineSource final
{
public:
#ifndef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
    static constexpr std::size_t LongestLine = 64 * 1024;
#else
    static constexpr std::size_t LongestLine = 200;
#endif

    LineSource(const QString &path, std::stop_token stop, ReadProgress progress = {});

    /// Goes to the next line; false at the end, or when outcome() is an error.
    bool next();
    /// Without its line end; good until next().
    std::string_view line() const
    {
        return m_line;
    }
    /// From 1.
    qint64 number() const
    {
        return m_number;
    }
    /// It is longer than LongestLine; line() is empty then.
    bool isTooLong() const
    {
        return m_isTooLong;
    }
    /// Whether the reading is to stop; outcome() is Cancelled then. For long work between two lines.
    bool isCancelled();
    /// Errors: NotFound, Unreadable, Cancelled.
    const Result<void> &outcome() const
    {
        return m_outcome;
    }

private:
    bool fill();

    QFile m_file;
    std::stop_token m_stop;
    ReadProgress m_progress;
    std::vector<char> m_buffer;
    std::string_view m_text; ///< what is in the buffer and not handed out yet
    std::string_view m_line;
    qint64 m_number = 0;
    bool m_isTooLong = false;
    bool m_atEnd = false;
    Result<void> m_outcome;
};

} // namespace earmark
