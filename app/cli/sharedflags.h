#pragma once

#include "cli/messages.h"

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace earmark::cli {

// Options that several commands have.

/// --help and --quiet, for all.
void addGeneral(CLI::App *app, Manner &manner);
/// --progress, for commands that show how they get on.
void addProgress(CLI::App *app, Manner &manner);
/// --verbose, for commands that say what becomes of each clip.
void addVerbose(CLI::App *app, Manner &manner);

/// --labels, --ontology, --quality.
void addClasses(CLI::App *app, ClassOptions &options);
/// LIST and the options that choose among its segments.
void addSelection(CLI::App *app, SelectionOptions &options);
/// What yt-dlp is told: proxy, cookies, arguments.
void addFetchSettings(CLI::App *app, ytdlp::FetchSettings &settings);
/// --yt-dlp and --ffmpeg.
void addPrograms(CLI::App *app, QString &ytdlp, QString &ffmpeg);
/// --source; empty: YouTube.
CLI::Option *addSource(CLI::App *app, session::DownloadSettings &downloads);
void addWorkers(CLI::App *app, session::DownloadSettings &downloads);
/// --per-hour; without it, what is right for the source.
CLI::Option *addPerHour(CLI::App *app, session::DownloadSettings &downloads, const std::string &description);

/// What a LIST may be, for the help.
inline constexpr const char *ListDescription =
    "A split such as balanced_train_segments.csv, AudioSet's strong labels, a list whose header names id, "
    "start, end and label, or a former manifest.json; - reads standard input";

} // namespace earmark::cli
