#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace earmark::audio {

/// Decoded sound in memory: 16-bit samples, channels interleaved.
struct Pcm
{
    std::vector<std::int16_t> samples;
    int sampleRate = 0; ///< Hz
    int channels = 0;

    qint64 frames() const { return channels > 0 ? static_cast<qint64>(samples.size()) / channels : 0; }
    double duration() const { return sampleRate > 0 ? static_cast<double>(frames()) / sampleRate : 0.0; }
};

/// Reads a WAV into memory. Errors: NotFound, Unreadable, BadMedia; the text names the file.
Result<Pcm> readWav(const QString &path);

/// What a WAV's header says, without reading its samples.
struct WavInfo
{
    qint64 frames = 0;
    int sampleRate = 0; ///< Hz
    int channels = 0;
    qint64 missing = 0; ///< bytes that the header promises and the file does not have; 0 when it is whole
};
Result<WavInfo> readWavInfo(const QString &path);

} // namespace earmark::audio
