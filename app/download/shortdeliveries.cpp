#include "download/shortdeliveries.h"

#include <algorithm>

namespace earmark::download {

namespace {

/// YouTube states whole seconds, and sound often ends a little before the picture.
constexpr double StatedWithin = 1.5;
/// A source that ends with the segment may be some packets of sound short of it.
constexpr double EndWithin = 0.1;

} // namespace

ShortDeliveries::Verdict ShortDeliveries::delivered(const SegmentKey &clip, qint64 samples, int sampleRate,
                                                    int tries)
{
    Clip &known = m_clips[clip];
    const std::pair delivery(samples, sampleRate);
    const bool isRepeated = std::ranges::find(known.ends, delivery) != known.ends.end();
    known.ends.push_back(delivery);
    const double end = clip.startMs / 1000.0 + static_cast<double>(samples) / sampleRate;
    const bool statesMore = known.seconds > end + StatedWithin;
    if (known.seconds > 0 && !statesMore && known.seconds <= clip.endMs / 1000.0 + EndWithin)
        return Verdict::Stated;
    if (isRepeated && !statesMore)
        return Verdict::Repeated;
    return std::ssize(known.ends) < tries ? Verdict::Open : Verdict::Refuted;
}

} // namespace earmark::download
