#include "cli/fetchplan.h"

#include "base/format.h"
#include "cli/report.h"
#include "download/forecast.h"
#include "workspace/ledgerreader.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QStorageInfo>

#include <algorithm>

namespace earmark::cli {

using namespace Qt::StringLiterals;

namespace {

bool isUnfinished(ClipState state)
{
    return state == ClipState::Queued || isRunning(state);
}

/// What a fetch would do with clips.
struct Plan
{
    workspace::ClipFormat format; ///< of the WAVs
    qint64 queued = 0;            ///< in the ledger already, whatever the list says: fetch downloads them too
    qint64 added = 0;             ///< of the list, not queued yet
    qint64 done = 0;              ///< of the list, ready or short
    qint64 notRetried = 0;        ///< of the list, failed and left alone
    qint64 convertedAgain = 0;    ///< ready or short, in another format than asked for
    qint64 downloadMs = 0;        ///< length of what is downloaded
    qint64 convertMs = 0;         ///< length of what is only converted

    qint64 downloads() const { return queued + added; }

    /// Bytes on the disk when it is done. AudioSet's usual sound, AAC, has 128 kbit a second; a second more
    /// is downloaded on each side.
    qint64 bytes() const
    {
        constexpr qint64 RawPerSecond = 16'000;
        constexpr qint64 Sides = 2;
        const qint64 wavPerSecond = qint64{2} * format.sampleRate * format.channels;
        return (downloadMs / 1000 + Sides * downloads()) * RawPerSecond +
               (downloadMs + convertMs) / 1000 * wavPerSecond;
    }
};

/// The states of the clips that the ledger knows, and of failed ones why.
using Known = QHash<SegmentKey, std::pair<ClipState, FailureClass>>;

/// Also adds what is queued there, and in which format clips are made. A folder without a ledger knows none.
Result<Known> readLedger(const QString &folder, const FetchOptions &options, Plan &plan)
{
    Known known;
    auto ledger = workspace::LedgerReader::open(folder);
    const bool isNew = !ledger && ledger.error().code == ErrorCode::NotFound;
    if (!ledger && !isNew)
        return tl::unexpected(ledger.error());
    if (!isNew) {
        auto settings = (*ledger)->settings();
        if (!settings)
            return tl::unexpected(settings.error());
        plan.format = settings->format;
    }
    const workspace::ClipFormat former = plan.format;
    if (options.sampleRate > 0)
        plan.format.sampleRate = options.sampleRate;
    if (options.channels > 0)
        plan.format.channels = options.channels;
    if (isNew)
        return known;
    const auto visit = [&](const WantedClip &wanted, const Clip &record) {
        known.insert(wanted.key, {record.progress.state, record.progress.failure});
        if (isUnfinished(record.progress.state)) {
            ++plan.queued;
            plan.downloadMs += wanted.key.durationMs();
        } else if (isPlayable(record.progress.state) && plan.format != former) {
            ++plan.convertedAgain;
            plan.convertMs += wanted.key.durationMs();
        }
        return true;
    };
    if (auto read = (*ledger)->forEach(visit); !read)
        return tl::unexpected(read.error());
    return known;
}

/// Adds the list's segments, as Workspace::enqueue() decides.
void addList(Plan &plan, const Known &known, const Selection &selection,
             const std::vector<FailureClass> &retry, bool retriesShort)
{
    for (const segments::Row row : selection.rows) {
        const SegmentKey key = selection.split.table.key(row);
        const auto [state, failure] = known.value(key, {ClipState::Absent, FailureClass::None});
        if (isPlayable(state) && !(state == ClipState::Short && retriesShort)) {
            ++plan.done;
        } else if (state == ClipState::Failed && std::ranges::find(retry, failure) == retry.end()) {
            ++plan.notRetried;
        } else if (!isUnfinished(state)) {
            ++plan.added;
            plan.downloadMs += key.durationMs();
        }
    }
}

/// The folder, or that in which it would be made.
QString existingPlace(const QString &folder)
{
    QString place = folder;
    while (!QFileInfo::exists(place) && place != QFileInfo(place).path())
        place = QFileInfo(place).path();
    return place;
}

} // namespace

Exit planFetch(const FetchOptions &options, const Selection &selection,
               const std::vector<FailureClass> &retry)
{
    const QString folder = QDir::cleanPath(QFileInfo(options.into).absoluteFilePath());
    const QFileInfo place(existingPlace(folder));
    if (!place.isDir())
        return fail(
            {ErrorCode::Unwritable, u"%1 is a file. Name a folder with --into."_s.arg(place.filePath())});
    if (!place.isWritable())
        return fail({ErrorCode::Unwritable,
                     u"%1 cannot be written to. Choose another place, or change the permissions."_s.arg(
                         place.filePath())});
    Plan plan;
    const auto known = readLedger(folder, options, plan);
    if (!known)
        return fail(known.error());
    addList(plan, *known, selection, retry,
            std::ranges::find(options.retry, keyword(ClipState::Short)) != options.retry.end());
    const int perHour = options.downloads.perHour(ytdlp::Source(options.downloads.source));
    const qint64 milliseconds = download::pacedMs(plan.downloads(), perHour);
    const QStorageInfo storage(place.filePath());
    const qint64 room = storage.isValid() ? storage.bytesAvailable() : -1; // -1: nobody knows
    const bool isTooFull = room >= 0 && plan.bytes() > room;
    const auto segments = static_cast<qint64>(selection.rows.size());

    if (options.json) {
        nlohmann::ordered_json json;
        json["workspace"] = folder.toStdString();
        json["dry_run"] = true;
        json["segments"] = segments;
        json["to_download"] = plan.downloads();
        json["queued_before"] = plan.queued;
        json["ready"] = plan.done;
        json["not_retried"] = plan.notRetried;
        json["to_convert_again"] = plan.convertedAgain;
        json["bytes"] = plan.bytes();
        json["free_bytes"] = room;
        json["per_hour"] = perHour;
        json["seconds"] = milliseconds / 1000;
        if (selection.sample)
            json["sample"] = sampleJson(*selection.sample, selection.classes);
        printJson(json);
    } else {
        printLine(u"%1 found, %2 to download into %3"_s.arg(counted(segments, u"segment"),
                                                            counted(plan.downloads(), u"clip"), folder));
        if (plan.queued > 0)
            printLine(u"%1 of them queued before"_s.arg(countText(plan.queued)));
        if (plan.done > 0)
            printLine(u"%1 ready already"_s.arg(countText(plan.done)));
        if (plan.notRetried > 0)
            printLine(u"%1 failed and not retried; see --retry"_s.arg(countText(plan.notRetried)));
        if (plan.convertedAgain > 0)
            printLine(u"%1 to convert again, without a download"_s.arg(countText(plan.convertedAgain)));
        if (plan.downloads() > 0 && perHour > 0)
            printLine(download::forecastText(plan.downloads(), perHour, milliseconds,
                                             QDateTime::currentDateTime()));
        printLine(room < 0
                      ? u"About %1 on the disk"_s.arg(bytesText(plan.bytes()))
                      : u"About %1 on the disk, %2 free"_s.arg(bytesText(plan.bytes()), bytesText(room)));
        printLine(u"Nothing was changed (--dry-run)."_s);
    }
    if (isTooFull)
        note(u"The disk is too full for all of them. Free some space, or choose another folder."_s);
    return Done;
}

} // namespace earmark::cli
