#pragma once

#include "dataset/splitreader.h"

namespace earmark::dataset {

/// Reads a manifest of clips, JSON lines as Earmark exports them: the segment is in the name of the file
/// (`"audio_filepath": "processed/Y--PJHxphWEs_30_40.wav"`, in whatever folder), with or without the Y; its
/// labels are the texts under `mids`, else under `labels`; a listener's `verdict` comes to stand in the
/// table; other keys are passed over. A line that is different becomes a problem. Errors: as readSplit().
Result<Split> readManifest(const QString &path, std::stop_token stop = {}, const ReadProgress &progress = {});

} // namespace earmark::dataset
