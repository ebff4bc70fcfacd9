#pragma once

#include "cli/messages.h"
#include "download/queue.h"

namespace earmark::cli {

/// How a run of the queue ended.
struct FetchResult
{
    Exit exit = Done;
    QString reason; ///< why it stopped before its end; empty when it came to its end

    /// Says why; an error, unless the user stopped it, is put into `json`, too.
    void tell(nlohmann::ordered_json &json) const;
};

/// Takes the workspace. Says what is unusual about it.
Result<std::unique_ptr<workspace::Workspace>> openWorkspace(const QString &folder, int sampleRate,
                                                            int channels);
/// Runs the workspace's queue with what is wanted, until all is done, it stops by itself, or the user
/// interrupts. With `waits` it does not stop for a site that refuses. Shows progress on standard error.
/// Prints nothing on standard output.
FetchResult runQueue(workspace::Workspace &workspace, const download::QueueOptions &options,
                     bool waits = false);

} // namespace earmark::cli
