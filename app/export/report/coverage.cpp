#include "export/report/coverage.h"
#include "base/format.h"

#include "base/atomicfile.h"
#include "base/csvtext.h"
#include "export/exporttarget.h"
#include "export/jsontext.h"
#include "workspace/ledgerreader.h"

#include <QDateTime>

#include <nlohmann/json.hpp>

namespace earmark::exports {

using namespace Qt::StringLiterals;
using workspace::LedgerReader;

namespace {

QString timeText(qint64 moment)
{
    return moment > 0 ? QDateTime::fromMSecsSinceEpoch(moment).toUTC().toString(Qt::ISODate) : QString();
}

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// One row of a coverage.
struct CoverageRow
{
    QString what;
    QString which{};
    QString reason{};
    CoveragePart part{};
};

std::vector<CoverageRow> linesOf(const Coverage &coverage)
{
    std::vector<CoverageRow> lines{{.what = u"asked"_s, .part = coverage.asked}};
    const auto groupOf = [](ClipState state) {
        return isPlayable(state) ? u"got"_s : isLost(state) ? u"missing"_s : u"queued"_s;
    };
    for (const auto &[state, part] : coverage.states) {
        if (state != ClipState::Failed)
            lines.push_back({groupOf(state), keyword(state), {}, part});
    }
    for (const auto &[why, part] : coverage.missing)
        lines.push_back({u"missing"_s, keyword(why.first), why.second, part});
    if (coverage.unreadable.clips > 0)
        lines.push_back(
            {u"missing"_s, u"unknown"_s, u"Its row in the ledger is damaged."_s, coverage.unreadable});
    for (const auto &[version, part] : coverage.ytdlp)
        lines.push_back({u"yt-dlp"_s, version, {}, part});
    return lines;
}

} // namespace

void CoveragePart::add(qint64 changedAt)
{
    first = clips == 0 ? changedAt : std::min(first, changedAt);
    last = std::max(last, changedAt);
    ++clips;
}

Result<Coverage> readCoverage(const QString &workspaceFolder, const std::stop_token &stop)
{
    auto reader = LedgerReader::open(workspaceFolder);
    if (!reader)
        return tl::unexpected(reader.error());
    const auto settings = (*reader)->settings();
    if (!settings)
        return tl::unexpected(settings.error());
    Coverage coverage;
    coverage.format = settings->format;
    coverage.choices = settings->choices;
    coverage.perHour = settings->perHour;
    const auto read = (*reader)->forEachRow(workspace::schema::Select::Brief, [&](const LedgerRow &row) {
        if (row.progress.state == ClipState::Absent)
            return !stop.stop_requested();
        coverage.asked.add(row.progress.changedAt);
        coverage.states[row.progress.state].add(row.progress.changedAt);
        if (row.progress.state == ClipState::Failed)
            coverage.missing[{row.progress.failure, textOf(row.progress.reason)}].add(row.progress.changedAt);
        else if (isPlayable(row.progress.state))
            coverage.ytdlp[textOf(row.origin.toolVersion)].add(row.progress.changedAt);
        return !stop.stop_requested();
    });
    if (!read)
        return tl::unexpected(read.error());
    if (stop.stop_requested())
        return cancelled();
    coverage.unreadable.clips = (*reader)->skippedRows();
    return coverage;
}

QByteArray coverageCsv(const Coverage &coverage, Formulas formulas)
{
    QByteArray csv = "what,which,reason,clips,first,last\n";
    for (const CoverageRow &line : linesOf(coverage))
        csv += csvLine({line.what, line.which, line.reason, QString::number(line.part.clips),
                        timeText(line.part.first), timeText(line.part.last)},
                       formulas);
    return csv;
}

nlohmann::ordered_json coverageObject(const Coverage &coverage)
{
    const auto partJson = [](const CoveragePart &part) {
        return nlohmann::ordered_json{{"clips", part.clips},
                                      {"first", timeText(part.first).toStdString()},
                                      {"last", timeText(part.last).toStdString()}};
    };
    nlohmann::ordered_json json;
    json["asked"] = partJson(coverage.asked);
    for (const char *list : {"got", "queued", "missing", "yt-dlp"})
        json[list] = nlohmann::ordered_json::array();
    for (const CoverageRow &line : linesOf(coverage)) {
        if (line.what == u"asked")
            continue;
        nlohmann::ordered_json entry{{"which", line.which.toStdString()}};
        if (!line.reason.isEmpty())
            entry["reason"] = line.reason.toStdString();
        entry.update(partJson(line.part));
        json[line.what.toStdString()].push_back(std::move(entry));
    }
    json["sample_rate"] = coverage.format.sampleRate;
    json["channels"] = coverage.format.channels;
    json["earmark"] = EARMARK_VERSION;
    return json;
}

QByteArray coverageJson(const Coverage &coverage)
{
    return jsonText(coverageObject(coverage), 2) + '\n';
}

Result<void> exportCoverage(const QString &workspaceFolder, const QString &path, const std::stop_token &stop,
                            Formulas formulas)
{
    if (auto allowed = checkTarget(path, workspace::Layout(workspaceFolder)); !allowed)
        return allowed;
    const auto coverage = readCoverage(workspaceFolder, stop);
    if (!coverage)
        return tl::unexpected(coverage.error());
    return writeWhole(path, path.endsWith(u".json"_s, Qt::CaseInsensitive)
                                ? coverageJson(*coverage)
                                : coverageCsv(*coverage, formulas));
}

Result<qint64> exportMissing(const QString &workspaceFolder, const QString &path, const std::stop_token &stop,
                             Formulas formulas)
{
    if (auto allowed = checkTarget(path, workspace::Layout(workspaceFolder)); !allowed)
        return tl::unexpected(allowed.error());
    auto reader = LedgerReader::open(workspaceFolder);
    if (!reader)
        return tl::unexpected(reader.error());
    AtomicFile file(path);
    Result<void> written = file.open();
    if (written)
        written = file.write("ytid,start_seconds,end_seconds,labels,class,reason,tries,when\n");
    if (!written)
        return tl::unexpected(written.error());
    qint64 count = 0;
    const auto read = (*reader)->forEachRow(workspace::schema::Select::InOrder, [&](const LedgerRow &row) {
        if (hasWhy(row.progress.state)) {
            const auto group =
                isLost(row.progress.state) ? keyword(row.progress.state) : keyword(row.progress.failure);
            written = file.write(
                csvLine({row.key.ytid.toString(), secondsText(row.key.startMs), secondsText(row.key.endMs),
                         QString::fromUtf8(row.labels), group, textOf(row.progress.reason),
                         QString::number(row.progress.attempts), timeText(row.progress.changedAt)},
                        formulas));
            ++count;
        }
        return written.has_value() && !stop.stop_requested();
    });
    if (!read)
        return tl::unexpected(read.error());
    if (!written)
        return tl::unexpected(written.error());
    if (stop.stop_requested())
        return cancelled();
    return file.commit().map([count] { return count; });
}

} // namespace earmark::exports
