#pragma once

#include "base/result.h"

namespace earmark {

/// What a folder for this user alone was before.
enum class FolderWas {
    New,     ///< made just now
    Private, ///< nobody else could write there: what it holds is the user's own
    Open,    ///< others could write there until now: what it holds is not to be trusted
};

/// Makes the folder at `path` for this user alone (mode 0700, whatever the umask), or takes the one that is
/// there and closes it to others. Missing folders above it are made as the umask says. Errors: Unwritable
/// when it cannot be made or closed, is a link, or belongs to another user.
Result<FolderWas> makePrivateFolder(const QString &path);

/// True for a folder of this user that nobody else can write to: what it holds may be run.
bool isClosedToOthers(const QString &path);

} // namespace earmark
