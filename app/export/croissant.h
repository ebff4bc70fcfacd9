#pragma once

#include "base/result.h"
#include "export/exportlayout.h"

namespace earmark::exports {

/// Describes the CSVs of an export, which are written, in `folder`/croissant.json: Croissant 1.1 in JSON-LD,
/// with the SHA-256 of each, a field for each column and, where clips lie in the folder, these as a FileSet.
/// Errors: DiskFull, Unwritable.
Result<void> writeCroissant(const ExportContext &context, const std::vector<ExportDocument> &documents,
                            const QString &folder);

} // namespace earmark::exports
