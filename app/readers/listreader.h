#pragma once

#include "readers/fileformat.h"
#include "readers/splitreader.h"

namespace earmark::readers {

/// Reads rows of fields whose columns are known from detectFormat():
///
/// - lists whose header names the columns, in any order, and VGGSound's two without one: `id,start,label` and
///   `glLQrEijrKg_000300.mp4,label` (VGGSounder has such names under `video_id`). What tells of the same
///   segment is gathered into it (AudioCaps has five captions a clip). Where there is neither an end nor a
///   duration, a segment is 10 s long (VGGSound, AudioCaps), and the split says so. Labels may be mids,
///   names of classes, or any text; a caption is taken for the label where there is none. Tables that Earmark
///   exported are such lists: where they have no start, the name of the clip's file says the segment; what
///   listeners said goes into Split::judgements.
/// - AudioSet's strong labels, whose rows are events within a clip of 10 s: the clip is the segment, its
/// labels are
///   the events' in the order of their first appearance. Of framed labels, those that are PRESENT count.
///
/// Fields may be quoted, and then hold separators, "" for one quote, and line ends. A row that does not fit
/// becomes a problem. Errors: as readSplit(), and BadInput when the header lacks a column that is needed.
Result<Split> readList(const QString &path, const FileFormat &form, std::stop_token stop = {},
                       const ReadProgress &progress = {});

} // namespace earmark::readers
