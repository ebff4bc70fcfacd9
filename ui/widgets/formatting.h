#pragma once

#include "clips/clip.h"

#include <QString>

#include <optional>

namespace earmark::download {
struct WaitingClip;
}
namespace earmark::net {
struct FetchProgress;
}

namespace earmark::ui {

/// One of two whole sentences by a number: `one` as it is, or `several` with the number as its %1. What else
/// they have counts from %2.
QString plural(qint64 count, const QString &one, const QString &several);
/// With a capital first letter.
QString capitalized(const QString &text);
/// "1 clip", "2,469 clips".
QString clipsText(qint64 count);
/// "1 segment", "22,160 segments".
QString segmentsText(qint64 count);
/// "2,469 matches", "— matches" when the number is unknown: the filter has an error.
QString matchesText(std::optional<qint64> count);
/// A state as the window names it everywhere: "Not downloaded", "Ready". Queries have keyword().
QString stateText(ClipState state);
/// A verdict as the window names it everywhere: "Kept", "Rejected", "Undecided".
QString verdictText(Verdict verdict);
/// Why clips of this class failed, in a word or two: "unavailable", "local problem".
QString failureText(FailureClass failure);
/// A level in decibels: "−23.4".
QString levelText(double decibels);
/// "−23.4 LUFS"; "silent" below what the measure hears.
QString loudnessText(const Measures &measures);
/// When a clip is tried again: "Retry in 0:18, try 2 of 3"; "Queued, try 2 of 3" when its time has come.
QString retryText(const download::WaitingClip &clip);
/// What proves that the video of a short clip ends where the clip does, a sentence; when the ledger has no
/// proof, how to get one.
QString proofText(const Clip &clip);
/// The time remaining: "less than a minute left", "about 3 min left", "about 5 h left", "more than a day
/// left, until Tue 14:10".
QString etaText(qint64 milliseconds);
/// How far a file is on its way: "45 % · 1.2 MB/s · about 3 min left".
QString progressText(const net::FetchProgress &progress);
/// Breaks a paragraph between words into lines of at most 72 characters; a longer word stays whole.
QString wrapped(const QString &paragraph);

} // namespace earmark::ui
