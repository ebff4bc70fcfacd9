#pragma once

#include "base/result.h"
#include "cli/commands.h"

#include <nlohmann/json.hpp>

namespace earmark::cli {

/// How progress is shown on standard error.
enum class ProgressForm {
    Auto, ///< a bar on a terminal, else a line every 10 s
    Json, ///< a JSON object a line, once a second
    None,
};

/// How a command prints; set by shared options before the command runs.
struct Manner
{
    bool isJson = false;    ///< errors are also printed to standard output, as one JSON object
    bool isQuiet = false;   ///< only errors go to standard error
    bool isVerbose = false; ///< details go there, too
    ProgressForm progress = ProgressForm::Auto;
};
void setManner(const Manner &manner);
const Manner &manner();

/// Prints to standard output; on a terminal through terminalText(), else unchanged.
void printLine(const QString &text);
/// Prints one JSON object to standard output, on one line, ASCII only.
void printJson(const nlohmann::ordered_json &json);
/// Flushes standard output and returns the exit status: `exit`, Failed with a message when something could
/// not be written, or PipeClosed when the reader went away.
Exit finishOutput(Exit exit);

/// Prints an error to standard error, "earmark-cli: …"; through terminalText(), as those below.
void complain(const QString &sentence);
/// Prints lines below an error, without the prefix.
void explain(const QString &lines);
/// Prints a message; not with --quiet.
void note(const QString &sentence);
/// Prints a detail; only with --verbose.
void detail(const QString &sentence);

/// Returns the object for an error: {"code": "not-found", "message": "…"}.
nlohmann::ordered_json errorJson(const QString &code, const QString &message);
/// Prints an error, with --json also to standard output, {"error": {…}}, unless an object was printed before.
/// Returns the exit status for it.
Exit fail(const Error &error);
/// Does the same for a usage error; the code is "usage".
Exit refuse(const QString &sentence);

/// Ends a text with a full stop, unless it is a question.
QString sentence(const QString &text);

} // namespace earmark::cli
