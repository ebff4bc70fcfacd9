#pragma once

#include "workspace/workspace.h"

#include <functional>
#include <span>

namespace earmark::review {

/// What is said of clips, each kind as one step of the journal, which undoJudgement() takes back. False when
/// nothing changes by it; clips that nobody has downloaded are left out.
bool giveVerdict(workspace::Workspace &workspace, std::span<const SegmentKey> clips, Verdict verdict);
/// Flags them all, or none when all are flagged.
bool toggleFlag(workspace::Workspace &workspace, std::span<const SegmentKey> clips);
bool setNote(workspace::Workspace &workspace, const SegmentKey &clip, const QString &note);
/// Doubts a label, a mid, or believes it again.
bool toggleDoubt(workspace::Workspace &workspace, const SegmentKey &clip, const QByteArray &label);
bool isDoubted(const Judgement &judgement, const QByteArray &label);

/// What a step did, for people: "keep", "reject, 12 clips", "a label doubted".
QString describe(const JudgementStep &step);

/// What to add so that a clip is as loud as others, decibels: up or down to -23 LUFS (EBU R 128), as far as
/// its peak stays below full scale; 0 when nothing is known of it or nothing is in it.
double gainToCommonLoudness(const Measures &measures);

} // namespace earmark::review
