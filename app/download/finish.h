#pragma once

#include "audio/formatter.h"
#include "workspace/workspace.h"

#include <optional>

namespace earmark::download {

/// What lies on disk for a clip, looked at without opening a file.
bool hasFiles(const workspace::Layout &layout, const SegmentKey &key);

/// Brings a clip from what lies on disk to its end: a WAV that will do is taken (the program may have been
/// killed before it wrote that down, or another one made it), else it is cut from the raw section. Of a clip
/// that was finished once (`known`), only the very file will do, and another is put aside before a new one
/// takes its place. Nothing when neither will do and the section must be fetched. Blocks; call it on a pool's
/// thread. Errors: as audio::formatClip(); after BadMedia the raw section lies under its refused name.
Result<std::optional<audio::FormattedClip>>
finishClip(const workspace::Layout &layout, const workspace::ClipFormat &format, const SegmentKey &key,
           const workspace::ClipRecord &known, std::stop_token stop);

/// Puts a file that will not do out of the way, under its refused name.
void refuse(const QString &path);
/// Takes the raw section out of the way, so that it is fetched anew.
void refuseRawClip(const workspace::Layout &layout, const SegmentKey &key);

} // namespace earmark::download
