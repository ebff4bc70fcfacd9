#pragma once

#include "audio/libav.h"
#include "audio/timeline.h"

#include <stop_token>

namespace earmark::audio {

/// A piece of a file, decoded: the blocks as the codec gave them, and where they lie.
struct DecodedSpan
{
    std::vector<FramePtr> frames; ///< as many as blocks; all of one rate, sample format and channel layout
    std::vector<Block> blocks; ///< samples are those that count: an encoder's padding at the end is left out
    int sampleRate = 0;        ///< Hz
    SectionFacts facts;        ///< as far as the file tells
};

/// Decodes the first sound of a file around a span of its clock: every block that touches it, and some on
/// each side for a resampler to lean on. The times are those of the packets: nothing is skipped at a codec's
/// start, so the samples before the clock's zero have negative times. Errors: NotFound, Unreadable, BadMedia
/// (no media, no sound, an unknown codec), Internal, Cancelled.
Result<DecodedSpan> decodeSpan(const QString &path, Span span, std::stop_token stop);

} // namespace earmark::audio
