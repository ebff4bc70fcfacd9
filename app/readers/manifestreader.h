#pragma once

#include "readers/splitreader.h"

namespace earmark::readers {

/// Reads a manifest of clips, JSON lines as Earmark exports them. The segment is what `ytid`, `start` and
/// `end` say, else the name of the file under `audio_filepath` (`file_name` in metadata.jsonl of an
/// AudioFolder): `processed/Y--PJHxphWEs_30_40.wav`, in whatever folder, with or without the Y. Its labels
/// are the texts under `mids`, else under `labels`. What listeners said (`verdict`, `flagged`, `doubted`,
/// `note`) goes into Split::judgements and stands in the table; other keys are passed over. A line that is
/// different becomes a problem. Errors: as readSplit().
Result<Split> readManifest(const QString &path, std::stop_token stop = {}, const ReadProgress &progress = {});

} // namespace earmark::readers
