#pragma once

#include "clips/segmentkey.h"

#include <QString>

#include <stop_token>
#include <vector>

namespace earmark::exports {

/// The segments whose clips lie in a folder, by key. All at once: to ask for each of two million files takes
/// three times as long, on a network drive hours. Empty when the folder is not there; incomplete when it is
/// stopped. Call it off the window's thread.
std::vector<SegmentKey> clipsIn(const QString &folder, const std::stop_token &stop);

} // namespace earmark::exports
