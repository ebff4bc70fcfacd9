#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace earmark::test {

/// Runs the real ffmpeg; the empty text when it went well, else what it said. `output` gets its standard
/// output.
QByteArray ffmpeg(const QStringList &arguments, QByteArray *output = nullptr);

/// Writes samples, channels interleaved, as a plain 16-bit WAV: made here byte for byte, not by what is
/// tested.
bool writePlainWav(const QString &path, const std::vector<std::int16_t> &samples, int rate, int channels);

/// Writes eight seconds of noise (see soundmatch.h) as an M4A: AAC, mono, 44.1 kHz, 128 kbit/s unless the
/// options for ffmpeg say otherwise. Empty when it went well, else what went wrong.
QByteArray writeNoiseM4a(const QString &path, const QStringList &options = {}, std::uint32_t seed = 3);
/// The content of such a file; ends the program when there is none.
QByteArray noiseM4a(const QStringList &options = {});

/// Raw 16-bit samples of this machine's byte order; a byte too many is left out.
std::vector<std::int16_t> samplesOf(const QByteArray &bytes);

/// Cuts from..to (seconds) out of a source as yt-dlp lets ffmpeg do it: packets copied, on the video's clock.
QByteArray cutSection(const QString &source, double from, double to, const QString &target,
                      const QStringList &outputOptions = {});

/// A whole file decoded by ffmpeg, mixed to one channel; empty when that fails.
std::vector<std::int16_t> decodeWhole(const QString &path, int rate);

} // namespace earmark::test
