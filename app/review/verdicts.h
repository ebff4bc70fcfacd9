#pragma once

#include "workspace/workspace.h"

#include <functional>
#include <span>

namespace earmark::review {

/// Changes judgements of clips, each call as one step of the journal, which undoJudgement() undoes. False
/// when nothing changes; clips that were never downloaded are left out.
bool giveVerdict(workspace::Workspace &workspace, std::span<const SegmentKey> clips, Verdict verdict);
/// Flags them all, or none when all are flagged.
bool toggleFlag(workspace::Workspace &workspace, std::span<const SegmentKey> clips);
bool setNote(workspace::Workspace &workspace, const SegmentKey &clip, const QString &note);
/// Doubts a label, a mid, or believes it again.
bool toggleDoubt(workspace::Workspace &workspace, const SegmentKey &clip, const QByteArray &label);
bool isDoubted(const Judgement &judgement, const QByteArray &label);

/// Describes a step for the user: "keep", "reject, 12 clips", "label marked as doubtful".
QString describe(const JudgementStep &step);

/// What to add so that a clip is as loud as others, decibels: up or down to -23 LUFS (EBU R 128), as far as
/// its peak stays below full scale; 0 when nothing is known of it or nothing is in it.
double gainToCommonLoudness(const Measures &measures);

} // namespace earmark::review
