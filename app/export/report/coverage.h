#pragma once

#include "base/csvtext.h"
#include "base/result.h"
#include "clips/clip.h"
#include "workspace/ledgersettings.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <stop_token>

namespace earmark::exports {

/// Some clips of a workspace: how many, and between when and when their records were last changed
/// (milliseconds since 1970, UTC; 0 while there are none).
struct CoveragePart
{
    qint64 clips = 0;
    qint64 first = 0;
    qint64 last = 0;

    void add(qint64 changedAt);
    bool operator==(const CoveragePart &) const = default;
};

/// What was asked for, what came of it, and why the rest is missing: the table of a paper's appendix.
struct Coverage
{
    CoveragePart asked;
    std::map<ClipState, CoveragePart> states; ///< but Absent; only those that occur, as in the other maps
    std::map<std::pair<FailureClass, QString>, CoveragePart> missing; ///< of the failed, by class and reason
    std::map<QString, CoveragePart> ytdlp; ///< of the clips that are there, by yt-dlp's version
    CoveragePart unreadable; ///< rows of the ledger that are damaged: nobody knows what they said, or when
    workspace::ClipFormat format;
    QStringList choices = {}; ///< as LedgerSettings has them
    int perHour = 0;          ///< the same
};

/// Reads a workspace's ledger, beside a program that works on it. Call it off the window's thread. Errors: as
/// LedgerReader::open(); Cancelled.
Result<Coverage> readCoverage(const QString &workspaceFolder, const std::stop_token &stop = {});

/// As CSV, a row a part: what (asked, got, queued, missing, yt-dlp), which of these, why, how many clips, and
/// when.
QByteArray coverageCsv(const Coverage &coverage, Formulas formulas = Formulas::Defused);
/// The same as one JSON object.
nlohmann::ordered_json coverageObject(const Coverage &coverage);
QByteArray coverageJson(const Coverage &coverage);

/// Writes the coverage: as JSON when the file's name ends in .json, else as CSV. Whole or not at all. Errors:
/// as readCoverage(); Unwritable, DiskFull.
Result<void> exportCoverage(const QString &workspaceFolder, const QString &path,
                            const std::stop_token &stop = {}, Formulas formulas = Formulas::Defused);
/// Writes each failed clip, with its labels and why, as CSV in the order of the split. Gives how many. Errors
/// as exportCoverage().
Result<qint64> exportMissing(const QString &workspaceFolder, const QString &path,
                             const std::stop_token &stop = {}, Formulas formulas = Formulas::Defused);

} // namespace earmark::exports
