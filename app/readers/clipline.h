#pragma once

#include "readers/splitreader.h"

#include <optional>

namespace earmark::readers {

// What a line of a manifest says of a clip, be it JSON or a row of a table.

/// The segment that a clip's file is called by, in whatever folder, with or without the leading Y:
/// "processed/Y--PJHxphWEs_30_40.wav". Nothing when it is called otherwise.
std::optional<SegmentKey> segmentOfFile(QStringView path);

/// The segment that a clip is called by as VGGSound does, in whatever folder, with or without a suffix:
/// "glLQrEijrKg_000300.mp4", or with the apostrophe that keeps a spreadsheet from computing it. Nothing when
/// it is called otherwise.
std::optional<SegmentKey> segmentOfVggSound(std::string_view path);

/// `verdict` is a word, `doubted` are mids; what means nothing is left out.
Judgement judgementFrom(QStringView verdict, bool isFlagged, QByteArrayList doubted, QStringView note);

/// Puts into the split what is said of its segments, and into its table. None of it says nothing.
void takeJudgements(Split &split, std::map<SegmentKey, Judgement> judgements);

} // namespace earmark::readers
