#pragma once

#include "export/exportlayout.h"

#include <functional>
#include <stop_token>

namespace earmark::exports {

/// A clip whose file does not go into an export.
struct UnfitClip
{
    SegmentKey key;
    QLatin1StringView why; ///< "missing", "damaged" (differs from the ledger), "symbolic link", …
};

/// What an export came to.
struct ExportReport
{
    qint64 written = 0;
    std::map<QString, qint64> skipped; ///< see ExportSet
    QString path;                      ///< the file or folder, absolute
    /// Sentences for the user, as ExportPreview has them: how many clips were left out and why, and what to
    /// know before the export is used. runExport() also names the first of `unfit` and `kept`.
    QStringList warnings;
    std::vector<std::pair<QString, qint64>> parts = {}; ///< names and clips; empty when it is not split
    /// Clips left out because their file is missing or differs from the ledger, as ExportSet has the reasons.
    std::vector<UnfitClip> unfit = {};
    /// What lay in the folder and was not written by Earmark, or was changed since, and is kept: names in the
    /// folder, where they now have a number behind them when the export has a file of that name itself.
    QStringList kept = {};
};

/// Lines that are written and lines in all, clips that are copied included. Called now and then, in the
/// thread of the export.
using ExportProgress = std::function<void(qint64 done, qint64 total)>;

/// Writes what belongs to an export beside its lines into this folder: the export's own before it gets its
/// name, or the one that its file is in, afterwards.
using ExportCompanions = std::function<Result<void>(const QString &folder)>;

/// Writes the clips of a set: whole or not at all, a former export of that name stays until then. Blocks: two
/// million lines take some seconds. Clips that are read or linked are compared with the ledger: when one
/// differs, nothing appears, and `unfit` gets all of them, to be left out of the set. Errors: Unwritable,
/// DiskFull; BadMedia when a clip differs and there is no `unfit`; BadInput when there is no clip, the
/// sentence says why; or a label without an index; Cancelled.
Result<ExportReport> writeExport(const ClipTable &clips, const ExportSet &set, const ExportOptions &options,
                                 const ExportParts &parts = {}, const std::stop_token &stop = {},
                                 const ExportProgress &progress = {}, const ExportCompanions &companions = {},
                                 std::vector<LeftOut> *unfit = nullptr);

/// What an export would write, for a person to look at.
struct ExportPreview
{
    QByteArray text;        ///< the beginning of the first file, UTF-8, whole lines
    qint64 clips = 0;       ///< how many go in
    QStringList warnings;   ///< sentences
    QStringList files = {}; ///< the names of those that hold lines, in the folder that is written
};
/// The first `lines` clips as writeExport() writes them, in the first file of the format. Errors: BadInput as
/// there; no clip at all is none, but a warning.
Result<ExportPreview> previewExport(const ClipTable &clips, const ExportSet &set,
                                    const ExportOptions &options, int lines, const ExportParts &parts = {});

} // namespace earmark::exports
