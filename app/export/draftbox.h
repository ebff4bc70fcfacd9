#pragma once

#include "base/descriptor.h"
#include "base/result.h"

#include <QStringList>

namespace earmark::exports::draftbox {

// The private folder in which an export that is a folder is made, beside it. In it lie "mark", a file that is
// locked as long as the program is at work, and of these:
/// what is being filled; Earmark's alone
inline constexpr QLatin1StringView Part("/part");
/// what is finished and on its way to its name; or the former export, which has changed places with it
inline constexpr QLatin1StringView New("/new");
/// the former export, on file systems that cannot exchange two folders
inline constexpr QLatin1StringView Old("/old");

struct Box
{
    QString path;
    Descriptor lock; ///< of the mark; keep it open while at work
};

/// Makes one for the export `target`. Errors: DiskFull, Unwritable.
Result<Box> make(const QString &target);

/// Removes a box but for a former export that still has something of the user's in it.
void clear(const QString &box);

/// Puts right what exports to `target` left behind that were broken off: a former export goes back to its
/// name when nothing is there, else what is the user's in it is moved to where it belongs; the rest goes.
/// Boxes of programs that run, of other users, and what only has such a name are left alone. Gives what was
/// moved, as carryOver() does. Errors: Unwritable.
Result<QStringList> recover(const QString &target);

} // namespace earmark::exports::draftbox
