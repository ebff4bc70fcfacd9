#pragma once

#include "workspace/workspace.h"

#include <span>

namespace earmark::verify {

/// Why a short clip is believed to be all the sound there is; the ledger keeps it as the clip's reason.
enum class ShortProof {
    None,     ///< an Earmark before 0.2 did not keep it
    Stated,   ///< the source states that it ends there
    Repeated, ///< two downloads ended at the same sample
};
/// A sentence; empty for None.
QString sentence(ShortProof proof);
/// Of a clip that is short, or that was and is made anew from its raw section.
ShortProof shortProof(const Clip &record);

/// The short clips that nothing proves.
std::vector<SegmentKey> unprovenShortClips(const workspace::Workspace &workspace);
/// Queues those of these clips again that are short, to be downloaded and proven anew; their files are kept
/// under their refused names. A clip whose files cannot be put aside stays as it is. Returns how many are
/// queued.
qsizetype doubtShortClips(workspace::Workspace &workspace, std::span<const SegmentKey> clips);

} // namespace earmark::verify
