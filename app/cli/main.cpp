#include "cli/exportflags.h"
#include "cli/options.h"
#include "cli/settingsfile.h"
#include "cli/sharedflags.h"
#include "cli/usage.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <span>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace earmark::cli;

namespace {

void addFetch(CLI::App *app, FetchOptions &options)
{
    addSelection(app, options.selection);
    constexpr const char *group = "Downloads";
    addText(app, "--into", options.into, "Workspace folder", "DIR")->required()->group(group);
    addSource(app, options.downloads)->group(group);
    addWorkers(app, options.downloads);
    addPerHour(app, options.downloads,
               "Downloads started per hour at most; 0: no limit (YouTube: 300, its limit for guests; an "
               "account may have 2000; other sources: no limit)")
        ->group(group);
    app->add_flag(
           "--wait", options.wait,
           "Wait and retry when rate limited, for days if necessary (default: stop with exit status 4)")
        ->group(group);
    addTexts(app, "--retry", options.retry,
             "Also retry failed clips of these classes: permanent, conditional, bad-media, all; and short "
             "clips, to check their length again: short",
             "CLASS…")
        ->group(group);
    app->add_flag(
           "--dry-run", options.isDryRun,
           "Show what would be downloaded, how long it takes and how much room it needs; change nothing")
        ->group(group);
    constexpr const char *clips = "Clips";
    addNumber(app, "--sample-rate", options.sampleRate, 8000, 192'000, "Of the WAV files (44100)", "HZ")
        ->group(clips);
    addNumber(app, "--channels", options.channels, 1, 2, "Of the WAV files (1)")->group(clips);
    // A path only after "=", so that a LIST behind it is not taken for one.
    app->add_flag("--manifest")
        ->each([&options](const std::string &path) {
            options.manifest = path == "true" ? QString() : QString::fromStdString(path);
        })
        ->description("Write manifest.json into DIR when all is downloaded, as export does; or to PATH")
        ->option_text("[=PATH]")
        ->group(clips);
    addPrograms(app, options.ytdlp, options.ffmpeg);
    addFetchSettings(app, options.downloads.fetch);
    app->add_flag("--anyway", options.anyway,
                  "Download from YouTube even if earmark-cli doctor expects downloads to fail")
        ->group(group);
}

void addVerify(CLI::App *app, VerifyOptions &options)
{
    addText(app, "PATH", options.path, "Workspace folder; or an export's folder, or its checksums.sha256")
        ->required();
    app->add_flag("--deep", options.deep, "Read every sample and compare the SHA-256");
    app->add_flag("--repair", options.repair, "Put bad files aside and queue their clips for the next fetch");
    app->add_flag("--mend", options.repair, "Former name of --repair")->group({}); // hidden
}

void addCoverage(CLI::App *app, CoverageOptions &options)
{
    addText(app, "DIR", options.workspace, "Workspace folder")->required();
    addText(app, "--out", options.out, "Write the report to FILE: .json, else CSV (standard output)", "FILE");
    addText(app, "--missing", options.missing,
            "Write every missing clip to FILE, with its labels and why, as CSV", "FILE");
    app->add_flag("--raw", options.isRaw,
                  "CSV: write texts unchanged, including text that a spreadsheet takes for a formula");
}

void addOfficial(CLI::App *app, OfficialOptions &options)
{
    addTexts(app, "NAME", options.names, "Files to download, by the names of --list (all that are missing)");
    addText(app, "--into", options.into, "Folder for them (that of the window)", "DIR");
    app->add_flag("--list", options.list, "List the files and their states; download nothing");
    addText(app, "--base", options.base, "Address of the corpus, instead of the official one", "URL");
    addText(app, "--ontology-url", options.ontologyUrl,
            "Address of the ontology, instead of the official one", "URL");
}

void addReleases(CLI::App *app, QString &releases, QString &key)
{
    addText(app, "--releases", releases,
            "Address of the releases' files and their lists of checksums, instead of the official ones",
            "URL");
    addText(app, "--release-key", key, "Public key that signs the releases, a keyring of gpg (yt-dlp's)",
            "FILE");
}

void addDoctor(CLI::App *app, DoctorOptions &options)
{
    addText(app, "DIR", options.workspace, "Workspace folder, for the room on its disk");
    addSource(app, options.downloads);
    addPerHour(app, options.downloads, "Downloads started per hour at most, as of fetch");
    app->add_flag("--fix", options.fix, "Update yt-dlp and download deno where that helps, then check again");
    addReleases(app, options.releases, options.releaseKey);
    addPrograms(app, options.ytdlp, options.ffmpeg);
    addFetchSettings(app, options.downloads.fetch);
}

void addTools(CLI::App *app, ToolsOptions &options)
{
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
               "Download the newest yt-dlp, check it and use it from now on: stable or nightly (stable)")
            ->expected(0, 1)
            ->default_str("stable")
            ->option_text("[CHANNEL]");
    app->add_option_function<std::string>(
           "--back",
           [&options](const std::string &name) {
               const std::vector<QString> names{u"yt-dlp"_s, u"deno"_s};
               options.back = names[placeOf("--back", QString::fromStdString(name), names)];
           },
           "Use the yt-dlp, or the deno, that was used before the last update (yt-dlp)")
        ->expected(0, 1)
        ->default_str("yt-dlp")
        ->option_text("[NAME]")
        ->excludes(update);
    app->add_flag("--fetch-deno", options.fetchDeno,
                  "Download the newest deno, the JavaScript runtime, check it and use it from now on");
    app->add_flag("--self-test", options.selfTest,
                  "Download a clip from this program itself, and show the log");
    app->add_flag("--youtube", options.youTube, "Download a clip from YouTube, and show the log");
    app->add_flag("--allow-older", options.allowOlder, "Take a release that is older than the one in use");
    addReleases(app, options.releases, options.releaseKey);
    addPrograms(app, options.ytdlp, options.ffmpeg);
    addFetchSettings(app, options.settings);
}

/// A descriptor that is closed would be given to the next file that is opened, and messages written into it.
/// Then reading and writing fail instead.
void openMissingDescriptors()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) == -1)
            (void)::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

Exit runCommand(std::span<const char *const> given)
{
    Manner manner;
    manner.isJson = std::ranges::any_of(given, [](std::string_view each) { return each == "--json"; });
    setManner(manner);

    // Texts and names are UTF-8 throughout; a name that is not could be neither opened again nor shown.
    for (const char *argument : given) {
        if (!QByteArrayView(argument).isValidUtf8())
            return refuse(u"“%1” is not UTF-8, which names must be. Rename the file or folder."_s.arg(
                QString::fromUtf8(argument)));
    }

    CLI::App app("Build audio datasets out of AudioSet: choose segments, download them, write a manifest.",
                 "earmark-cli");
    app.require_subcommand(0, 1); // what follows a command is no command
    app.set_help_flag("-h,--help", "Show this help")->group("General");
    app.add_flag("-V,--version")->description("Show the version")->group("General");
    app.footer("earmark-cli demo --into demo\n"
               "earmark-cli official balanced --into .\n"
               "earmark-cli list split.csv --where 'under:Animal -label:Music' --count\n"
               "earmark-cli fetch split.csv --where 'label:Dog' --limit 50 --into dogs\n"
               "earmark-cli export dogs --format audiofolder --out dogs-hf");
    // Runs after everything is parsed, so that a wrong command line does nothing.
    std::function<Exit()> run;
    const auto command = [&app, &run, &manner](const char *name, const char *description,
                                               std::function<Exit()> action) {
        CLI::App *sub = app.add_subcommand(name, description);
        sub->callback([&run, action = std::move(action)] { run = action; });
        addGeneral(sub, manner);
        return sub;
    };
    const auto addJson = [](CLI::App *sub, bool &json) {
        sub->add_flag("--json", json, "Print one JSON object on standard output, also for an error")
            ->group("General");
    };

    InspectOptions inspectOptions;
    CLI::App *sub = command("inspect", "Summarize a list and show its skipped lines",
                            [&] { return inspect(inspectOptions); });
    addText(sub, "LIST", inspectOptions.split, ListDescription)->required();
    addClasses(sub, inspectOptions.classes);
    addJson(sub, inspectOptions.json);
    sub->footer("earmark-cli inspect split.csv");

    ListOptions listOptions;
    sub = command("list", "Print the matching segments of a list", [&] { return list(listOptions); });
    addSelection(sub, listOptions.selection);
    addText(sub, "--workspace", listOptions.selection.workspace,
            "Workspace folder that state:, reason: and verdict: in --where refer to", "DIR")
        ->group("Segments");
    sub->add_flag("--count", listOptions.count, "Print their number only")->group("Output");
    addChoice(
        sub, "--format", {u"csv"_s, u"jsonl"_s},
        [&listOptions](std::size_t place) { listOptions.jsonLines = place == 1; },
        "csv: the official split format, or columns with a header when labels are texts; jsonl: one JSON "
        "object a line (csv)",
        "FORMAT")
        ->group("Output");
    addJson(sub, listOptions.json);
    sub->footer("earmark-cli list split.csv --where 'under:Animal -label:Music' --count\n"
                "earmark-cli list split.csv --per-label 20 --seed 1 > sample.csv\n"
                "earmark-cli list split.csv --where 'label:Dog' | earmark-cli fetch - --into dogs");

    FetchOptions fetchOptions;
    sub = command("fetch", "Download segments and convert them to WAV (resumes where it stopped)",
                  [&] { return fetch(fetchOptions); });
    addFetch(sub, fetchOptions);
    addVerbose(sub, manner);
    addProgress(sub, manner);
    addJson(sub, fetchOptions.json);
    sub->footer("earmark-cli fetch split.csv --where 'label:Dog' --limit 50 --into dogs --dry-run\n"
                "earmark-cli fetch split.csv --per-label 20 --seed 1 --into sample --manifest\n"
                "earmark-cli fetch split.csv --into all --source 'http://mirror/{ytid}.m4a'");

    StatusOptions statusOptions;
    sub = command("status", "Show how many clips of a workspace are ready, queued or failed, and why",
                  [&] { return status(statusOptions); });
    addText(sub, "DIR", statusOptions.workspace, "Workspace folder")->required();
    addJson(sub, statusOptions.json);
    sub->footer("earmark-cli status dogs");

    VerifyOptions verifyOptions;
    sub = command("verify",
                  "Compare a workspace's files with its ledger, or a frozen export's with its checksums",
                  [&] { return verify(verifyOptions); });
    addVerify(sub, verifyOptions);
    addProgress(sub, manner);
    addJson(sub, verifyOptions.json);
    sub->footer("earmark-cli verify dogs --deep --repair\n"
                "earmark-cli verify dogs-hf");

    CoverageOptions coverageOptions;
    sub = command("coverage", "Report what was asked for, what was downloaded, and why the rest is missing",
                  [&] { return coverage(coverageOptions); });
    addCoverage(sub, coverageOptions);
    addJson(sub, coverageOptions.json);
    sub->footer("earmark-cli coverage dogs --missing gaps.csv");

    ExportOptions exportOptions;
    sub = command("export", "Write a manifest, or a folder with the clips, for the programs that read them",
                  [&] { return exportManifest(exportOptions); });
    addExport(sub, exportOptions);
    addProgress(sub, manner);
    addJson(sub, exportOptions.json);
    sub->footer("earmark-cli export dogs\n"
                "earmark-cli export dogs --where 'verdict:keep' --out - | head\n"
                "earmark-cli export dogs --format kaldi --labels name --out dogs-kaldi\n"
                "earmark-cli export dogs --format audiofolder --out dogs-hf --card --dry-run");

    DemoOptions demoOptions;
    sub = command("demo", "Do the whole job on the built-in sample, with a source of sound on this machine",
                  [&] { return demo(demoOptions); });
    addText(sub, "--into", demoOptions.into, "Workspace folder (one of the program's own)", "DIR")
        ->group("Downloads");
    addWorkers(sub, demoOptions.downloads);
    addVerbose(sub, manner);
    addProgress(sub, manner);
    addJson(sub, demoOptions.json);
    sub->footer("earmark-cli demo --into demo");

    OfficialOptions officialOptions;
    sub = command("official",
                  "Download AudioSet's own files: splits, label map, ontology, ratings, strong labels",
                  [&] { return official(officialOptions); });
    addOfficial(sub, officialOptions);
    addProgress(sub, manner);
    addJson(sub, officialOptions.json);
    sub->footer("earmark-cli official --list\n"
                "earmark-cli official balanced ontology --into .");

    ToolsOptions toolsOptions;
    sub = command("tools", "Show yt-dlp, ffmpeg and the JavaScript runtime; update yt-dlp, test them",
                  [&] { return toolsCommand(toolsOptions); });
    addTools(sub, toolsOptions);
    addProgress(sub, manner);
    addJson(sub, toolsOptions.json);
    sub->footer("earmark-cli tools\n"
                "earmark-cli tools --update --self-test");

    DoctorOptions doctorOptions;
    sub = command("doctor", "Check everything that downloads need, and repair what Earmark can",
                  [&] { return doctor(doctorOptions); });
    addDoctor(sub, doctorOptions);
    addProgress(sub, manner);
    addJson(sub, doctorOptions.json);
    sub->footer("earmark-cli doctor dogs\n"
                "earmark-cli doctor --fix");

    ExplainOptions explainOptions;
    sub = command("explain", "Explain what a log of yt-dlp means: the cause of each failure, and the remedy",
                  [&] { return explain(explainOptions); });
    addText(sub, "LOG", explainOptions.log, "File with the log, at most 16 MB (standard input)");
    addJson(sub, explainOptions.json);
    sub->footer("earmark-cli explain dogs/logs/failures.log\n"
                "yt-dlp ADDRESS 2>&1 | earmark-cli explain");

    QString topic;
    sub = command("help", "Show the help of a command, or of the query language",
                  [&] { return showHelp(app, topic); });
    addText(sub, "TOPIC", topic, "A command, or “query”");
    sub->footer("earmark-cli help fetch\n"
                "earmark-cli help query");
    const auto showVersion = [] {
        printLine(QLatin1StringView(EARMARK_VERSION));
        return Done;
    };
    command("version", "Show the version", showVersion);

    auto arguments = withSettingsFiles(given);
    if (!arguments)
        return refuse(arguments.error().text);
    manner.isJson = std::ranges::find(*arguments, "--json") != arguments->end();
    setManner(manner);
    const std::string first = arguments->empty() ? std::string() : arguments->front();
    const auto commands = app.get_subcommands({});
    if (!first.starts_with('-') &&
        std::ranges::none_of(commands, [&first](const CLI::App *each) { return each->get_name() == first; }))
        return refuseCommand(app, first);
    std::ranges::reverse(*arguments); // as CLI11 wants them
    try {
        app.parse(*arguments);
    } catch (const CLI::CallForHelp &) {
        const auto named = app.get_subcommands();
        return showHelp(app, named.empty() ? QString() : QString::fromStdString(named.front()->get_name()));
    } catch (const CLI::ParseError &error) {
        return refuseCommandLine(app, error);
    }
    setManner(manner);
    if (app.count("--version") > 0)
        return showVersion();
    return run ? run() : refuseCommand(app, {});
}

} // namespace

int main(int argc, char *argv[])
{
    openMissingDescriptors();
    QCoreApplication application(argc, argv);
    QCoreApplication::setOrganizationName(u"Earmark"_s); // the window's data folder is ours too
    QCoreApplication::setApplicationName(u"earmark"_s);
    QCoreApplication::setApplicationVersion(QLatin1StringView(EARMARK_VERSION));
    return finishOutput(runCommand({argv, static_cast<std::size_t>(argc)}));
}
