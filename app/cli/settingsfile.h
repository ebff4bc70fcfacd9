#pragma once

#include "base/result.h"

#include <span>
#include <string>
#include <vector>

namespace earmark::cli {

/// The command line without the program's name, and behind each "--settings-file FILE" what that file holds:
/// one option a line, "--proxy=VALUE" or "--proxy VALUE"; blank lines and lines that begin with # are left
/// out. The file may be a pipe. Errors: NotFound, Unreadable; BadInput when other users may read the file.
Result<std::vector<std::string>> withSettingsFiles(std::span<const char *const> arguments);

} // namespace earmark::cli
