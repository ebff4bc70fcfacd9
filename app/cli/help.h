#pragma once

#include <QString>

namespace CLI {
class App;
}

namespace earmark::cli {

/// What --help prints for a command, or for the program: how it is called, what it does, its options by
/// group, examples (the command's footer: commands, one a line). Lines have at most so many columns.
QString helpText(const CLI::App &app, int columns);
/// "earmark-cli list LIST [options]".
QString usageText(const CLI::App &app);
/// The commands with a line each.
QString commandsText(const CLI::App &app, int columns);

/// `help query`: the query language, with examples.
QString queryHelp(int columns);

} // namespace earmark::cli
