#include "cli/report.h"

#include "base/atomicfile.h"
#include "base/descriptor.h"
#include "base/format.h"
#include "base/spoolfile.h"
#include "cli/selection.h"
#include "cli/watched.h"
#include "export/exportjob.h"
#include "query/queryparser.h"
#include "readers/segmentfile.h"

#include <QDir>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int ShownLines = 5; ///< of the first file, with --dry-run

Result<exports::CardSource> sourceOf(const QString &path)
{
    const auto split = readers::readSegments(path);
    if (!split)
        return tl::unexpected(split.error());
    // A pipe cannot be read again for its checksum.
    const bool isFile = split->path == path && QFileInfo(path).isFile();
    return exports::CardSource{
        QFileInfo(split->path).fileName(), split->table.size(), {}, isFile ? path : QString()};
}

/// What an export came to, or would come to.
struct Outcome
{
    std::optional<query::QueryError> queryFault = {}; ///< nothing was done for it
    exports::ExportForecast forecast = {};
};

Result<Outcome> outcomeOf(const ExportOptions &options, const exports::ExportJob &job,
                          const std::stop_token &stop, const exports::ExportProgress &progress)
{
    const auto clips = exports::ClipTable::read(options.workspace, stop);
    if (!clips)
        return tl::unexpected(clips.error());
    Outcome outcome{.queryFault = exports::queryFault(*clips, job.options)};
    if (outcome.queryFault)
        return outcome;
    if (options.isDryRun) {
        auto forecast = exports::forecastExport(*clips, job, ShownLines, stop);
        if (!forecast)
            return tl::unexpected(forecast.error());
        outcome.forecast = std::move(*forecast);
        return outcome;
    }
    auto report = exports::runExport(*clips, job, stop, progress);
    if (!report)
        return tl::unexpected(report.error());
    outcome.forecast.report = std::move(*report);
    return outcome;
}

Result<Outcome> exported(const ExportOptions &options, const exports::ExportJob &job)
{
    TaskProgress progress;
    const auto state = [&]() -> ProgressLine::State {
        if (progress.total == 0)
            return {0, u"reading %1"_s.arg(options.workspace)};
        return {static_cast<double>(progress.done) / static_cast<double>(progress.total),
                u"%1 of %2 written"_s.arg(countText(progress.done), countText(progress.total))};
    };
    const Interrupt interrupt;
    return watched(interrupt, state, [&](const std::stop_token &stop) {
        return outcomeOf(options, job, stop, [&](qint64 lines, qint64 all) {
            progress.done = lines;
            progress.total = all;
        });
    });
}

nlohmann::ordered_json reportJson(const exports::ExportReport &report, const QString &where)
{
    nlohmann::ordered_json json;
    json["written"] = report.written;
    json["skipped"] = nlohmann::ordered_json::object();
    for (const auto &[reason, count] : report.skipped)
        json["skipped"][reason.toStdString()] = count;
    json["unfit"] = nlohmann::ordered_json::array();
    for (const exports::UnfitClip &each : report.unfit)
        json["unfit"].push_back(
            {{"clip", each.key.stem().toStdString()}, {"reason", QString(each.why).toStdString()}});
    json["kept"] = nlohmann::ordered_json::array();
    for (const QString &name : report.kept)
        json["kept"].push_back(name.toStdString());
    json["out"] = where.toStdString();
    for (const auto &[part, clips] : report.parts)
        json["parts"][part.toStdString()] = clips;
    json["warnings"] = nlohmann::ordered_json::array();
    for (const QString &warning : report.warnings)
        json["warnings"].push_back(warning.toStdString());
    return json;
}

/// "58 clips written to /…/dogs: train 46, test 12".
QString reportText(const exports::ExportReport &report, const QString &done, const QString &where)
{
    QStringList parts;
    for (const auto &[part, clips] : report.parts)
        parts.append(u"%1 %2"_s.arg(part, countText(clips)));
    return u"%1 %2 %3%4"_s.arg(counted(report.written, u"clip"), done, where,
                               parts.isEmpty() ? QString() : u": "_s + parts.join(u", "_s));
}

void showForecast(const exports::ExportForecast &forecast, const QString &where, bool asJson)
{
    if (asJson) {
        nlohmann::ordered_json json = reportJson(forecast.report, where);
        json["dry_run"] = true;
        json["replaced"] = nlohmann::ordered_json::array();
        for (const QString &file : forecast.replaced)
            json["replaced"].push_back(file.toStdString());
        json["first_lines"] = forecast.first.text.toStdString();
        printJson(json);
        return;
    }
    printLine(reportText(forecast.report, u"to write to"_s, where));
    for (const QString &file : forecast.replaced)
        printLine(u"Would replace %1"_s.arg(file));
    if (!forecast.first.text.isEmpty())
        printLine(u"First lines of %1:\n%2"_s.arg(forecast.first.files.value(0, u"each clip"_s),
                                                  QString::fromUtf8(forecast.first.text).trimmed()));
    printLine(u"Nothing was written (--dry-run)."_s);
}

/// Keeps an export for a terminal, on which texts of other people must not act.
class TerminalOutput final
{
public:
    static Result<TerminalOutput> make()
    {
        auto file = SpoolFile::make();
        if (!file)
            return tl::unexpected(file.error());
        Descriptor opened(::open(QFile::encodeName((*file)->path()).constData(), O_WRONLY | O_CLOEXEC));
        if (!opened.isOpen())
            return tl::unexpected(writeError((*file)->path(), errno));
        return TerminalOutput(std::move(*file), std::move(opened));
    }
    int descriptor() const { return m_descriptor.number(); }
    void print() const
    {
        QFile file(m_file->path());
        if (file.open(QIODevice::ReadOnly))
            printLine(QString::fromUtf8(file.readAll()).chopped(1));
    }

private:
    TerminalOutput(std::unique_ptr<SpoolFile> file, Descriptor descriptor)
        : m_file(std::move(file))
        , m_descriptor(std::move(descriptor))
    {
    }

    std::unique_ptr<SpoolFile> m_file;
    Descriptor m_descriptor;
};

bool isStandardOutput(const QString &out)
{
    return out == u"-" || out == u"/dev/stdout";
}

/// What --out cannot be, as a sentence; empty when all is well.
QString outProblem(const ExportOptions &options)
{
    const exports::ExportJob &job = options.job;
    if (job.options.out.isEmpty())
        return job.options.format != exports::ExportOptions().format || job.isFolder()
                   ? u"Name the file or folder to write with --out."_s
                   : QString();
    if (!isStandardOutput(job.options.out))
        return {};
    if (job.isFolder())
        return u"This export is a folder, which cannot go to standard output. Name it with --out."_s;
    if (job.hasCard || job.withChecksums)
        return u"--card and --frozen write files beside the manifest. Name it with --out."_s;
    if (options.json && !options.isDryRun)
        return u"--json and --out - both write to standard output. Leave one out."_s;
    return {};
}

} // namespace

Exit exportManifest(const ExportOptions &options)
{
    exports::ExportJob job = options.job;
    exports::ExportOptions &wanted = job.options;
    if (const auto query = query::parseQuery(wanted.query); !query)
        return refuseQuery(wanted.query, query.error());
    auto classes = readClasses({.labels = options.labelMap, .ontology = {}, .quality = {}});
    if (!classes)
        return fail(classes.error());
    wanted.classes = std::move(*classes);
    if (!options.split.isEmpty()) {
        auto shares = exports::parseShares(options.split);
        if (!shares)
            return refuse(shares.error().text);
        job.shares = std::move(*shares);
    }
    ExportOptions asked = options;
    asked.job = job;
    if (const QString problem = outProblem(asked); !problem.isEmpty())
        return refuse(problem);
    std::optional<TerminalOutput> shown;
    if (isStandardOutput(wanted.out)) { // its paths are relative to where it is written: here
        wanted.outDescriptor = STDOUT_FILENO;
        if (::isatty(STDOUT_FILENO) != 0 && !options.isDryRun) {
            auto made = TerminalOutput::make();
            if (!made)
                return fail(made.error());
            shown = std::move(*made);
            wanted.outDescriptor = shown->descriptor();
        }
        wanted.out = QDir::current().filePath(u"manifest.json"_s);
    } else if (wanted.out.isEmpty()) {
        wanted.out = workspace::Layout(options.workspace).manifest();
    }
    for (const QString &path : options.sources) {
        auto source = sourceOf(path);
        if (!source)
            return fail(source.error());
        job.facts.sources.push_back(std::move(*source));
    }
    const auto outcome = exported(options, job);
    if (!outcome && outcome.error().code == ErrorCode::Cancelled)
        return fail(
            {ErrorCode::Cancelled, u"Interrupted. Nothing was written; run the same command again."_s});
    if (!outcome)
        return fail(outcome.error());
    if (outcome->queryFault)
        return refuseQuery(wanted.query, *outcome->queryFault);
    if (shown)
        shown->print();
    const exports::ExportReport &report = outcome->forecast.report;
    for (const QString &warning : report.warnings)
        note(warning);
    const bool isPiped = wanted.outDescriptor >= 0;
    const QString where = isPiped ? u"standard output"_s : report.path;
    if (options.isDryRun)
        showForecast(outcome->forecast, where, options.json);
    else if (options.json)
        printJson(reportJson(report, where));
    else if (isPiped)
        note(reportText(report, u"written to"_s, where));
    else
        printLine(reportText(report, u"written to"_s, where));
    return Done;
}

} // namespace earmark::cli
