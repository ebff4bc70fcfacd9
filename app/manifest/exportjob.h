#pragma once

#include "manifest/datasetcard.h"
#include "manifest/exporter.h"
#include "manifest/share.h"

namespace earmark::manifest {

/// An export with all that goes with it.
struct ExportJob
{
    ExportOptions what;
    std::vector<Share> shares = {}; ///< parts that the clips are split into; empty: they stay together
    std::uint64_t seed = 1;         ///< of the split
    bool isFrozen = false;          ///< checksums.sha256 is written beside it, of all its files and clips
    bool hasCard =
        false; ///< dataset_card.md and coverage.json are written beside it, parts.csv when it is split
    /// What the caller knows of where the segments came from; the rest is filled in.
    Card facts = {};

    /// `what.out` is a folder.
    bool isFolder() const { return what.isFolder(!shares.empty()); }
};

/// The folder that all of an export lies in: `out` itself, or the one that it is in. Absolute.
QString exportFolder(const ExportJob &job);

/// Does it all: chooses, splits, writes, describes, sums up. What is written beside the export is written
/// after it. Errors: as ClipTable::read(), chooseClips() and
/// writeExport(); BadInput also when the shares are not as Share says.
Result<ExportReport> runExport(const QString &workspaceFolder, const ExportJob &job,
                               const std::stop_token &stop = {}, const ExportProgress &progress = {});

} // namespace earmark::manifest
