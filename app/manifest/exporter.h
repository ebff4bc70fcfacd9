#pragma once

#include "manifest/exportlayout.h"

#include <functional>
#include <stop_token>

namespace earmark::manifest {

/// What an export came to.
struct ExportReport
{
    qint64 written = 0;
    std::map<QString, qint64> skipped; ///< see ExportSet
    QString path;                      ///< the file or folder, absolute
    /// Sentences for the user, as ExportPreview has them: how many clips were left out and why, and what to
    /// know before the export is used.
    QStringList warnings;
};

/// Lines that are written and lines in all, clips that are copied included. Called now and then, in the
/// thread of the export.
using ExportProgress = std::function<void(qint64 done, qint64 total)>;

/// Writes the clips of a set: whole or not at all, a former export of that name stays until then. Blocks: two
/// million lines take some seconds. Errors: Unwritable, DiskFull; NotFound when a clip that is to be copied
/// is gone; BadInput when there is no clip, the sentence says why; or a label without an index; Cancelled.
Result<ExportReport> writeExport(const ClipTable &clips, const ExportSet &set, const ExportOptions &options,
                                 const ExportParts &parts = {}, const std::stop_token &stop = {},
                                 const ExportProgress &progress = {});

/// What an export would write, for a person to look at.
struct ExportPreview
{
    QByteArray text;      ///< the beginning of the first file, UTF-8, whole lines
    qint64 clips = 0;     ///< how many go in
    QStringList warnings; ///< sentences
};
/// The first `lines` clips as writeExport() writes them, in the first file of the format. Errors: BadInput as
/// there; no clip at all is none, but a warning.
Result<ExportPreview> previewExport(const ClipTable &clips, const ExportSet &set,
                                    const ExportOptions &options, int lines);

} // namespace earmark::manifest
