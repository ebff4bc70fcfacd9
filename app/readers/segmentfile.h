#pragma once

#include "readers/splitreader.h"

namespace earmark::readers {

/// What a list is called in messages: "standard input" for "-" and /dev/stdin, else its path.
QString shownName(const QString &path);

/// Reads any file of segments that Earmark knows, told by what stands in it: a split, strong labels, a list
/// with a header, a manifest (see FileKind). "-" is standard input; it and any other pipe is read to its end
/// before, into a temporary file. Errors: as readSplit(); BadInput also for files that tell of classes and
/// not of segments, with the way to use them, and for a pipe with more than 2 GB.
Result<Split> readSegments(const QString &path, std::stop_token stop = {}, const ReadProgress &progress = {});

} // namespace earmark::readers
