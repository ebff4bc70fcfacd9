#pragma once

#include "base/progress.h"
#include "workspace/workspace.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace earmark::verify {

enum class Depth {
    Shallow, ///< names, lengths and headers
    Deep,    ///< all bytes: every sample can be read, and the SHA-256 is the ledger's
};

/// A file that is not as the ledger has it.
struct Finding
{
    enum class Kind {
        Clip,     ///< of a clip that the ledger says is finished, or was, and then missing or damaged
        Stranger, ///< in the folder of the clips, but of no clip that the ledger knows
        Leftover, ///< half a file under one of Earmark's own temporary names (isPartName())
    };
    Kind kind = Kind::Clip;
    QString file;                         ///< relative to the workspace
    QString reason;                       ///< half a sentence for the user: "is missing"
    std::optional<SegmentKey> key = {};   ///< of a Clip
    ClipState state = ClipState::Missing; ///< of a Clip, what it is by that: Missing or Damaged
};

struct Report
{
    qint64 checked = 0;     ///< clips that the ledger says are finished, or were
    qint64 damagedRows = 0; ///< of the ledger, which cannot be read; their clips are not checked
    std::vector<Finding> bad;
    std::vector<SegmentKey> found; ///< missing or damaged for the ledger, and what it knows again
    bool isNews = false;           ///< clips are in other states than the ledger says
};

/// How far a check has got; read it from any thread.
using Progress = TaskProgress;

/// Looks at every finished clip's file and at what else lies in the folder. Writes nothing, and works beside
/// a program that works there: what is found amiss is looked at again with what the ledger says by then.
/// Blocks; reads on as many threads as there are cores. Errors: as LedgerReader::open(); Unreadable;
/// Cancelled.
Result<Report> check(const QString &folder, Depth depth, Progress &progress, const std::stop_token &stop);

/// The clips that are missing or damaged, for Workspace::markLost(); Report::found is for markFound().
std::vector<LostClip> lostClips(const Report &report);

/// What came of one finding.
struct Repaired
{
    bool isRepaired = false;
    QString what; ///< half a sentence: what was done, or why nothing was
};

/// Puts a bad file aside under its refused name, beside what was put aside before, and queues the clip again;
/// removes a leftover; leaves strangers alone. The ledger must be flushed afterwards. In this order, so that
/// a program that is killed in between leaves a clip whose file is missing, which the next check tells, and
/// never a bad file that could be taken for a good one.
Repaired repair(workspace::Workspace &workspace, const Finding &finding);

} // namespace earmark::verify
