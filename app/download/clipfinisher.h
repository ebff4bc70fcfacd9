#pragma once

#include "audio/formatter.h"
#include "workspace/ledgersettings.h"
#include "workspace/workspace.h"

#include <optional>

namespace earmark::download {

/// Something lies on disk for a clip. Looks without opening a file; links do not count.
bool hasFiles(const workspace::Layout &layout, const SegmentKey &key);

/// Brings a clip from what lies on disk to its end: a WAV that will do is taken (the program may have been
/// killed before it wrote that down, or another one made it), else it is cut from the raw section. Of a clip
/// that was finished once (`known`), only the very file will do, and another is put aside before a new one
/// takes its place. Nothing when neither will do and the section must be fetched. Blocks; call it on a pool's
/// thread. Errors: as audio::formatClip(); after BadMedia the raw section lies under its refused name.
Result<std::optional<audio::FormattedClip>> finishClip(const workspace::Layout &layout,
                                                       const workspace::ClipFormat &format,
                                                       const SegmentKey &key, const ClipAudio &known,
                                                       std::stop_token stop);

/// Takes a section out of the folder of the worker that fetched it, in place of the raw clip that may lie
/// there (a link of that name is replaced, not followed); only a regular file is taken. When `downloaded` is
/// on another disk, gives the file for moveRawClip(), else an empty name. Errors: BadMedia, Unwritable,
/// DiskFull.
Result<QString> takeRawClip(const workspace::Layout &layout, const SegmentKey &key, const QString &file);
/// Copies what takeRawClip() gave to the other disk, and removes it here. Blocks. Errors: Unreadable,
/// Unwritable, DiskFull.
Result<void> moveRawClip(const workspace::Layout &layout, const SegmentKey &key, const QString &file);

/// Puts a file that will not do out of the way, under its refused name or one with a number behind it; what
/// was put aside before stays.
void refuse(const QString &path);
/// Takes the raw section out of the way, so that it is fetched anew.
void refuseRawClip(const workspace::Layout &layout, const SegmentKey &key);

} // namespace earmark::download
