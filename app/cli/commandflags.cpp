#include "cli/commandflags.h"

#include "cli/options.h"
#include "cli/sharedflags.h"

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

void addReleases(CLI::App *app, QString &releases, QString &key, const char *group)
{
    addText(app, "--releases", releases, "URL of the release files and their checksums", "URL")
        ->default_str("official")
        ->group(group);
    addText(app, "--release-key", key, "gpg keyring that verifies releases", "FILE")
        ->default_str("yt-dlp's")
        ->group(group);
}

} // namespace

void addList(CLI::App *app, ListOptions &options)
{
    addSelection(app, options.selection);
    addText(app, "--workspace", options.selection.workspace,
            "Workspace for state:, reason:, verdict: and the like in QUERY", "DIR")
        ->group("Segments");
    app->add_flag("--count", options.count, "Print only the number of segments")->group("Output");
    addChoice(
        app, "--format", {u"csv"_s, u"jsonl"_s},
        [&options](std::size_t place) { options.jsonLines = place == 1; },
        "Format of the output\n"
        "csv: AudioSet's split format; with a header if labels are text\n"
        "jsonl: one JSON object per line",
        "FORMAT")
        ->default_str("csv")
        ->group("Output");
}

void addFetch(CLI::App *app, FetchOptions &options)
{
    addSelection(app, options.selection);
    constexpr const char *group = "Downloads";
    addText(app, "--into", options.into, "Workspace folder, new or existing", "DIR")
        ->required()
        ->group(group);
    addSource(app, options.downloads)->group(group);
    addWorkers(app, options.downloads);
    addPerHour(app, options.downloads)->group(group);
    app->add_flag("--wait", options.wait, "Wait and retry when rate limited, instead of stopping")
        ->group(group);
    addTexts(app, "--retry", options.retry,
             "Also retry CLASS: permanent, conditional, bad-media, short or all", "CLASS…")
        ->group(group);
    app->add_flag("--dry-run", options.isDryRun, "Show downloads, duration and disk space; change nothing")
        ->group(group);
    constexpr const char *clips = "Clips";
    addNumber(app, "--sample-rate", options.sampleRate, 8000, 192'000, "Sample rate of the WAV files", "HZ")
        ->default_str("the workspace's, or 44100")
        ->group(clips);
    addNumber(app, "--channels", options.channels, 1, 2, "Channels of the WAV files, 1 or 2")
        ->default_str("the workspace's, or 1")
        ->group(clips);
    // A path only after "=", so that a LIST behind it is not taken for one.
    app->add_flag("--manifest")
        ->each([&options](const std::string &path) {
            options.manifest = path == "true" ? QString() : QString::fromStdString(path);
        })
        ->description("When all is downloaded, write PATH or DIR/manifest.json")
        ->option_text("[=PATH]")
        ->group(clips);
    addPrograms(app, options.ytdlp, options.ffmpeg);
    addFetchSettings(app, options.downloads.fetch);
    app->add_flag("--anyway", options.anyway, "Download even if “earmark-cli doctor” finds a problem")
        ->group(group);
}

void addVerify(CLI::App *app, VerifyOptions &options)
{
    constexpr const char *group = "Checks";
    addText(app, "PATH", options.path, "Workspace, frozen export, or its checksums.sha256")->required();
    app->add_flag("--deep", options.deep, "Read every sample and compare SHA-256 checksums")->group(group);
    app->add_flag("--repair,--mend", options.repair,
                  "Set bad files aside and queue their clips for the next fetch")
        ->group(group);
}

void addCoverage(CLI::App *app, CoverageOptions &options)
{
    constexpr const char *group = "Report";
    addText(app, "DIR", options.workspace, "Workspace folder")->required();
    addText(app, "--out", options.out, "Write the report to FILE: .json, else CSV", "FILE")
        ->default_str("standard output")
        ->group(group);
    addText(app, "--missing", options.missing, "List missing clips in FILE (CSV), with labels and reasons",
            "FILE")
        ->group(group);
    app->add_flag("--raw", options.isRaw, "CSV: write text unchanged, even if it looks like a formula")
        ->group(group);
}

void addOfficial(CLI::App *app, OfficialOptions &options)
{
    constexpr const char *files = "Files";
    constexpr const char *addresses = "Addresses";
    addTexts(app, "NAME", options.names, "Files to download, named as by --list")
        ->default_str("all missing ones");
    addText(app, "--into", options.into, "Folder for the files", "DIR")
        ->default_str("Earmark's own")
        ->group(files);
    app->add_flag("--list", options.list, "List the files and their states; download nothing")->group(files);
    addText(app, "--base-url,--base", options.base, "URL of the folder with AudioSet's files", "URL")
        ->default_str("official")
        ->group(addresses);
    addText(app, "--ontology-url", options.ontologyUrl, "URL of the ontology", "URL")
        ->default_str("official")
        ->group(addresses);
}

void addTools(CLI::App *app, ToolsOptions &options)
{
    constexpr const char *updates = "Updates";
    constexpr const char *tests = "Tests";
    // The channel may be left out: then what follows is not taken for one, as there is nothing else to
    // follow.
    CLI::Option *update =
        app->add_option_function<std::string>(
               "--update",
               [&options](const std::string &channel) {
                   const std::vector<QString> channels{u"stable"_s, u"nightly"_s};
                   options.update = earmark::tools::channelFromKeyword(
                       channels[placeOf("--update", QString::fromStdString(channel), channels)]);
               },
               "Update yt-dlp from CHANNEL, stable or nightly")
            ->expected(0, 1)
            ->default_str("stable")
            ->option_text("[CHANNEL]")
            ->group(updates);
    app->add_option_function<std::string>(
           "--rollback,--back",
           [&options](const std::string &name) {
               const std::vector<QString> names{u"yt-dlp"_s, u"deno"_s};
               options.back = names[placeOf("--rollback", QString::fromStdString(name), names)];
           },
           "Undo the last update of yt-dlp or deno")
        ->expected(0, 1)
        ->default_str("yt-dlp")
        ->option_text("[NAME]")
        ->excludes(update)
        ->group(updates);
    app->add_flag("--fetch-deno", options.fetchDeno, "Download or update deno, the JavaScript runtime")
        ->group(updates);
    app->add_flag("--allow-older", options.allowOlder, "Accept a release older than the one in use")
        ->group(updates);
    addReleases(app, options.releases, options.releaseKey, updates);
    app->add_flag("--self-test", options.selfTest, "Download a clip from a local server and show the log")
        ->group(tests);
    app->add_flag("--youtube", options.youTube, "Download a clip from YouTube and show the log")
        ->group(tests);
    addPrograms(app, options.ytdlp, options.ffmpeg);
    addFetchSettings(app, options.settings);
}

void addDoctor(CLI::App *app, DoctorOptions &options)
{
    constexpr const char *group = "Checks";
    addText(app, "DIR", options.workspace, "Workspace folder, to check its disk");
    addSource(app, options.downloads)->group(group);
    addPerHour(app, options.downloads)->group(group);
    app->add_flag("--fix", options.fix, "Update yt-dlp, download deno if needed, check again")->group(group);
    addReleases(app, options.releases, options.releaseKey, group);
    addPrograms(app, options.ytdlp, options.ffmpeg);
    addFetchSettings(app, options.downloads.fetch);
}

} // namespace earmark::cli
