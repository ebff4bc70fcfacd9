#include "cli/exportflags.h"

#include <CLI/CLI.hpp>

namespace earmark::cli {

using namespace Qt::StringLiterals;
using manifest::ExportColumnWords;
using manifest::ExportFormatWords;

namespace {

std::string text(QLatin1StringView word)
{
    return {word.data(), static_cast<std::size_t>(word.size())};
}

/// "nemo: JSON lines …; csv: …"
template <class Words>
std::string explained(const Words &words)
{
    std::string list;
    for (const auto &each : words)
        list += (list.empty() ? "" : "; ") + text(each.word) + ": " + text(each.explanation);
    return list;
}

template <class Words>
std::vector<std::string> namesOf(const Words &words)
{
    std::vector<std::string> names;
    for (const auto &each : words)
        names.push_back(text(each.word));
    return names;
}

/// An option whose values are the first `count` words.
template <class Words, class T>
CLI::Option *addChoice(CLI::App *app, const std::string &name, T &target, const Words &words,
                       const std::string &description, std::size_t count)
{
    auto names = namesOf(words);
    names.resize(count);
    return app
        ->add_option_function<std::string>(
            "--" + name,
            [&target, &words](const std::string &word) {
                target = *fromWord(words, QString::fromStdString(word));
            },
            description)
        ->check(CLI::IsMember(names).description(""));
}

} // namespace

void addExport(CLI::App *app, ExportOptions &options)
{
    using namespace manifest;
    manifest::ExportOptions &what = options.job.what;
    const auto addText = [app](const char *name, QString &target, const char *description) {
        return app->add_option_function<std::string>(
            name, [&target](const std::string &value) { target = QString::fromStdString(value); },
            description);
    };
    addText("DIR", options.workspace, "The workspace folder")->required();
    app->add_option_function<std::string>(
           "--format",
           [&what](const std::string &word) {
               what.format = *fromWord(ExportFormatWords, QString::fromStdString(word));
           },
           explained(ExportFormatWords))
        ->check(CLI::IsMember(namesOf(ExportFormatWords)).description(""));
    addText("--out", what.out, "The file or folder to write (DIR/manifest.json)");

    addChoice(app, "scope", what.scope, ExportScopeWords, explained(ExportScopeWords) + " (not-rejected)",
              ExportScopeWords.size());
    addText("--where", what.query, "Only clips that match this query, for example 'dog verdict:keep'");
    app->add_option("--min-duration", what.shortest, "Leave out shorter clips, seconds")
        ->check(CLI::NonNegativeNumber);
    app->add_flag("!--drop-doubted", what.withDoubted, "Leave out labels that a listener does not hear");

    addChoice(app, "labels", what.labels, LabelKindWords, "Labels as id, name or index of the label map (id)",
              LabelKindWords.size());
    addText("--label-map", options.labelMap,
            "A label file, or 521 for YAMNet's classes, instead of AudioSet's 527");
    app->add_flag("--multi-hot", what.isMultiHot, "CSV and TSV: also a column of 0 and 1 for each class");
    app->add_flag(
        "!--raw", what.isDefused,
        "CSV and TSV: write texts unchanged, including text that a spreadsheet takes for a formula");
    app->add_option_function<std::vector<std::string>>(
           "--column",
           [&what](const std::vector<std::string> &words) {
               for (const std::string &word : words)
                   what.columns.push_back(*fromWord(ExportColumnWords, QString::fromStdString(word)));
           },
           "What else to say of a clip. " + explained(ExportColumnWords))
        ->delimiter(',')
        ->allow_extra_args(false)
        ->take_all()
        ->check(CLI::IsMember(namesOf(ExportColumnWords)).description(""));

    CLI::Option *split =
        addText("--split", options.split,
                "Parts, per cent: 80/10/10 for train, validation and test, or train=70,dev=30; "
                "no video and no sound is in two of them");
    app->add_option("--seed", options.job.seed, "The same seed gives the same parts everywhere (1)")
        ->needs(split);
    CLI::Option *card =
        app->add_flag("--card", options.job.hasCard,
                      "Also write dataset_card.md and coverage.json, and parts.csv with --split");
    app->add_option_function<std::vector<std::string>>(
           "--source",
           [&options](const std::vector<std::string> &paths) {
               for (const std::string &path : paths)
                   options.sources.push_back(QString::fromStdString(path));
           },
           "A list that the clips were chosen from: the card names it, with its SHA-256; may be repeated")
        ->allow_extra_args(false)
        ->take_all()
        ->needs(card);
    app->add_flag("--frozen", options.job.isFrozen,
                  "Also write checksums.sha256, which verify and sha256sum check on another machine");

    CLI::Option *paths =
        addChoice(app, "paths", what.paths, PathStyleWords,
                  "relative to what is written, or absolute (as the format's programs expect)", 2);
    app->add_option_function<std::string>(
           "--prefix",
           [&what](const std::string &prefix) {
               what.paths = PathStyle::Prefixed;
               what.prefix = QString::fromStdString(prefix);
           },
           "Paths are this and the name of the file, for example '$data_root/'")
        ->excludes(paths);
    addChoice(app, "clips", what.clips, ClipFilesWords,
              "leave the clips where they are, copy them into the folder that is written, or link "
              "them hard, which takes no room (leave)",
              ClipFilesWords.size());
    app->add_flag("!--without-y", what.withY, "Ids and names of copies without the Y before the video's id");
    app->add_option("--shard-size", what.shardBytes,
                    "WebDataset: the largest shard, bytes or such as 500MB (1GB)")
        ->transform(CLI::AsSizeValue(true));
}

} // namespace earmark::cli
