#include "cli/sharedflags.h"

#include "cli/options.h"

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *General = "General";
constexpr const char *Segments = "Segments";
constexpr const char *Network = "Network and yt-dlp";
constexpr int AnyNumber = std::numeric_limits<int>::max();

} // namespace

void addGeneral(CLI::App *app, Manner &manner)
{
    app->set_help_flag("-h,--help", "Show this help")->group(General);
    app->add_flag("--quiet", manner.isQuiet, "Print only errors to standard error")->group(General);
}

void addJson(CLI::App *app, bool &json)
{
    app->add_flag("--json", json, "Print one JSON object to standard output, also for an error")
        ->group(General);
}

void addProgress(CLI::App *app, Manner &manner)
{
    addChoice(
        app, "--progress", {u"auto"_s, u"json"_s, u"none"_s},
        [&manner](std::size_t place) { manner.progress = static_cast<ProgressForm>(place); },
        "Progress: auto (bar or lines), json or none", "FORM")
        ->default_str("auto")
        ->group(General);
}

void addVerbose(CLI::App *app, Manner &manner)
{
    app->add_flag("--verbose", manner.isVerbose, "Also print yt-dlp's command and the result for each clip")
        ->group(General);
}

void addClasses(CLI::App *app, ClassOptions &options)
{
    constexpr const char *group = "Classes";
    addText(app, "--labels", options.labels, "Label file, or 521 for YAMNet's classes", "FILE")
        ->default_str("AudioSet's 527")
        ->group(group);
    addText(app, "--ontology", options.ontology, "AudioSet's ontology.json", "FILE")
        ->default_str("built-in")
        ->group(group);
    addText(app, "--quality", options.quality, "AudioSet's qa_true_counts.csv, for quality: in QUERY", "FILE")
        ->group(group);
}

void addSelection(CLI::App *app, SelectionOptions &options)
{
    addText(app, "LIST", options.split, ListDescription)->required();
    addText(app, "--where", options.where, "Only segments that match QUERY; see “earmark-cli help query”",
            "QUERY")
        ->group(Segments);
    CLI::Option *limit = addNumber(app, "--limit", options.limit, qint64{1},
                                   std::numeric_limits<qint64>::max(), "Stop after N segments")
                             ->group(Segments);

    SampleOptions &sample = options.sample;
    CLI::Option *perLabel = addNumber(app, "--per-label", sample.perLabel, 1, AnyNumber,
                                      "N random segments per class, rarest class first")
                                ->excludes(limit)
                                ->group(Segments);
    addNumber(app, "--random", sample.random, 1, AnyNumber, "N random segments")
        ->excludes(limit)
        ->excludes(perLabel)
        ->group(Segments);
    addTexts(app, "--class", sample.classes, "Classes for --per-label", "CLASS…")
        ->default_str("those in QUERY, or all")
        ->needs(perLabel)
        ->group(Segments);
    addNumber(app, "--seed", sample.seed, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max(),
              "Random seed; the same seed selects the same segments")
        ->default_str("1")
        ->excludes(limit)
        ->group(Segments);
    app->add_option_function<std::string>(
           "--shard",
           [&options](const std::string &value) {
               const auto shard = segments::Shard::parse(QString::fromStdString(value));
               if (!shard)
                   throw CLI::ValidationError("--shard: " + shard.error().text.toStdString());
               options.shard = *shard;
           },
           "Only part I of N, to share a list among machines")
        ->option_text("I/N")
        ->group(Segments);
    addClasses(app, options.classes);
}

void addFetchSettings(CLI::App *app, ytdlp::FetchSettings &settings)
{
    addText(app, "--proxy", settings.proxy, "Proxy, such as http://user:password@host:port", "URL")
        ->group(Network);
    CLI::Option *file = addText(app, "--cookies", settings.cookiesFile,
                                "Cookie file in Netscape format; it is not changed", "FILE")
                            ->group(Network);
    addText(app, "--cookies-from-browser", settings.cookiesFromBrowser,
            "Read cookies from a browser, such as firefox", "NAME")
        ->excludes(file)
        ->group(Network);
    addText(app, "--source-address", settings.sourceAddress, "Local address to connect from", "IP")
        ->group(Network);
    addText(app, "--yt-dlp-format", settings.format, "Format selector of yt-dlp", "FORMAT")
        ->default_str("m4a/bestaudio/best")
        ->group(Network);
    addText(app, "--js-runtime", settings.jsRuntime, "JavaScript runtime for yt-dlp, such as deno", "NAME")
        ->group(Network);
    app->add_flag("--allow-solver-script", settings.allowsSolverScript,
                  "Let yt-dlp download its solver script from GitHub")
        ->group(Network);
    addText(app, "--po-token", settings.poToken, "PO token for YouTube, as CLIENT.gvs+TOKEN", "TOKEN")
        ->group(Network);
    // One value each: they begin with a dash themselves, --yt-dlp-arg=--geo-bypass.
    app->add_option_function<std::vector<std::string>>(
           "--yt-dlp-arg",
           [&settings](const std::vector<std::string> &values) {
               for (const std::string &value : values)
                   settings.extraArguments += QString::fromStdString(value);
           },
           "Extra argument, as --yt-dlp-arg=--geo-bypass; repeatable")
        ->allow_extra_args(false)
        ->take_all()
        ->option_text("ARG")
        ->group(Network);
    // What it holds is on the command line by now.
    app->add_option_function<std::string>(
           "--settings-file", [](const std::string &) {}, "Read options from FILE (mode 0600), one per line")
        ->option_text("FILE")
        ->group(Network);
}

void addPrograms(CLI::App *app, QString &ytdlp, QString &ffmpeg)
{
    constexpr const char *group = "Programs";
    addText(app, "--yt-dlp", ytdlp, "yt-dlp program", "PATH")
        ->default_str("detected automatically")
        ->group(group);
    addText(app, "--ffmpeg", ffmpeg, "ffmpeg program", "PATH")
        ->default_str("detected automatically")
        ->group(group);
}

CLI::Option *addSource(CLI::App *app, session::DownloadSettings &downloads)
{
    const auto orYouTube = [](const std::string &given) {
        return given.empty() ? std::string(ytdlp::Source::YouTube.data()) : given;
    };
    return addText(app, "--source", downloads.source, "URL of the audio, with {ytid} for the video id",
                   "TEMPLATE")
        ->default_str("YouTube")
        ->transform(orYouTube);
}

void addWorkers(CLI::App *app, session::DownloadSettings &downloads)
{
    addNumber(app, "--workers", downloads.workers, 1, 16, "Simultaneous downloads, 1 to 16")
        ->default_str("2")
        ->group("Downloads");
}

CLI::Option *addPerHour(CLI::App *app, session::DownloadSettings &downloads)
{
    return addNumber(app, "--per-hour", downloads.ownPerHour, 0, AnyNumber,
                     "Downloads started per hour, 0 for no limit")
        ->default_str("300 on YouTube")
        ->each([&downloads](const std::string &) {
            downloads.pace = session::DownloadSettings::RateLimiter::Own;
        });
}

} // namespace earmark::cli
