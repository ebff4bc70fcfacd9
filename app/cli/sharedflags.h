#pragma once

#include "cli/messages.h"

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace earmark::cli {

// Options that several commands have.

/// --help and --quiet, for all commands.
void addGeneral(CLI::App *app, Manner &manner);
/// --json.
void addJson(CLI::App *app, bool &json);
/// --progress, for commands that show progress.
void addProgress(CLI::App *app, Manner &manner);
/// --verbose, for commands that report each clip.
void addVerbose(CLI::App *app, Manner &manner);

/// --labels, --ontology, --quality.
void addClasses(CLI::App *app, ClassOptions &options);
/// LIST and the options that select its segments.
void addSelection(CLI::App *app, SelectionOptions &options);
/// Settings of yt-dlp: proxy, cookies, arguments.
void addFetchSettings(CLI::App *app, ytdlp::FetchSettings &settings);
/// --yt-dlp and --ffmpeg.
void addPrograms(CLI::App *app, QString &ytdlp, QString &ffmpeg);
/// --source; empty: YouTube.
CLI::Option *addSource(CLI::App *app, session::DownloadSettings &downloads);
void addWorkers(CLI::App *app, session::DownloadSettings &downloads);
/// --per-hour; its default depends on the source.
CLI::Option *addPerHour(CLI::App *app, session::DownloadSettings &downloads);

/// The line of LIST in the help.
inline constexpr const char *ListDescription = "Split, other list, or manifest; - for standard input";
/// What a LIST can be, below the description of the command.
inline constexpr const char *ListFormats =
    "LIST is a split such as balanced_train_segments.csv, AudioSet's strong labels, VGGSound, a CSV or TSV "
    "file whose header names id, start, end and label, or a manifest.json that Earmark wrote.";

} // namespace earmark::cli
