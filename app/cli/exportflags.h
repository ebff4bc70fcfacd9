#pragma once

#include "cli/commands.h"

namespace CLI {
class App;
}

namespace earmark::cli {

/// The options of `export` but for --json.
void addExport(CLI::App *app, ExportOptions &options);

} // namespace earmark::cli
