#pragma once

#include "export/exporter.h"
#include "export/report/datasetcard.h"
#include "export/share.h"

namespace earmark::exports {

/// An export with all that goes with it.
struct ExportJob
{
    ExportOptions options;
    std::vector<Share> shares = {}; ///< parts that the clips are split into; empty: they stay together
    std::uint64_t seed = 1;         ///< of the split
    bool withChecksums = false;     ///< checksums.sha256 is written beside it, of all its files and clips
    bool hasCard =
        false; ///< dataset_card.md and coverage.json are written beside it, parts.csv when it is split
    /// What the caller knows of where the segments came from; the rest is filled in.
    Card facts = {};

    /// `what.out` is a folder.
    bool isFolder() const { return options.isFolder(!shares.empty()); }
};

/// The folder that all of an export lies in: `out` itself, or the one that it is in. Absolute.
QString exportFolder(const ExportJob &job);

/// Whether the job may write where it says, see checkTarget() of a path: not onto one of `facts.sources`
/// either, nor, being one file, under the name of a file that goes beside it. Looks at the disk. Errors:
/// Unwritable; BadInput for such a name.
Result<void> checkTarget(const ExportJob &job, const workspace::Layout &layout);

/// Does it all: chooses, compares the clips' files with the ledger, splits, writes, describes, sums up. Card,
/// coverage and checksums appear in an export's folder together with all else; beside an export that is one
/// file they are written after it. Errors: as checkTarget(), ClipTable::read(), chooseClips() and
/// writeExport(); BadInput also when the shares are not as Share says.
Result<ExportReport> runExport(const QString &workspaceFolder, const ExportJob &job,
                               const std::stop_token &stop = {}, const ExportProgress &progress = {});
/// The same of clips that were read already.
Result<ExportReport> runExport(const ClipTable &clips, const ExportJob &job, const std::stop_token &stop = {},
                               const ExportProgress &progress = {});

/// What runExport() would do now.
struct ExportForecast
{
    ExportReport report;  ///< as it would be, but for `kept`
    ExportPreview first;  ///< of its first file; the warnings are the report's
    QStringList replaced; ///< files that are there and would be replaced, as paths
};
/// Goes through an export and writes nothing; `lines` of the first file are shown. Clips that only their
/// bytes give away (frozen exports, copies, shards) count as good. Errors: as runExport(), but for the
/// writing; no clip at all is none.
Result<ExportForecast> forecastExport(const ClipTable &clips, const ExportJob &job, int lines,
                                      const std::stop_token &stop = {});

} // namespace earmark::exports
