#pragma once

#include "cli/selection.h"
#include "ytdlp/worker.h"

namespace earmark::cli {

/// Downloads started per hour that a queue with this option keeps to; 0: no limit.
int paceOf(std::optional<int> perHour, const ytdlp::Source &source);

/// `fetch --dry-run`: says what fetch would download, how large that is and how long it takes, on standard
/// output. Reads the ledger beside a program that works on it; makes and locks nothing.
Exit planFetch(const FetchOptions &options, const ytdlp::Source &source, const Selection &selection,
               const std::vector<FailureClass> &retry);

} // namespace earmark::cli
