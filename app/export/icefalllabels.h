#pragma once

#include "base/result.h"
#include "export/exportlayout.h"

namespace earmark::exports {

/// icefall's recipe knows a clip by its video alone and would give all clips of a video the labels of one.
/// Errors: BadInput when a video has several clips, with what to do.
Result<void> checkVideos(const ClipTable &clips, const ExportSet &set);

/// Puts class_labels_indices.csv beside each document: the label map, as icefall's recipe looks up every
/// label in it. Errors: DiskFull, Unwritable.
Result<void> writeClasses(const ExportContext &context, const std::vector<ExportDocument> &documents,
                          const QString &folder);

} // namespace earmark::exports
