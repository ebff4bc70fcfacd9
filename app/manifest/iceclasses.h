#pragma once

#include "base/result.h"
#include "manifest/exportlayout.h"

namespace earmark::manifest {

/// Puts class_labels_indices.csv beside each document: the label map, as icefall's recipe looks up every
/// label in it. Errors: DiskFull, Unwritable.
Result<void> writeClasses(const ExportContext &context, const std::vector<ExportDocument> &documents,
                          const QString &folder);

} // namespace earmark::manifest
