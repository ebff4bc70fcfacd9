#pragma once

#include "export/clipsource.h"
#include "export/documentwriter.h"

namespace earmark::exports {

/// Writes the clips of an export as the shards of a WebDataset: shard-000000.tar, or train-000000.tar where
/// there are parts, in `folder`. A clip is two files one after the other, KEY.wav and KEY.json. Rules: the
/// key ends at the first dot, so that times in it are milliseconds; the archives are ustar, their entries of
/// nobody and of 1970. A clip whose bytes are not as the ledger says does not go in but to `unfit`. Errors:
/// as writeExport().
Result<void> writeShards(const ExportContext &context, const ExportSet &set, const ExportParts &parts,
                         const DocumentWriter &writer, const QString &folder, std::vector<LeftOut> &unfit,
                         const std::function<Result<void>(qint64 clips)> &progress,
                         const std::stop_token &stop);

} // namespace earmark::exports
