#include "cli/exportflags.h"
#include "cli/report.h"
#include "cli/settingsfile.h"

#include <QCoreApplication>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <span>

using namespace Qt::StringLiterals;
using namespace earmark::cli;

namespace {

constexpr const char *SplitDescription = "A split such as balanced_train_segments.csv, AudioSet's strong "
                                         "labels, a list whose header names id, start, "
                                         "end and label, or a former manifest.json";

/// Options whose values are texts: CLI11 hands out std::string, the program works with QString.
CLI::Option *addText(CLI::App *app, const std::string &name, QString &target, const std::string &description)
{
    return app->add_option_function<std::string>(
        name, [&target](const std::string &value) { target = QString::fromStdString(value); }, description);
}

CLI::Option *addTexts(CLI::App *app, const std::string &name, std::vector<QString> &target,
                      const std::string &description)
{
    return app->add_option_function<std::vector<std::string>>(
        name,
        [&target](const std::vector<std::string> &values) {
            for (const std::string &value : values)
                target.push_back(QString::fromStdString(value));
        },
        description);
}

void addClasses(CLI::App *app, ClassOptions &options)
{
    addText(app, "--labels", options.labels,
            "A label file, or 521 for YAMNet's classes, instead of AudioSet's 527");
    addText(app, "--ontology", options.ontology, "AudioSet's ontology.json instead of the built-in one");
    addText(app, "--quality", options.quality, "AudioSet's qa_true_counts.csv, for quality: in queries");
}

void addSelection(CLI::App *app, SelectionOptions &options)
{
    addText(app, "SPLIT", options.split, SplitDescription)->required();
    addClasses(app, options.classes);
    addText(app, "--where", options.where,
            "Only segments that fit this query, for example 'dog -label:Music'");
    CLI::Option *limit = app->add_option("--limit", options.limit, "Only the first segments, so many")
                             ->check(CLI::NonNegativeNumber);

    constexpr int most = std::numeric_limits<int>::max();
    SampleOptions &sample = options.sample;
    CLI::Option *perLabel = app->add_option("--per-label", sample.perLabel,
                                            "So many segments by chance for each class, the rarest first")
                                ->check(CLI::Range(1, most))
                                ->excludes(limit);
    app->add_option("--random", sample.random, "So many segments by chance")
        ->check(CLI::Range(1, most))
        ->excludes(limit)
        ->excludes(perLabel);
    addTexts(app, "--class", sample.classes,
             "Classes for --per-label by name or id (those that --where asks for, else all)")
        ->needs(perLabel);
    app->add_option("--seed", sample.seed, "Decides which segments chance chooses (1)")->excludes(limit);
    app->add_option_function<std::string>(
           "--shard",
           [&options](const std::string &value) {
               if (const auto shard = earmark::dataset::Shard::parse(QString::fromStdString(value)))
                   options.shard = *shard;
           },
           "I/N: only part I of N, the same on every machine; a video is in one part")
        ->check([](const std::string &value) {
            const auto shard = earmark::dataset::Shard::parse(QString::fromStdString(value));
            return shard ? std::string() : shard.error().text.toStdString();
        });
}

void addFetchSettings(CLI::App *app, earmark::ytdlp::FetchSettings &settings)
{
    addText(app, "--proxy", settings.proxy, "The proxy to go through, http://user:password@host:port");
    CLI::Option *file = addText(app, "--cookies", settings.cookiesFile,
                                "Cookies of an account, a file in Netscape's format; it is not changed");
    addText(app, "--cookies-from-browser", settings.cookiesFromBrowser,
            "Cookies of an account, from a browser such as firefox")
        ->excludes(file);
    addText(app, "--source-address", settings.sourceAddress, "The address of this computer to ask from");
    addText(app, "--yt-dlp-format", settings.format, "yt-dlp's format selector (m4a/bestaudio/best)");
    addText(app, "--js-runtime", settings.jsRuntime, "The JavaScript runtime for yt-dlp, such as deno");
    app->add_flag("--allow-solver-script", settings.allowsSolverScript,
                  "Let yt-dlp download its solver script from GitHub, where it has none of its own");
    addText(app, "--po-token", settings.poToken, "YouTube's PO token for yt-dlp, CLIENT.gvs+TOKEN");
    // One value each: they begin with a dash themselves, --yt-dlp-arg=--geo-bypass.
    app->add_option_function<std::vector<std::string>>(
           "--yt-dlp-arg",
           [&settings](const std::vector<std::string> &values) {
               for (const std::string &value : values)
                   settings.extraArguments += QString::fromStdString(value);
           },
           "Extra argument for yt-dlp, as --yt-dlp-arg=--verbose; repeatable. Visible to all users of this "
           "machine in ffmpeg's command line: headers (--add-header), and cookies for the media address")
        ->allow_extra_args(false)
        ->take_all();
    // What it holds is on the command line by now.
    app->add_option_function<std::string>(
           "--settings-file", [](const std::string &) {},
           "Read further options from FILE (mode 0600), one a line, such as "
           "--proxy=http://user:password@host:port; unlike this command line, it is not visible to other "
           "users")
        ->option_text("FILE");
}

void addReleases(CLI::App *app, QString &releases, QString &key)
{
    addText(app, "--releases", releases,
            "Address of the releases' files and their lists of checksums, instead of the official ones");
    addText(app, "--release-key", key,
            "Public key of those who sign the releases, a keyring of gpg (yt-dlp's)");
}

void addDoctor(CLI::App *app, DoctorOptions &options)
{
    addText(app, "DIR", options.workspace, "The workspace folder, for the room on its disk");
    addText(app, "--source", options.source, "Source of the sound: an address with {ytid} in it (YouTube)");
    addText(app, "--yt-dlp", options.ytdlp, "The yt-dlp program");
    addText(app, "--ffmpeg", options.ffmpeg, "The ffmpeg program");
    app->add_option("--per-hour", options.perHour, "Rate limit of downloads, as of fetch")
        ->check(CLI::NonNegativeNumber);
    addFetchSettings(app, options.settings);
    app->add_flag("--fix", options.fix, "Update yt-dlp and fetch deno where that helps, then check again");
    addReleases(app, options.releases, options.releaseKey);
}

void addTools(CLI::App *app, ToolsOptions &options)
{
    // The channel may be left out: then what follows is not taken for one, as there is nothing else to
    // follow.
    CLI::Option *update =
        app->add_option_function<std::string>(
               "--update",
               [&options](const std::string &channel) {
                   options.update = earmark::tools::channelFromWord(QString::fromStdString(channel));
               },
               "Fetch the newest yt-dlp, check it and use it from now on: stable or nightly (stable)")
            ->expected(0, 1)
            ->default_str("stable")
            ->check(CLI::IsMember({"stable", "nightly"}));
    app->add_option_function<std::string>(
           "--back", [&options](const std::string &name) { options.back = QString::fromStdString(name); },
           "Use the yt-dlp, or the deno, that was used before the last update (yt-dlp)")
        ->expected(0, 1)
        ->default_str("yt-dlp")
        ->check(CLI::IsMember({"yt-dlp", "deno"}))
        ->excludes(update);
    app->add_flag("--fetch-deno", options.fetchDeno,
                  "Fetch the newest deno, the JavaScript runtime, check it and use it from now on");
    app->add_flag("--self-test", options.selfTest, "Fetch a clip from this program itself, and show the log");
    app->add_flag("--youtube", options.youTube, "Fetch a clip of YouTube, and show the log");
    app->add_flag("--allow-older", options.allowOlder, "Take a release that is older than the one in use");
    addReleases(app, options.releases, options.releaseKey);
    addText(app, "--yt-dlp", options.ytdlp, "The yt-dlp program");
    addText(app, "--ffmpeg", options.ffmpeg, "The ffmpeg program");
    addFetchSettings(app, options.settings);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setOrganizationName(u"Earmark"_s); // the window's data folder is ours too
    QCoreApplication::setApplicationName(u"earmark"_s);
    QCoreApplication::setApplicationVersion(QLatin1StringView(EARMARK_VERSION));

    // Texts and names are UTF-8 throughout; a name that is not could be neither opened again nor shown.
    for (const char *argument : std::span(argv, static_cast<std::size_t>(argc))) {
        if (!QByteArrayView(argument).isValidUtf8()) {
            complain(u"“%1” is not UTF-8, which names must be. Rename the file or folder."_s.arg(
                QString::fromUtf8(argument)));
            return Usage;
        }
    }

    CLI::App app(
        "Earmark builds audio datasets out of AudioSet: pick segments, fetch them, write a manifest.",
        "earmark-cli");
    app.set_version_flag("--version", EARMARK_VERSION);
    app.require_subcommand(1);
    // Runs after everything is parsed, so that a wrong command line does nothing.
    std::function<Exit()> run;
    const auto command = [&app, &run](const char *name, const char *description,
                                      std::function<Exit()> action) {
        CLI::App *sub = app.add_subcommand(name, description);
        sub->callback([&run, action = std::move(action)] { run = action; });
        return sub;
    };
    const auto addJson = [](CLI::App *sub, bool &json) {
        sub->add_flag("--json", json, "One JSON object on standard output");
    };

    InspectOptions inspectOptions;
    CLI::App *sub = command("inspect", "Tell what a split holds and which lines do not fit",
                            [&] { return inspect(inspectOptions); });
    addText(sub, "SPLIT", inspectOptions.split, SplitDescription)->required();
    addClasses(sub, inspectOptions.classes);
    addJson(sub, inspectOptions.json);

    ListOptions listOptions;
    std::string format = "csv";
    sub = command("list", "List segments", [&] {
        listOptions.jsonLines = format == "jsonl";
        return list(listOptions);
    });
    addSelection(sub, listOptions.selection);
    addText(sub, "--workspace", listOptions.selection.workspace,
            "The workspace folder that state:, reason: and verdict: in --where ask about");
    sub->add_flag("--count", listOptions.count, "Only their number");
    sub->add_option("--format", format,
                    "csv: the official split format, or columns with a header when labels are texts; jsonl: "
                    "one JSON object a line")
        ->check(CLI::IsMember({"csv", "jsonl"}));
    addJson(sub, listOptions.json);

    FetchOptions fetchOptions;
    sub = command("fetch", "Download segments and cut them to WAV; goes on where it was left",
                  [&] { return fetch(fetchOptions); });
    addSelection(sub, fetchOptions.selection);
    addText(sub, "--into", fetchOptions.into, "The workspace folder")->required();
    addText(sub, "--source", fetchOptions.source,
            "Where the sound comes from: an address with {ytid} in it (YouTube)");
    addText(sub, "--yt-dlp", fetchOptions.ytdlp, "The yt-dlp program");
    addText(sub, "--ffmpeg", fetchOptions.ffmpeg, "The ffmpeg program");
    sub->add_option("--workers", fetchOptions.workers, "Downloads at a time (2)")->check(CLI::Range(1, 16));
    sub->add_option(
           "--per-hour", fetchOptions.perHour,
           "Downloads begun in any hour; 0: no limit (YouTube: 300, what a guest may; an account may "
           "2000; elsewhere: no limit)")
        ->check(CLI::NonNegativeNumber);
    sub->add_flag("--wait", fetchOptions.wait,
                  "When the site refuses: wait and try again, for days if need be, instead of stopping");
    addFetchSettings(sub, fetchOptions.settings);
    sub->add_flag("--anyway", fetchOptions.anyway,
                  "Download from YouTube even if earmark-cli doctor expects downloads to fail");
    sub->add_option("--sample-rate", fetchOptions.sampleRate, "Of the WAV files, Hz (44100)")
        ->check(CLI::Range(8000, 192000));
    sub->add_option("--channels", fetchOptions.channels, "Of the WAV files (1)")->check(CLI::Range(1, 2));
    addTexts(sub, "--retry", fetchOptions.retry,
             "Also try failed clips of these classes again: permanent, conditional, bad-media, all");
    addJson(sub, fetchOptions.json);

    StatusOptions statusOptions;
    sub = command("status", "Tell how far a workspace has got", [&] { return status(statusOptions); });
    addText(sub, "DIR", statusOptions.workspace, "The workspace folder")->required();
    addJson(sub, statusOptions.json);

    VerifyOptions verifyOptions;
    sub =
        command("verify",
                "Compare the files of a workspace with its ledger, or of a frozen export with its checksums",
                [&] { return verify(verifyOptions); });
    addText(sub, "PATH", verifyOptions.path,
            "The workspace folder; or an export's folder, or its checksums.sha256")
        ->required();
    sub->add_flag("--deep", verifyOptions.deep, "Read every sample and compare the SHA-256");
    sub->add_flag("--repair", verifyOptions.mend,
                  "Put bad files aside and queue their clips again: the next fetch makes them again");
    sub->add_flag("--mend", verifyOptions.mend, "Former name of --repair")->group({}); // hidden
    addJson(sub, verifyOptions.json);

    CoverageOptions coverageOptions;
    sub = command("coverage", "Tell what was asked for, what came of it, and why the rest is missing",
                  [&] { return coverage(coverageOptions); });
    addText(sub, "DIR", coverageOptions.workspace, "The workspace folder")->required();
    addText(sub, "--out", coverageOptions.out, "Write the report there: .json, else CSV (standard output)");
    addText(sub, "--missing", coverageOptions.missing,
            "Write every missing clip there, with its labels and why, as CSV");
    sub->add_flag("--raw", coverageOptions.isRaw,
                  "CSV: write texts unchanged, including text that a spreadsheet takes for a formula");
    addJson(sub, coverageOptions.json);

    ExportOptions exportOptions;
    sub = command("export", "Write what the next program reads: a manifest, or a folder with the clips",
                  [&] { return exportManifest(exportOptions); });
    addExport(sub, exportOptions);
    addJson(sub, exportOptions.json);

    DemoOptions demoOptions;
    sub = command("demo", "Do the whole job on the built-in sample with a source on this machine",
                  [&] { return demo(demoOptions); });
    addText(sub, "--into", demoOptions.into, "The workspace folder");
    sub->add_option("--workers", demoOptions.workers, "Downloads at a time (2)")->check(CLI::Range(1, 16));
    addJson(sub, demoOptions.json);

    OfficialOptions officialOptions;
    std::vector<std::string> officialNames;
    sub = command("official",
                  "Fetch AudioSet's own files: splits, label map, ontology, ratings, strong labels", [&] {
                      for (const std::string &name : officialNames)
                          officialOptions.names.push_back(QString::fromStdString(name));
                      return official(officialOptions);
                  });
    sub->add_option("NAME", officialNames, "Which, as --list names them (all that is missing)");
    addText(sub, "--into", officialOptions.into, "Their folder (that of the window)");
    sub->add_flag("--list", officialOptions.list, "Only tell what is there");
    addText(sub, "--base", officialOptions.base, "Where the corpus is, instead of the official address");
    addText(sub, "--ontology-url", officialOptions.ontologyUrl,
            "Where the ontology is, instead of the official address");
    addJson(sub, officialOptions.json);

    ToolsOptions toolsOptions;
    addTools(command("tools",
                     "Tell of yt-dlp, ffmpeg and the JavaScript runtime; update yt-dlp, try them out",
                     [&] { return toolsCommand(toolsOptions); }),
             toolsOptions);
    addJson(app.get_subcommand("tools"), toolsOptions.json);

    DoctorOptions doctorOptions;
    addDoctor(command("doctor", "Check everything that downloads need, and repair what Earmark can",
                      [&] { return doctor(doctorOptions); }),
              doctorOptions);
    addJson(app.get_subcommand("doctor"), doctorOptions.json);

    auto arguments = withSettingsFiles({argv, static_cast<std::size_t>(argc)});
    if (!arguments) {
        complain(arguments.error().text);
        return Usage;
    }
    std::ranges::reverse(*arguments); // as CLI11 wants them
    try {
        app.parse(*arguments);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? Done : Usage;
    }
    return run();
}
