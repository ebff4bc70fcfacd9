#pragma once

#include "base/result.h"

#include <optional>
#include <vector>

namespace earmark::audio {

/// One decoded block of sound, and where its file says that it lies.
struct Block
{
    std::optional<double> time; ///< seconds on the video's clock; nothing when the container does not say
    qint64 samples = 0;         ///< per channel
};

/// What is wanted of the clock, in seconds; end > start.
struct Span
{
    double start = 0;
    double end = 0;
};

/// What is known of a file whose blocks' times are looked at.
struct SectionFacts
{
    /// Seconds; where the first packet of the sound lies when the video begins at 0: before 0 by the codec's
    /// delay.
    double origin = 0;
    /// Seconds that each time is too early by, when the source's clock ticks in milliseconds: the part of the
    /// codec's delay that is no whole tick and so was not taken off as stated. -0.0005 to 0.0005.
    double lost = 0;
    /// The source is known to be of that kind (Matroska, WebM).
    bool inMilliseconds = false;
    /// The source was read from its first byte on: where the file's sound begins, the source's does.
    bool isFromBeginning = false;
};

/// Neighbouring blocks without a gap between them, which hold the start of a span.
struct Run
{
    std::size_t first = 0; ///< index of the first block
    std::size_t last = 0;  ///< index behind the last block
    double start = 0;      ///< seconds on the clock, of the first block's first sample
    double end = 0;        ///< seconds on the clock, behind the last block's last sample
};

/// A container's clock may tick as coarsely as a millisecond, so one block's time says too little. This
/// counts the samples instead and finds the place where the count began from what all blocks say and `facts`
/// tell. Times that stray by some packets for less than half a second and come back are wrong, since a gap
/// never comes back: libavformat's HLS reader has such at its start. `rate` is the samples' (Hz); `name` is
/// what the error texts call the file. Errors: BadMedia when nothing lies in the span; when the sound begins
/// after the span does, unless the source's own sound begins there; when it has a gap in the span. A run that
/// ends before the span does is no error: there the sound itself ends.
Result<Run> findRun(const std::vector<Block> &blocks, int rate, const SectionFacts &facts, Span span,
                    const QString &name);

} // namespace earmark::audio
