#pragma once

#include <QString>

namespace CLI {
class App;
}

namespace earmark::cli {

/// Returns what --help prints for a command, or for the program: usage, description (below its first line,
/// which is the summary, a paragraph per line), options by group, examples (the footer, one per line). Lines
/// have at most `columns` columns; from 100 on, each option fits on one.
QString helpText(const CLI::App &app, int columns);
/// "earmark-cli list LIST [options]".
QString usageText(const CLI::App &app);
/// Returns the commands with their summaries.
QString commandsText(const CLI::App &app, int columns);

/// Returns the page on the query language, made of its rules and fields.
QString queryHelp(int columns);

} // namespace earmark::cli
