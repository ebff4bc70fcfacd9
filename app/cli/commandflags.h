#pragma once

#include "cli/commands.h"

namespace CLI {
class App;
}

namespace earmark::cli {

// The options of single commands; those that several commands have are in sharedflags.h.

void addList(CLI::App *app, ListOptions &options);
void addFetch(CLI::App *app, FetchOptions &options);
void addVerify(CLI::App *app, VerifyOptions &options);
void addCoverage(CLI::App *app, CoverageOptions &options);
void addOfficial(CLI::App *app, OfficialOptions &options);
void addTools(CLI::App *app, ToolsOptions &options);
void addDoctor(CLI::App *app, DoctorOptions &options);

} // namespace earmark::cli
