#include "cli/fetchplan.h"
#include "cli/fetchrun.h"
#include "cli/report.h"
#include "cli/selection.h"

#include "base/format.h"
#include "download/forecast.h"
#include "export/exportjob.h"
#include "export/exporttarget.h"
#include "review/judgementimport.h"
#include "tools/preflight.h"
#include "verify/adopt.h"
#include "verify/shortclips.h"

#include <QFileInfo>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

/// Failures that may be gone the next time; the others are tried again only when their class is named. (Later
/// has a date, at which the queue takes it up by itself.)
constexpr FailureClass TriedAgain[] = {FailureClass::RateLimit, FailureClass::Transient,
                                       FailureClass::Environment, FailureClass::Unknown};

/// Of --retry: clips that are short.
const QString ShortWord = keyword(ClipState::Short);

Result<std::vector<FailureClass>> retried(const std::vector<QString> &words)
{
    std::vector<FailureClass> classes(std::begin(TriedAgain), std::end(TriedAgain));
    for (const QString &text : words) {
        if (text == ShortWord)
            continue; // no failure: see doubtShortClips()
        if (text == u"all") {
            classes.insert(classes.end(), AllFailureClasses.begin(), AllFailureClasses.end());
            continue;
        }
        const auto failure = failureClassFromKeyword(text);
        if (!failure) {
            QStringList known{u"all"_s, ShortWord};
            for (const FailureClass each : AllFailureClasses)
                known.append(keyword(each));
            return earmark::failure(ErrorCode::BadInput,
                                    u"--retry: there is no failure class “%1”; expected one of %2."_s.arg(
                                        text, known.join(u", "_s)));
        }
        classes.push_back(*failure);
    }
    return classes;
}

/// Queues the short clips among the chosen ones, to be proven anew. Returns how many.
qsizetype doubtShortClips(const Selection &selection, workspace::Workspace &workspace)
{
    std::vector<SegmentKey> keys;
    keys.reserve(selection.rows.size());
    for (const segments::Row row : selection.rows)
        keys.push_back(selection.split.table.key(row));
    return verify::doubtShortClips(workspace, keys);
}

/// How the options choose segments, for the card of an export.
QString choiceOf(const SelectionOptions &options)
{
    QString text =
        segments::choiceText(options.where, static_cast<segments::Row>(options.sample.perLabel),
                             static_cast<segments::Row>(options.sample.random), options.sample.seed);
    if (options.shard.of > 1)
        text += u", part %1 of %2"_s.arg(options.shard.number).arg(options.shard.of);
    if (options.limit >= 0)
        text += u", the first %1"_s.arg(countText(options.limit));
    return text;
}

/// A manifest tells what listeners said of the clips that were chosen.
void takeJudgements(const Selection &selection, workspace::Workspace &workspace, const QString &manifest)
{
    std::map<SegmentKey, Judgement> said;
    for (const segments::Row row : selection.rows) {
        const auto judged = selection.split.judgements.find(selection.split.table.key(row));
        if (judged != selection.split.judgements.end())
            said.insert(*judged);
    }
    const review::JudgementImport judgementImport =
        review::judgementImport(said, workspace.clips(), workspace.journal());
    review::apply(workspace, judgementImport);
    if (const QString text = review::describe(judgementImport, manifest); !text.isEmpty())
        note(text);
}

/// Writes the manifest that --manifest asks for, and says so in `json`, which is of the clips.
Exit writeManifest(const workspace::Layout &layout, const QString &path, Exit exit,
                   nlohmann::ordered_json &json)
{
    const QString out = path.isEmpty() ? layout.manifest() : path;
    const auto report = exports::runExport(layout.root(), {.options = {.out = out}});
    if (!report) {
        complain(report.error().text);
        json["error"] = errorJson(u"manifest"_s, report.error().text);
        // No clip at all: that is said by `exit` when the downloads failed.
        return exit == Done || report.error().code != ErrorCode::BadInput ? Failed : exit;
    }
    for (const QString &warning : report->warnings)
        note(warning);
    note(u"%1 written to %2"_s.arg(counted(report->written, u"clip"), report->path));
    json["manifest"] = report->path.toStdString();
    json["written"] = report->written;
    return exit;
}

/// Says how much there is to do, and how long that takes at the pace.
void announce(const ClipCounts &counts, const Selection &selection, qint64 added,
              const download::QueueOptions &queue)
{
    note(u"%1 found, %2 to download, %3 ready; yt-dlp %4, ffmpeg %5"_s.arg(
        counted(static_cast<qint64>(selection.rows.size()), u"segment"), countText(added),
        countText(counts.playable()), queue.worker.tools.ytdlp.version, queue.worker.tools.ffmpeg.version));
    const int perHour = queue.perHour.value_or(0);
    if (const qint64 left = counts.unfinished(); left > 0 && perHour > 0)
        note(download::forecastText(left, perHour, download::pacedMs(left, perHour),
                                    QDateTime::currentDateTime()));
}

} // namespace

Exit fetch(const FetchOptions &options)
{
    if (const QString problem = options.downloads.problem(); !problem.isEmpty())
        return refuse(problem);
    const auto retry = retried(options.retry);
    if (!retry)
        return refuse(retry.error().text);
    if (options.manifest && !options.manifest->isEmpty()) { // not only when all is downloaded
        const auto allowed = exports::checkTarget(*options.manifest, workspace::Layout(options.into),
                                                  {options.selection.split});
        if (!allowed)
            return fail(allowed.error());
        if (const QFileInfo out(*options.manifest); !QFileInfo(out.absolutePath()).isDir())
            return fail(
                {ErrorCode::NotFound,
                 u"There is no folder %1 for the manifest. Create the folder, or choose another."_s.arg(
                     out.absolutePath())});
    }
    SelectionOptions wanted = options.selection;
    wanted.workspace = options.into;
    const auto selection = select(wanted);
    if (!selection)
        return selection.error();
    if (selection->rows.empty() && options.selection.shard.of == 1)
        return fail(
            {ErrorCode::BadInput, u"The query matches no segment in %1."_s.arg(selection->split.path)});
    if (options.isDryRun)
        return planFetch(options, *selection, *retry);
    const ytdlp::Source source(options.downloads.source);
    const ytdlp::Tools tools = tools::findTools({options.ytdlp, options.ffmpeg}, ownDataFolder());
    const auto queue = options.downloads.queueOptions(tools, source, note);
    if (!tools.areUsable())
        return fail({ErrorCode::NotFound, tools.problem()});
    if (source.isYouTube() && !options.anyway) {
        if (const QString problem = tools::preflight({tools, source, options.downloads.fetch});
            !problem.isEmpty())
            return fail(
                {ErrorCode::NotFound,
                 u"%1 Downloads would fail: see earmark-cli doctor, or add --anyway."_s.arg(problem)});
    }
    auto workspace = openWorkspace(options.into, options.sampleRate, options.channels);
    if (!workspace)
        return fail(workspace.error());
    (*workspace)->noteChoice(choiceOf(options.selection));
    auto added = (*workspace)->enqueue(selection->wanted(), *retry);
    if (std::ranges::find(options.retry, ShortWord) != options.retry.end())
        added += doubtShortClips(*selection, **workspace);
    takeJudgements(*selection, **workspace, selection->split.path);
    announce((*workspace)->counts(), *selection, added, queue);
    if (const QString found = verify::surveyText(verify::survey(**workspace)); !found.isEmpty())
        note(found);

    const FetchResult result = runQueue(**workspace, queue, options.wait);
    const workspace::Layout &layout = (*workspace)->layout();
    nlohmann::ordered_json json = countsJson(layout.root(), (*workspace)->counts());
    if (selection->sample)
        json["sample"] = sampleJson(*selection->sample, selection->classes);
    result.tell(json);
    Exit exit = result.exit;
    if (options.manifest && (exit == Done || exit == SomeFailed))
        exit = writeManifest(layout, *options.manifest, exit, json);
    if (options.json)
        printJson(json);
    else
        printLine(countsText(layout.root(), (*workspace)->counts()));
    return exit;
}

} // namespace earmark::cli
