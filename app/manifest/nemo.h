#pragma once

#include "base/result.h"

#include <QHash>
#include <QString>

#include <stop_token>

namespace earmark::manifest {

/// What an export came to.
struct ExportReport
{
    qint64 written = 0;
    QHash<QString, qint64> skipped; ///< how many clips were left out, by state ("failed", "queued", …), or
                                    ///< "missing" when the file is gone
    QString path;
};

/// Writes the playable clips of a workspace as JSON lines, as NVIDIA NeMo names the keys: audio_filepath
/// (relative to the manifest where it lies in the workspace, else absolute), duration (seconds, as measured),
/// labels (mids, or the texts that the list of segments had). In the order of the split, ASCII only. Written
/// whole or not at all: a former file of that name stays until then. Reads the ledger on its own connection:
/// call it off the window's thread, after Workspace::flush(). Errors: NotFound (no ledger there), Unwritable,
/// DiskFull, Cancelled; BadInput when nothing can be exported.
Result<ExportReport> exportNemo(const QString &workspaceFolder, const QString &path,
                                std::stop_token stop = {});

} // namespace earmark::manifest
