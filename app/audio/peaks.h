#pragma once

#include "audio/pcm.h"

#include <vector>

namespace earmark::audio {

/// The lowest and highest sample of one column of a waveform, -1 to 1; never an average, so that a click is
/// seen.
struct Peak
{
    float low = 0;
    float high = 0;
};

/// `columns` peaks over the whole sound, all channels together; empty for no sound or no columns.
std::vector<Peak> peaks(const Pcm &pcm, int columns);

} // namespace earmark::audio
