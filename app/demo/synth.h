#pragma once

#include "clips/segmentkey.h"

#include <span>

namespace earmark::demo {

/// The sound of an imaginary video: ten minutes, 44.1 kHz, mono, different for every id and in every second,
/// so that a wrong id, a wrong second or a shift by one sample can be heard and measured. Any stretch can be
/// rendered alone.
class Synth final
{
public:
    static constexpr int SampleRate = 44100;
    static constexpr qint64 Frames = 600LL * SampleRate;

    explicit Synth(const YtId &ytid);
    /// Samples firstFrame, firstFrame + 1, … of the sound; silence before 0 and from Frames on.
    void render(qint64 firstFrame, std::span<std::int16_t> samples) const;

private:
    std::uint64_t m_seed;
};

} // namespace earmark::demo
