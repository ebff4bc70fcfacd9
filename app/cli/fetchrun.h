#pragma once

#include "cli/messages.h"
#include "download/queue.h"

namespace earmark::cli {

/// How a run of the queue ended.
struct FetchResult
{
    Exit exit = Done;
    QString reason; ///< why it stopped early; empty when it finished

    /// Prints the reason, and unless the user stopped the run adds it to `json` as an error.
    void report(nlohmann::ordered_json &json) const;
};

/// Opens the workspace for writing. Prints its notice, if it has one.
Result<std::unique_ptr<workspace::Workspace>> openWorkspace(const QString &folder, int sampleRate,
                                                            int channels);
/// Runs the workspace's queue until it is finished, pauses, or the user interrupts. With `waits` it continues
/// after rate limits. Shows progress on standard error; prints nothing to standard output.
FetchResult runQueue(workspace::Workspace &workspace, const download::QueueOptions &options,
                     bool waits = false);

} // namespace earmark::cli
