#pragma once

#include "base/result.h"

namespace earmark::ytdlp {

/// Writes Earmark's yt-dlp plugin below the cache folder of this user, when it is not there as it should be,
/// and gives the folder for --plugin-dirs, which nobody else can write to (mode 0700); what others could
/// write until now is thrown away. When the cache folder cannot be used, in `elsewhere`, a folder of this
/// user alone. Errors: Unwritable, also when the folder belongs to another user; DiskFull.
Result<QString> preparePluginFolder(const QString &elsewhere);

} // namespace earmark::ytdlp
