#include "cli/exportflags.h"

#include "cli/options.h"

#include <algorithm>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *Output = "Output";
constexpr const char *Clips = "Clips";
constexpr const char *Labels = "Labels and columns";
constexpr const char *Parts = "Parts and accompanying files";
constexpr const char *Files = "Paths and files";

template <class Words>
std::vector<QString> namesOf(const Words &words, std::size_t count)
{
    std::vector<QString> names;
    for (std::size_t at = 0; at < count; ++at)
        names.push_back(words[at].keyword);
    return names;
}

/// "nemo: JSON lines …" and so on, a line each.
template <class Words>
std::string explained(const Words &words)
{
    QString lines;
    for (const auto &each : words)
        lines += u'\n' + each.keyword + u": "_s + each.explanation;
    return lines.toStdString();
}

/// An option whose values are the first `count` words.
template <class Words, class T>
CLI::Option *addWords(CLI::App *app, const std::string &name, T &target, const Words &words,
                      const std::string &description, const std::string &value, std::size_t count)
{
    return addChoice(
        app, name, namesOf(words, count),
        [&target, &words](std::size_t place) { target = words[place].value; }, description, value);
}

} // namespace

void addExport(CLI::App *app, ExportOptions &options)
{
    using namespace exports;
    exports::ExportOptions &wanted = options.job.options;
    addText(app, "DIR", options.workspace, "Workspace folder")->required();
    addChoice(
        app, "--format", namesOf(exportFormats(), exportFormats().size()),
        [&wanted](std::size_t place) { wanted.format = &exportFormats()[place]; },
        "Format of the output" + explained(exportFormats()), "FORMAT")
        ->default_str("nemo")
        ->group(Output);
    addText(app, "--out", wanted.out, "File or folder, - for standard output", "PATH")
        ->default_str("DIR/manifest.json")
        ->group(Output);
    app->add_flag("--dry-run", options.isDryRun,
                  "Show the first lines, and what is left out or replaced; write nothing")
        ->group(Output);

    addWords(app, "--scope", wanted.scope, ExportScopeKeywords,
             "Which verdicts to export" + explained(ExportScopeKeywords), "SCOPE", ExportScopeKeywords.size())
        ->default_str("not-rejected")
        ->group(Clips);
    addText(app, "--where", wanted.query, "Only clips that match QUERY; see “earmark-cli help query”",
            "QUERY")
        ->group(Clips);
    addNumber(app, "--min-duration", wanted.shortest, 0.0, std::numeric_limits<double>::max(),
              "Leave out shorter clips", "SECONDS", "10 for ten seconds")
        ->group(Clips);
    app->add_flag("!--drop-doubted", wanted.withDoubted, "Leave out doubtful labels")->group(Clips);

    addWords(app, "--labels", wanted.labels, LabelKindKeywords,
             "Labels as id, name or index of the label map", "KIND", LabelKindKeywords.size())
        ->default_str("id")
        ->group(Labels);
    addText(app, "--label-map", options.labelMap, "Label file, or 521 for YAMNet's classes", "FILE")
        ->default_str("AudioSet's 527")
        ->group(Labels);
    app->add_flag("--multi-hot", wanted.isMultiHot, "CSV and TSV: add a column of 0 and 1 for each class")
        ->group(Labels);
    app->add_option_function<std::vector<std::string>>(
           "--column",
           [&wanted, names = namesOf(ExportColumnKeywords, ExportColumnKeywords.size())](
               const std::vector<std::string> &words) {
               for (const std::string &word : words)
                   wanted.columns.push_back(
                       ExportColumnKeywords[placeOf("--column", QString::fromStdString(word), names)].value);
           },
           "Extra columns, separated by commas" + explained(ExportColumnKeywords))
        ->delimiter(',')
        ->allow_extra_args(false)
        ->take_all()
        ->option_text("NAME,…")
        ->group(Labels);
    app->add_flag("!--raw", wanted.escapesFormulas,
                  "CSV and TSV: write text unchanged, even if it looks like a formula")
        ->group(Labels);

    CLI::Option *split =
        addText(app, "--split", options.split,
                "Parts in percent: 80/10/10, or train=70,dev=30; no video is in two parts", "SHARES")
            ->group(Parts);
    addNumber(app, "--seed", options.job.seed, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max(),
              "Random seed; the same seed gives the same parts")
        ->default_str("1")
        ->needs(split)
        ->group(Parts);
    CLI::Option *card = app->add_flag("--card", options.job.hasCard,
                                      "Add dataset_card.md and coverage.json, and with --split parts.csv")
                            ->group(Parts);
    addTexts(app, "--source", options.sources, "List that the clips are from, for the card; repeatable",
             "LIST")
        ->allow_extra_args(false)
        ->take_all()
        ->needs(card)
        ->group(Parts);
    app->add_flag("--frozen", options.job.withChecksums,
                  "Add checksums.sha256, for “earmark-cli verify” or sha256sum")
        ->group(Parts);

    CLI::Option *paths =
        addWords(app, "--paths", wanted.paths, PathStyleKeywords, "Paths, relative or absolute", "STYLE", 2)
            ->default_str("as the format requires")
            ->group(Files);
    app->add_option_function<std::string>(
           "--prefix",
           [&wanted](const std::string &prefix) {
               wanted.paths = PathStyle::Prefixed;
               wanted.prefix = QString::fromStdString(prefix);
           },
           "Write paths as TEXT and the file name, such as '$data_root/'")
        ->excludes(paths)
        ->option_text("TEXT")
        ->group(Files);
    addWords(app, "--clips", wanted.clips, ClipFilesKeywords,
             "What to do with the clips" + explained(ClipFilesKeywords), "HOW", ClipFilesKeywords.size())
        ->default_str("leave")
        ->group(Files);
    app->add_flag("!--without-y", wanted.hasYPrefix, "Omit the Y before video ids in ids and file names")
        ->group(Files);
    app->add_option_function<std::string>(
           "--shard-size",
           [&wanted](const std::string &text) { wanted.shardBytes = bytesFrom("--shard-size", text); },
           "WebDataset: maximum size of a shard, such as 500MB")
        ->default_str("1GB")
        ->option_text("SIZE")
        ->group(Files);
}

} // namespace earmark::cli
