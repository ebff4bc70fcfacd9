#pragma once

#include "cli/selection.h"

namespace earmark::cli {

/// Prints what `fetch` would download, its size and duration (`fetch --dry-run`). Reads the ledger even while
/// another program uses it; creates and locks nothing.
Exit planFetch(const FetchOptions &options, const Selection &selection,
               const std::vector<FailureClass> &retry);

} // namespace earmark::cli
