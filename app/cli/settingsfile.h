#pragma once

#include "base/result.h"

#include <span>
#include <string>
#include <vector>

namespace earmark::cli {

/// Returns the arguments without the program's name, each "--settings-file FILE" followed by the options in
/// that file: one per line, "--proxy=VALUE" or "--proxy VALUE"; blank lines and lines that begin with # are
/// skipped. The file may be a pipe. Errors: NotFound, Unreadable; BadInput when other users may read the
/// file.
Result<std::vector<std::string>> withSettingsFiles(std::span<const char *const> arguments);

} // namespace earmark::cli
