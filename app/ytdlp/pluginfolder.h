#pragma once

#include "base/result.h"

namespace earmark::ytdlp {

/// Writes Earmark's yt-dlp plugin below the cache folder of this user, when it is missing or not as it should
/// be, and returns the folder for --plugin-dirs, which no other user can write to (mode 0700); what others
/// could write until now is discarded. When the cache folder cannot be used, in `elsewhere`, a folder of this
/// user alone. Errors: Unwritable, also when the folder belongs to another user; DiskFull.
Result<QString> preparePluginFolder(const QString &elsewhere);

} // namespace earmark::ytdlp
