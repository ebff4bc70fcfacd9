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

/// "1 clip", "2,469 clips".
QString clipsText(qint64 count);
/// "1 segment", "22,160 segments".
QString segmentsText(qint64 count);
/// "2,469 found", "— found" when the number is unknown: the filter has an error.
QString foundText(std::optional<qint64> count);
/// For a narrow column: "9,999", "22.2k", "118k", "1.31M"; never wider than "88.8k" or "8.88M".
QString shortCountText(qint64 count);
/// Why clips of this class failed, in a word or two: "gone", "network".
QString failureText(FailureClass failure);
/// A level in decibels: "−23.4".
QString levelText(double decibels);
/// "−23.4 LUFS"; "silent" below what the measure hears.
QString loudnessText(const Measures &measures);
/// When a clip is tried again: "retry in 0:18, try 2 of 3"; "queued, try 2 of 3" when its time has come.
QString retryText(const download::WaitingClip &clip);
/// What proves that the video of a short clip ends where the clip does, a sentence; when the ledger has no
/// proof, how to get one.
QString proofText(const Clip &clip);
/// How long it will take, as one says it: "less than a minute", "about 3 min", "about 5 h", "more than a day,
/// Tue 14:10".
QString etaText(qint64 milliseconds);
/// How far a file is on its way: "45 % · 1.2 MB/s · about 3 min".
QString progressText(const net::FetchProgress &progress);
/// Breaks a paragraph between words into lines of at most 72 characters; a longer word stays whole.
QString wrapped(const QString &paragraph);

} // namespace earmark::ui
