#pragma once

#include <QByteArray>

#include <optional>

namespace earmark {

/// Gathers the pieces in which a process prints into whole lines. A line longer than the limit is cut
/// there and its rest dropped, so that a program that prints no line end cannot fill the memory.
class LineBuffer final
{
public:
    explicit LineBuffer(qsizetype longestLine = 64 * 1024)
        : m_longest(longestLine)
    {
    }
    void append(const QByteArray &bytes);
    /// The next whole line, without its line end ("\n", "\r\n"); nothing when there is none yet.
    std::optional<QByteArray> takeLine();
    /// What came after the last line end; empties the buffer.
    QByteArray takeRest();

private:
    QByteArray m_bytes;
    qsizetype m_longest;
    bool m_skipping = false; ///< the rest of a line that was too long is on its way
};

} // namespace earmark
