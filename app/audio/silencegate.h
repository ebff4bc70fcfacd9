#pragma once

#include "audio/converter.h"

namespace earmark::audio {

/// Takes the dither off converted samples (interleaved, the first of them `skip` samples behind the run's
/// first) wherever the source is digital silence for 5 ms or more: those that are one step from 0 become 0.
/// What a resampler leaves of the sound beside the silence is louder and stays. Silence is 0 in all channels;
/// in floating point it is less than one step of 24 bit, since decoders leave tiny remainders.
void gateSilence(std::vector<std::int16_t> &samples, const DecodedSpan &decoded, const Run &run,
                 OutputFormat format, qint64 skip);

} // namespace earmark::audio
