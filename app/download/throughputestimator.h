#pragma once

#include "download/clock.h"

#include <QtGlobal>

#include <deque>

namespace earmark::download {

/// Measures how fast clips are finished.
class ThroughputEstimator final
{
public:
    void begin(Moment now);
    void clipFinished(Moment now);
    /// The time for so many clips at the tempo of the last ones; negative while too few are done to tell.
    Moment remaining(qint64 clips, Moment now) const;

private:
    static constexpr std::size_t Window = 100;
    Moment m_begun{};
    std::deque<Moment> m_finished; ///< at most Window of them
};

} // namespace earmark::download
