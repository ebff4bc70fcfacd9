#pragma once

#include "cli/messages.h"

#include <string>

namespace CLI {
class App;
class ParseError;
} // namespace CLI

namespace earmark::cli {

/// Says on standard error what is wrong with the command line, and how the command is called.
Exit refuseCommandLine(const CLI::App &app, const CLI::ParseError &error);

/// Says that there is no such command, with a guess and a list of all; an empty `word`: none was named.
Exit refuseCommand(const CLI::App &app, const std::string &word);

/// Prints what --help, `help` and `help TOPIC` ask for on standard output. `topic`: a command, "query", or
/// empty. One that is not known is refused.
Exit showHelp(const CLI::App &app, const QString &topic);

} // namespace earmark::cli
