#pragma once

#include "cli/messages.h"

#include <string>

namespace CLI {
class App;
class ParseError;
} // namespace CLI

namespace earmark::cli {

/// Prints what is wrong with the command line, and the usage of the command.
Exit refuseCommandLine(const CLI::App &app, const CLI::ParseError &error);

/// Refuses an unknown command, with a suggestion and the list of commands; an empty `word`: none was given.
Exit refuseCommand(const CLI::App &app, const std::string &word);

/// Prints the help page for --help, `help` and `help TOPIC`. `topic`: a command, "query", or empty. Refuses
/// an unknown topic.
Exit showHelp(const CLI::App &app, const QString &topic);

} // namespace earmark::cli
