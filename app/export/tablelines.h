#pragma once

#include "export/lineformat.h"

namespace earmark::exports {

/// CSV (RFC 4180, lines end in LF) or, with tabs, TSV: `pathName`, duration, labels joined by
/// LabelWords::delimiter(), what that is if it is not ';', columns; when it is asked for, a column for each
/// class of the map, named by its id.
std::unique_ptr<LineFormat> tableLines(const ExportContext &context, char separator, const char *pathName);

/// The CSV of SpeechBrain: `ID`, `duration`, `wav`, `labels`, columns. Rules: ID and duration are required,
/// the ids are all different, `$name` in a path is replaced by the person's recipe.
std::unique_ptr<LineFormat> speechBrainCsv(const ExportContext &context);

/// AudioSet's own CSV: three comment lines, then `YTID, start, end, "mids"`, in the order of its bytes.
/// icefall's reader skips exactly three lines.
std::unique_ptr<LineFormat> officialLines(const ExportContext &context);

/// Kaldi's: the utterance, a blank, the rest of the line. `text` has words, so that blanks in names become
/// '_'.
std::unique_ptr<LineFormat> kaldiPaths(const ExportContext &context);
std::unique_ptr<LineFormat> kaldiTexts(const ExportContext &context);
std::unique_ptr<LineFormat> kaldiSpeakers(const ExportContext &context); ///< a video is a speaker
/// spk2utt, a line a speaker; clips must come sorted.
std::unique_ptr<LineFormat> kaldiUtterances(const ExportContext &context);

} // namespace earmark::exports
