#pragma once

#include <QElapsedTimer>

#include <deque>

namespace earmark::download {

/// Measures how fast clips are finished, for an honest "done in".
class Pace final
{
public:
    void begin();
    void clipFinished();
    /// Milliseconds for so many clips at the pace of the last ones; -1 while too few are done to tell.
    qint64 remainingMs(qint64 clips) const;

private:
    static constexpr std::size_t Window = 100;
    QElapsedTimer m_clock;
    std::deque<qint64> m_finished; ///< milliseconds on m_clock, at most Window of them
};

} // namespace earmark::download
