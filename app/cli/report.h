#pragma once

#include "base/result.h"
#include "cli/commands.h"
#include "workspace/cliprecord.h"

#include <nlohmann/json.hpp>

namespace earmark::cli {

/// To standard output; made safe by terminalText() when that is a terminal, else as it is.
void printLine(const QString &text);
/// One JSON object on one line, ASCII only, to standard output.
void printJson(const nlohmann::ordered_json &json);
/// What is wrong with a query as a sentence: with a full stop unless it is a question.
QString sentence(const QString &text);
/// "earmark-cli: …" to standard error, made safe by terminalText().
void complain(const QString &sentence);
/// Complains and gives the exit status that fits.
Exit fail(const Error &error);

/// The object of fetch, demo and status.
nlohmann::ordered_json countsJson(const QString &workspace, const workspace::ClipCounts &counts);
/// The same for people: "60 clips in …: 57 ready, 1 short, 2 failed (2 permanent)".
QString countsText(const QString &workspace, const workspace::ClipCounts &counts);

} // namespace earmark::cli
