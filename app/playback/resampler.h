#pragma once

#include "audio/libav.h"
#include "playback/stretcher.h"

namespace earmark::playback {

/// Brings a sound to a rate and a number of channels that an output takes, as it streams by (libswresample).
/// What comes out at n is what went in at n * fromRate / toRate.
class Resampler final
{
public:
    struct Format
    {
        int sampleRate = 0; ///< Hz
        int channels = 0;

        bool operator==(const Format &) const = default;
    };

    Resampler(Format from, Format to);
    /// False: there is no way from the one to the other. Nothing may be read then.
    bool isValid() const { return m_swr != nullptr; }

    void read(std::int16_t *samples, std::int64_t frames, const Pull &pull);

private:
    audio::SwrPtr m_swr;
    std::size_t m_channels; ///< of what comes out
    std::vector<std::int16_t> m_in;
};

} // namespace earmark::playback
