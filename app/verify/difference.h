#pragma once

#include "audio/pcm.h"
#include "clips/clip.h"
#include "workspace/ledgersettings.h"

#include <optional>
#include <stop_token>

namespace earmark::verify {

/// What the ledger knows of a finished clip's file; without what costs memory, as millions are held at a
/// time.
struct FinishedClip
{
    SegmentKey key;
    ClipState state = ClipState::Ready; ///< playable or lost
    ClipAudio audio;
};

/// How a file differs from what the ledger knows.
struct Difference
{
    ClipState state = ClipState::Missing; ///< what the clip is by that: Missing or Damaged
    QString what;                         ///< half a sentence for the user: "is missing"

    /// As the ledger keeps it: "The file is missing."
    LostClip of(const SegmentKey &key) const;
};

/// By the name and the header alone; `found` is what readWavInfo() or readWav() gave for the file at `path`.
/// Nothing when the file is what the ledger knows.
std::optional<Difference> headerDifference(const FinishedClip &clip, const workspace::ClipFormat &format,
                                           const QString &path, const Result<audio::WavInfo> &found);

/// By all bytes of a file whose header is right: the SHA-256, or where the ledger has none, that every sample
/// can be read. Nothing when the file is what the ledger knows, or after a stop.
std::optional<Difference> contentDifference(const FinishedClip &clip, const QString &path,
                                            const std::stop_token &stop = {});

} // namespace earmark::verify
