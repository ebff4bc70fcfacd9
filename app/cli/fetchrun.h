#pragma once

#include "cli/commands.h"
#include "download/queue.h"

namespace earmark::cli {

/// How a run of the queue ended.
struct FetchResult
{
    Exit exit = Done;
    QString reason; ///< why it stopped by itself; empty when it came to its end
};

/// Takes the workspace and runs its queue with what is wanted, until all is done, it stops by itself, or the
/// person interrupts. With `waits` it does not stop for a site that refuses. Shows progress on standard
/// error. Prints nothing on standard output.
Result<std::unique_ptr<workspace::Workspace>> openWorkspace(const QString &folder, int sampleRate,
                                                            int channels);
FetchResult runQueue(workspace::Workspace &workspace, const download::QueueOptions &options,
                     bool waits = false);

} // namespace earmark::cli
