#pragma once

#include "base/result.h"

namespace earmark::ytdlp {

/// Writes Earmark's yt-dlp plugin below the cache folder of this person, when it is not there as it should
/// be, and gives the folder for --plugin-dirs. Errors: Unwritable, DiskFull.
Result<QString> preparePluginFolder();

} // namespace earmark::ytdlp
