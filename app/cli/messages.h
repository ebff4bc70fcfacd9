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

/// How a command speaks; set before it runs, by the options that all commands share.
struct Manner
{
    bool isJson = false;    ///< errors are told on standard output, too, as one JSON object
    bool isQuiet = false;   ///< only errors go to standard error
    bool isVerbose = false; ///< details go there as well
    ProgressForm progress = ProgressForm::Auto;
};
void setManner(const Manner &manner);
const Manner &manner();

/// To standard output; made safe by terminalText() when that is a terminal, else as it is.
void printLine(const QString &text);
/// One JSON object on one line, ASCII only, to standard output.
void printJson(const nlohmann::ordered_json &json);
/// Sees to it that all of the standard output is where it should be: what could not be written is an error
/// (Failed, with its sentence), a reader that went away is not (PipeClosed), whatever `exit` says.
Exit finishOutput(Exit exit);

/// An error as a sentence, "earmark-cli: …" on standard error; made safe by terminalText(), as those below.
void complain(const QString &sentence);
/// Lines below an error, without its beginning.
void explain(const QString &lines);
/// What the user should know; not with --quiet.
void note(const QString &sentence);
/// What the user may want to know; with --verbose alone.
void detail(const QString &sentence);

/// The object that stands for an error: {"code": "not-found", "message": "…"}.
nlohmann::ordered_json errorJson(const QString &code, const QString &message);
/// Complains, with --json on standard output as well, {"error": {…}}, unless an object is there already.
/// Gives the exit status that fits.
Exit fail(const Error &error);
/// The same of a command line that is wrong; the code is "usage".
Exit refuse(const QString &sentence);

/// What is wrong with a query as a sentence: with a full stop unless it is a question.
QString sentence(const QString &text);

} // namespace earmark::cli
