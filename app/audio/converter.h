#pragma once

#include "audio/decoder.h"

#include <cstdint>

namespace earmark::audio {

/// What a clip is made into.
struct OutputFormat
{
    int sampleRate = 44100; ///< Hz
    int channels = 1;       ///< 1 (all mixed, the mean of two) or 2
};

/// Mixes, resamples (soxr) and dithers (triangular) a run of decoded blocks to interleaved 16 bit: of the
/// output's samples, counted from the run's first, those from `skip` on, `frames` at most. Sound that needs
/// none of this, 16 bit at the same rate with the same channels, comes through bit for bit; where the source
/// is digital silence for 5 ms or more, so is the output, without dither. One channel becomes two equal ones
/// at its own level. Errors: BadMedia (a format that cannot be converted), Cancelled.
Result<std::vector<std::int16_t>> convert(const DecodedSpan &decoded, const Run &run, OutputFormat format,
                                          qint64 skip, qint64 frames, std::stop_token stop);

} // namespace earmark::audio
