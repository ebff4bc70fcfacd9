#pragma once

#include "dataset/splitreader.h"

namespace earmark::dataset {

/// Reads any file of segments that Earmark knows, told by what stands in it: a split, strong labels, a list
/// with a header, a manifest (see FileKind). Errors: as readSplit(); BadInput also for files that tell of
/// classes and not of segments, with the way to use them.
Result<Split> readSegments(const QString &path, std::stop_token stop = {}, const ReadProgress &progress = {});

} // namespace earmark::dataset
