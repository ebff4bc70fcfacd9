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
    app->add_flag("--quiet", manner.isQuiet, "Print errors only on standard error")->group(General);
}

void addProgress(CLI::App *app, Manner &manner)
{
    addChoice(
        app, "--progress", {u"auto"_s, u"json"_s, u"none"_s},
        [&manner](std::size_t place) { manner.progress = static_cast<ProgressForm>(place); },
        "auto: a bar on a terminal, else a line every 10 s; json: a JSON object a line, each second; none "
        "(auto)",
        "FORM")
        ->group(General);
}

void addVerbose(CLI::App *app, Manner &manner)
{
    app->add_flag("--verbose", manner.isVerbose, "Also print yt-dlp's command and the outcome for each clip")
        ->group(General);
}

void addClasses(CLI::App *app, ClassOptions &options)
{
    constexpr const char *group = "Classes";
    addText(app, "--labels", options.labels,
            "Label file, or 521 for YAMNet's classes, instead of AudioSet's 527", "FILE")
        ->group(group);
    addText(app, "--ontology", options.ontology, "AudioSet's ontology.json instead of the built-in one",
            "FILE")
        ->group(group);
    addText(app, "--quality", options.quality, "AudioSet's qa_true_counts.csv, for quality: in queries",
            "FILE")
        ->group(group);
}

void addSelection(CLI::App *app, SelectionOptions &options)
{
    addText(app, "LIST", options.split, ListDescription)->required();
    addText(app, "--where", options.where,
            "Only segments that match this query, for example 'dog -label:Music'; see “earmark-cli help "
            "query”",
            "QUERY")
        ->group(Segments);
    CLI::Option *limit = addNumber(app, "--limit", options.limit, qint64{1},
                                   std::numeric_limits<qint64>::max(), "Only the first N segments")
                             ->group(Segments);

    SampleOptions &sample = options.sample;
    CLI::Option *perLabel = addNumber(app, "--per-label", sample.perLabel, 1, AnyNumber,
                                      "N random segments for each class, rarest class first")
                                ->excludes(limit)
                                ->group(Segments);
    addNumber(app, "--random", sample.random, 1, AnyNumber, "N random segments")
        ->excludes(limit)
        ->excludes(perLabel)
        ->group(Segments);
    addTexts(app, "--class", sample.classes,
             "Classes for --per-label, by name or id (those in --where, else all)", "CLASS…")
        ->needs(perLabel)
        ->group(Segments);
    addNumber(app, "--seed", sample.seed, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max(),
              "The same seed chooses the same segments (1)")
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
           "Part I of N, the same on every machine; all segments of a video are in one part")
        ->option_text("I/N")
        ->group(Segments);
    addClasses(app, options.classes);
}

void addFetchSettings(CLI::App *app, ytdlp::FetchSettings &settings)
{
    addText(app, "--proxy", settings.proxy, "Proxy, http://user:password@host:port", "URL")->group(Network);
    CLI::Option *file = addText(app, "--cookies", settings.cookiesFile,
                                "Cookies of an account in Netscape's format; the file is not changed", "FILE")
                            ->group(Network);
    addText(app, "--cookies-from-browser", settings.cookiesFromBrowser,
            "Cookies of an account, from a browser such as firefox", "BROWSER")
        ->excludes(file)
        ->group(Network);
    addText(app, "--source-address", settings.sourceAddress, "Address of this computer to connect from", "IP")
        ->group(Network);
    addText(app, "--yt-dlp-format", settings.format, "yt-dlp's format selector (m4a/bestaudio/best)",
            "FORMAT")
        ->group(Network);
    addText(app, "--js-runtime", settings.jsRuntime, "JavaScript runtime for yt-dlp, such as deno", "NAME")
        ->group(Network);
    app->add_flag("--allow-solver-script", settings.allowsSolverScript,
                  "Let yt-dlp download its solver script from GitHub if it has none")
        ->group(Network);
    addText(app, "--po-token", settings.poToken, "YouTube's PO token for yt-dlp, CLIENT.gvs+TOKEN", "TOKEN")
        ->group(Network);
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
        ->take_all()
        ->option_text("ARG")
        ->group(Network);
    // What it holds is on the command line by now.
    app->add_option_function<std::string>(
           "--settings-file", [](const std::string &) {},
           "Read further options from FILE (mode 0600), one a line, such as "
           "--proxy=http://user:password@host:port; unlike this command line, it is not visible to other "
           "users")
        ->option_text("FILE")
        ->group(Network);
}

void addPrograms(CLI::App *app, QString &ytdlp, QString &ffmpeg)
{
    addText(app, "--yt-dlp", ytdlp, "yt-dlp program to use", "PATH")->group("Programs");
    addText(app, "--ffmpeg", ffmpeg, "ffmpeg program to use", "PATH")->group("Programs");
}

CLI::Option *addSource(CLI::App *app, session::DownloadSettings &downloads)
{
    const auto orYouTube = [](const std::string &given) {
        return given.empty() ? std::string(ytdlp::Source::YouTube.data()) : given;
    };
    return addText(app, "--source", downloads.source, "Address of the sound, with {ytid} in it (YouTube)",
                   "TEMPLATE")
        ->transform(orYouTube);
}

void addWorkers(CLI::App *app, session::DownloadSettings &downloads)
{
    addNumber(app, "--workers", downloads.workers, 1, 16, "Downloads at a time (2)")->group("Downloads");
}

CLI::Option *addPerHour(CLI::App *app, session::DownloadSettings &downloads, const std::string &description)
{
    return addNumber(app, "--per-hour", downloads.ownPerHour, 0, AnyNumber, description)
        ->each([&downloads](const std::string &) {
            downloads.pace = session::DownloadSettings::RateLimiter::Own;
        });
}

} // namespace earmark::cli
