#pragma once

#include "base/progress.h"
#include "base/result.h"
#include "clips/judgement.h"
#include "readers/fileformat.h"
#include "segments/segmenttable.h"

#include <functional>
#include <map>
#include <stop_token>

namespace earmark::readers {

/// A line of a split that does not fit: where, and what was expected.
struct Problem
{
    qint64 line = 0; ///< from 1
    QString reason;
};

/// A split as it was read: every line is a row, a comment, blank, or a problem.
struct Split
{
    QString path;
    segments::SegmentTable table;
    std::vector<Problem> problems;   ///< in the order of the file; at most MostProblems are kept
    qint64 problemCount = 0;         ///< all of them
    FileKind kind = FileKind::Split; ///< what it was read from
    bool isUsualLength =
        false; ///< the file names no ends: each segment was taken to be as long as AudioSet's

    /// What listeners said of clips, as far as a manifest tells; those of which it tells nothing are not in
    /// it.
    std::map<SegmentKey, Judgement> judgements = {};

    static constexpr std::size_t MostProblems = 10'000;
};

/// Reads AudioSet's `YTID, start_seconds, end_seconds, positive_labels`, and what spreadsheets make of it.
/// A line that does not fit becomes a problem and never stops the load. Errors: the file cannot be read, is a
/// directory, is not text, or holds no segment at all; Cancelled when `stop` is asked for. `mostLabels`:
/// distinct ones; what has more is a problem.
Result<Split> readSplit(const QString &path, std::stop_token stop = {}, const ReadProgress &progress = {},
                        std::size_t mostLabels = segments::SegmentTable::MostLabels);

/// The sample split that is part of the program: real rows with varied classes.
Result<Split> readSampleSplit();

} // namespace earmark::readers
