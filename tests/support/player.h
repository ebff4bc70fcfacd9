#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace earmark::test {

/// The version of mpv, the player that cuts are judged by: "0.35.1"; nothing when it is not installed.
QString playerVersion();

/// What mpv plays from that second of a file on (a path or an address), for so many seconds: one channel of
/// 16 bit at `rate` Hz, which should be the file's own, so that nothing is resampled. Nothing when mpv fails.
std::vector<std::int16_t> playedAt(const QString &file, int rate, double start, double seconds,
                                   const QStringList &options = {});

} // namespace earmark::test
