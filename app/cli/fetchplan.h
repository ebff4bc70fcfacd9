#pragma once

#include "cli/selection.h"

namespace earmark::cli {

/// `fetch --dry-run`: says what fetch would download, how large that is and how long it takes, on standard
/// output. Reads the ledger beside a program that works on it; makes and locks nothing.
Exit planFetch(const FetchOptions &options, const Selection &selection,
               const std::vector<FailureClass> &retry);

} // namespace earmark::cli
