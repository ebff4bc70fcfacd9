#pragma once

#include <QString>

namespace earmark::ytdlp {

/// Removes all that is in the folder, which itself stays: a process stands in it.
void emptyFolder(const QString &path);
/// Removes the folder with all that is in it; does nothing when there is none, or no path.
void removeFolder(const QString &path);

} // namespace earmark::ytdlp
