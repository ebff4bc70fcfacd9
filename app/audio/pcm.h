#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
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

/// Reads a WAV into memory, or no more of it than its first `mostSeconds` (1 or more): three hours would be a
/// gigabyte. 16, 24 or 32 bit or floating-point, any rate; more channels than two are mixed to one, the mean
/// of them. Errors: NotFound, Unreadable, BadMedia; the text names the file.
Result<Pcm> readWav(const QString &path, std::optional<int> mostSeconds = {});

/// What a WAV's header says, without reading its samples.
struct WavInfo
{
    qint64 frames = 0;
    int sampleRate = 0; ///< Hz
    int channels = 0;   ///< as they are in the file
    qint64 missing = 0; ///< bytes that the header promises and the file does not have; 0 when it is whole

    double duration() const { return static_cast<double>(frames) / sampleRate; }
};
Result<WavInfo> readWavInfo(const QString &path);

} // namespace earmark::audio
