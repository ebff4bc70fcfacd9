#include "cli/commandline.h"

#include "cli/commandflags.h"
#include "cli/exportflags.h"
#include "cli/options.h"
#include "cli/sharedflags.h"
#include "cli/usage.h"

#include <algorithm>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

Exit showVersion()
{
    printLine(QLatin1StringView(EARMARK_VERSION));
    return Done;
}

} // namespace

CommandLine::CommandLine()
    : m_app(std::make_unique<CLI::App>(
          "Build audio datasets from AudioSet: select segments, download them, write a manifest.",
          "earmark-cli"))
{
    m_app->require_subcommand(0, 1); // what follows a command is no command
    m_app->set_help_flag("-h,--help", "Show this help")->group("General");
    m_app->add_flag("-V,--version")->description("Show the version")->group("General");
    addWorkspaceCommands();
    addToolCommands();
    addHelp();
    m_app->footer("earmark-cli demo --into demo\n"
                  "earmark-cli official balanced --into .\n"
                  "earmark-cli list split.csv --where 'under:Animal -label:Music' --count\n"
                  "earmark-cli fetch split.csv --where 'label:Dog' --limit 50 --into dogs\n"
                  "earmark-cli export dogs --format audiofolder --out dogs-hf");
}

CommandLine::~CommandLine() = default;

CLI::App *CommandLine::add(const char *name, const std::string &description, const char *examples,
                           std::function<Exit()> action, bool *json)
{
    CLI::App *command = m_app->add_subcommand(name, description);
    // Runs after everything is parsed, so that a wrong command line does nothing.
    command->callback([this, action = std::move(action)] { m_action = action; });
    command->footer(examples);
    addGeneral(command, m_manner);
    if (json != nullptr)
        addJson(command, *json);
    return command;
}

void CommandLine::addWorkspaceCommands()
{
    CLI::App *command = add(
        "inspect", std::string("Summarize a list and show its skipped lines\n") + ListFormats,
        "earmark-cli inspect split.csv\n"
        "earmark-cli inspect split.csv --json",
        [this] { return inspect(m_inspect); }, &m_inspect.json);
    addText(command, "LIST", m_inspect.split, ListDescription)->required();
    addClasses(command, m_inspect.classes);

    command = add(
        "list", std::string("Print the matching segments of a list\n") + ListFormats,
        "earmark-cli list split.csv --where 'under:Animal -label:Music' --count\n"
        "earmark-cli list split.csv --per-label 20 --seed 1 > sample.csv\n"
        "earmark-cli list split.csv --where dog | earmark-cli fetch - --into dogs",
        [this] { return list(m_list); }, &m_list.json);
    addList(command, m_list);

    command = add(
        "fetch",
        std::string("Download segments and convert them to WAV (resumes where it stopped)\n") + ListFormats +
            "\nFailures that may pass are retried on every run. To keep passwords off the command line, put "
            "the options into a file for --settings-file. ffmpeg's command line shows other users the "
            "cookies for the audio and headers from --yt-dlp-arg.",
        "earmark-cli fetch split.csv --where 'label:Dog' --into dogs --dry-run\n"
        "earmark-cli fetch split.csv --per-label 20 --seed 1 --into sample --manifest\n"
        "earmark-cli fetch split.csv --into all --source 'http://mirror/{ytid}.m4a'",
        [this] { return fetch(m_fetch); }, &m_fetch.json);
    addFetch(command, m_fetch);
    addVerbose(command, m_manner);
    addProgress(command, m_manner);

    command = add(
        "status", "Show how many clips of a workspace are ready, queued or failed, and why",
        "earmark-cli status dogs\n"
        "earmark-cli status dogs --json",
        [this] { return status(m_status); }, &m_status.json);
    addText(command, "DIR", m_status.workspace, "Workspace folder")->required();

    command = add(
        "verify", "Check a workspace against its ledger, or a frozen export against its checksums",
        "earmark-cli verify dogs --deep --repair\n"
        "earmark-cli verify dogs-hf",
        [this] { return verify(m_verify); }, &m_verify.json);
    addVerify(command, m_verify);
    addProgress(command, m_manner);

    command = add(
        "coverage", "Report what was requested, what was downloaded, and why clips are missing",
        "earmark-cli coverage dogs --missing gaps.csv\n"
        "earmark-cli coverage dogs --out coverage.json",
        [this] { return coverage(m_coverage); }, &m_coverage.json);
    addCoverage(command, m_coverage);

    command = add(
        "export", "Write a manifest, or a folder with the clips, for training tools",
        "earmark-cli export dogs\n"
        "earmark-cli export dogs --where 'verdict:keep' --out - | head\n"
        "earmark-cli export dogs --format kaldi --labels name --out dogs-kaldi\n"
        "earmark-cli export dogs --format audiofolder --out dogs-hf --card --dry-run",
        [this] { return exportManifest(m_export); }, &m_export.json);
    addExport(command, m_export);
    addProgress(command, m_manner);

    command = add(
        "demo", "Run the whole job on the built-in sample, with a local audio source",
        "earmark-cli demo --into demo", [this] { return demo(m_demo); }, &m_demo.json);
    addText(command, "--into", m_demo.into, "Workspace folder", "DIR")
        ->default_str("Earmark's own")
        ->group("Downloads");
    addWorkers(command, m_demo.downloads);
    addVerbose(command, m_manner);
    addProgress(command, m_manner);
}

void CommandLine::addToolCommands()
{
    CLI::App *command = add(
        "official", "Download AudioSet's own files: splits, label map, ontology, ratings, strong labels",
        "earmark-cli official --list\n"
        "earmark-cli official balanced ontology --into .",
        [this] { return official(m_official); }, &m_official.json);
    addOfficial(command, m_official);
    addProgress(command, m_manner);

    command = add(
        "tools", "Show, update and test yt-dlp, ffmpeg and the JavaScript runtime",
        "earmark-cli tools\n"
        "earmark-cli tools --update --self-test",
        [this] { return toolsCommand(m_tools); }, &m_tools.json);
    addTools(command, m_tools);
    addProgress(command, m_manner);

    command = add(
        "doctor", "Check everything that downloads need, and repair what Earmark can",
        "earmark-cli doctor dogs\n"
        "earmark-cli doctor --fix",
        [this] { return doctor(m_doctor); }, &m_doctor.json);
    addDoctor(command, m_doctor);
    addProgress(command, m_manner);

    command = add(
        "explain", "Explain the failures in a yt-dlp log: cause and remedy of each",
        "earmark-cli explain dogs/logs/failures.log\n"
        "yt-dlp ADDRESS 2>&1 | earmark-cli explain",
        [this] { return explain(m_explain); }, &m_explain.json);
    addText(command, "LOG", m_explain.log, "Log file, at most 16 MB")->default_str("standard input");
}

void CommandLine::addHelp()
{
    CLI::App *command = add("help", "Show the help for a command or for the query language",
                            "earmark-cli help fetch\n"
                            "earmark-cli help query",
                            [this] { return showHelp(*m_app, m_topic); });
    addText(command, "TOPIC", m_topic, "Command, or “query” for the query language");
    add("version", "Show the version", "earmark-cli version", showVersion);
}

void CommandLine::parse(std::vector<std::string> arguments)
{
    std::ranges::reverse(arguments); // as CLI11 wants them
    m_app->parse(arguments);
}

Exit CommandLine::run(const std::vector<std::string> &arguments)
{
    m_manner.isJson = std::ranges::find(arguments, "--json") != arguments.end();
    setManner(m_manner);
    const std::string first = arguments.empty() ? std::string() : arguments.front();
    const auto commands = m_app->get_subcommands({});
    if (!first.starts_with('-') &&
        std::ranges::none_of(commands, [&first](const CLI::App *each) { return each->get_name() == first; }))
        return refuseCommand(*m_app, first);
    try {
        parse(arguments);
    } catch (const CLI::CallForHelp &) {
        const auto named = m_app->get_subcommands();
        return showHelp(*m_app,
                        named.empty() ? QString() : QString::fromStdString(named.front()->get_name()));
    } catch (const CLI::ParseError &error) {
        return refuseCommandLine(*m_app, error);
    }
    setManner(m_manner);
    if (m_app->count("--version") > 0)
        return showVersion();
    return m_action ? m_action() : refuseCommand(*m_app, {});
}

} // namespace earmark::cli
