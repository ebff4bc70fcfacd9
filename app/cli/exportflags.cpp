#include "cli/exportflags.h"

#include "cli/options.h"

#include <algorithm>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *Written = "What is written";
constexpr const char *Chosen = "Clips";
constexpr const char *Labels = "Labels and columns";
constexpr const char *Parts = "Parts and companions";
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
        "Format (nemo)" + explained(exportFormats()), "FORMAT")
        ->group(Written);
    addText(app, "--out", wanted.out,
            "File or folder to write (DIR/manifest.json); - writes to standard output", "PATH")
        ->group(Written);
    app->add_flag("--dry-run", options.isDryRun,
                  "Show how many clips go in, what is left out and why, the first lines, and the files that "
                  "would be replaced; write nothing")
        ->group(Written);

    addWords(app, "--scope", wanted.scope, ExportScopeKeywords,
             "Verdicts (not-rejected)" + explained(ExportScopeKeywords), "SCOPE", ExportScopeKeywords.size())
        ->group(Chosen);
    addText(app, "--where", wanted.query,
            "Only clips that match this query, for example 'dog verdict:keep'; see “earmark-cli help query”",
            "QUERY")
        ->group(Chosen);
    addNumber(app, "--min-duration", wanted.shortest, 0.0, std::numeric_limits<double>::max(),
              "Leave out shorter clips", "SECONDS", "10 for ten seconds")
        ->group(Chosen);
    app->add_flag("!--drop-doubted", wanted.withDoubted, "Leave out labels that a listener does not hear")
        ->group(Chosen);

    addWords(app, "--labels", wanted.labels, LabelKindKeywords,
             "Labels as id, name or index of the label map (id)", "KIND", LabelKindKeywords.size())
        ->group(Labels);
    addText(app, "--label-map", options.labelMap,
            "Label file, or 521 for YAMNet's classes, instead of AudioSet's 527", "FILE")
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
           "Further columns, separated by commas" + explained(ExportColumnKeywords))
        ->delimiter(',')
        ->allow_extra_args(false)
        ->take_all()
        ->option_text("NAME,…")
        ->group(Labels);
    app->add_flag("!--raw", wanted.escapesFormulas,
                  "CSV and TSV: write texts unchanged, including text that a spreadsheet takes for a formula")
        ->group(Labels);

    CLI::Option *split =
        addText(app, "--split", options.split,
                "Parts in per cent: 80/10/10 for train, validation and test, or train=70,dev=30; no video "
                "and no sound is in two of them",
                "SHARES")
            ->group(Parts);
    addNumber(app, "--seed", options.job.seed, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max(),
              "The same seed gives the same parts on every machine (1)")
        ->needs(split)
        ->group(Parts);
    CLI::Option *card =
        app->add_flag("--card", options.job.hasCard,
                      "Also write dataset_card.md and coverage.json, and parts.csv with --split")
            ->group(Parts);
    addTexts(app, "--source", options.sources,
             "List that the clips were chosen from: the card names it, with its SHA-256; repeatable", "LIST")
        ->allow_extra_args(false)
        ->take_all()
        ->needs(card)
        ->group(Parts);
    app->add_flag("--frozen", options.job.withChecksums,
                  "Also write checksums.sha256, which verify and sha256sum check on any machine")
        ->group(Parts);

    CLI::Option *paths =
        addWords(app, "--paths", wanted.paths, PathStyleKeywords,
                 "relative to what is written, or absolute (as the format's programs expect)", "STYLE", 2)
            ->group(Files);
    app->add_option_function<std::string>(
           "--prefix",
           [&wanted](const std::string &prefix) {
               wanted.paths = PathStyle::Prefixed;
               wanted.prefix = QString::fromStdString(prefix);
           },
           "Begin each path with this, before the name of the file, for example '$data_root/'")
        ->excludes(paths)
        ->option_text("TEXT")
        ->group(Files);
    addWords(app, "--clips", wanted.clips, ClipFilesKeywords,
             "leave the clips in the workspace, copy them into the folder that is written, or link them "
             "(hard links, which take no room) (leave)",
             "HOW", ClipFilesKeywords.size())
        ->group(Files);
    app->add_flag("!--without-y", wanted.hasYPrefix,
                  "Ids and names of copies without the Y before the video's id")
        ->group(Files);
    app->add_option_function<std::string>(
           "--shard-size",
           [&wanted](const std::string &text) { wanted.shardBytes = bytesFrom("--shard-size", text); },
           "WebDataset: size of the largest shard, in bytes or as 500MB (1GB)")
        ->option_text("SIZE")
        ->group(Files);
}

} // namespace earmark::cli
