#pragma once

#include "audio/pcm.h"
#include "clips/measures.h"

#include <stop_token>

namespace earmark::audio {

/// Measures a sound; without a frame, or when stopped, nothing is known.
///
/// - Loudness is libebur128's integrated one (EBU R 128, ITU-R BS.1770), a mono sound as one channel; Silence
///   when all of it is below the gate of -70 LUFS, unknown when it is shorter than the 400 ms of a block.
/// - True peak is libebur128's: four times the samples below 96 kHz, twice below 192 kHz.
/// - Silence is counted in blocks of 20 ms below -60 dBFS (RMS): what a quiet room has, not digital silence
///   alone.
/// - Clipped are samples at full scale with their neighbours: three or more on end in one channel. One or two
///   are the tops of a sound that was made as loud as possible; a wave does not stay there for longer unless
///   it was cut off (that of 25 Hz and below does). -32767 counts: much software clips to it.
/// - Bandwidth: the highest frequency with something in it for more than a moment, in any channel, see
///   measure.cpp.
Measures measure(const Pcm &pcm, const std::stop_token &stop = {});

} // namespace earmark::audio
