#pragma once

#include "workspace/workspace.h"

#include <map>

namespace earmark::review {

/// What a manifest says that listeners said, held against what is known here. What a person has said here, if
/// only to take it back again, is never overwritten.
struct JudgementImport
{
    std::vector<std::pair<SegmentKey, Judgement>> fresh; ///< of clips of which nothing was ever said here
    qint64 differing = 0;                                ///< clips of which something else is said here
    qint64 waiting = 0;                                  ///< clips that were never queued here
};
/// To be called on any thread with copies of a workspace's clips and journal.
JudgementImport judgementImport(const std::map<SegmentKey, Judgement> &said, const ClipStore &clips,
                                const Journal &journal);

/// Puts down what is fresh, as one step of the journal: but for clips that were judged in between.
void apply(workspace::Workspace &workspace, const JudgementImport &judgementImport);

/// One sentence for people, with what to do; `manifest` is its name. Empty when there is nothing to say.
QString describe(const JudgementImport &judgementImport, const QString &manifest);

} // namespace earmark::review
