#pragma once

#include "audio/pcm.h"

#include <QByteArray>

namespace earmark::audio {

/// Writes a 16-bit WAV under a temporary name in the same folder, flushes it to the disk and renames it: it
/// appears whole or not at all. Gives the SHA-256 of its bytes (32 bytes). Errors: Unwritable (also: longer
/// than a WAV can be, 4 GB), DiskFull.
Result<QByteArray> writeWav(const QString &path, const Pcm &pcm);

} // namespace earmark::audio
