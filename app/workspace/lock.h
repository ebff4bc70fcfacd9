#pragma once

#include "base/result.h"
#include "workspace/layout.h"

#include <QLockFile>

#include <memory>

namespace earmark::workspace {

/// A workspace's lock, held.
struct Lock
{
    std::unique_ptr<QLockFile> file;
    /// Whose lock it was, when it was taken over from a program that no longer runs on another host or in a
    /// container: "earmark-cli (process 12 on node7)". Else empty.
    QString takenFrom;
};

/// Takes the lock of a workspace. QLockFile knows of processes of this host alone and believes every other
/// name for ever; but it also holds the kernel's own lock (flock) on its file, which goes with the process.
/// On a disk of this computer that one decides: a lock file that nobody holds is removed, whoever it names.
/// On network drives it proves nothing, and the error names the file to remove. Errors: Locked (the text says
/// by whom), Unwritable.
Result<Lock> takeLock(const Layout &layout);

} // namespace earmark::workspace
