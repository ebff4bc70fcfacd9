#pragma once

#include "cli/messages.h"
#include "clips/clip.h"
#include "clips/clipcounts.h"

namespace earmark::cli {

/// The object of fetch, demo and status.
nlohmann::ordered_json countsJson(const QString &workspace, const ClipCounts &counts);
/// The same for people: "60 clips in …: 57 ready, 1 short, 2 failed (2 permanent)".
QString countsText(const QString &workspace, const ClipCounts &counts);

} // namespace earmark::cli
