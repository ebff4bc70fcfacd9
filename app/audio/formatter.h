#pragma once

#include "base/result.h"
#include "clips/clip.h"

#include <QString>

#include <stop_token>

namespace earmark::audio {

/// Cut this span out of that file.
struct FormatRequest
{
    QString source;         ///< the raw section; its timestamps are the video's clock
    QString target;         ///< the WAV to write; appears whole or not at all
    qint64 startMs = 0;     ///< on the video's clock
    qint64 endMs = 0;       ///< on the video's clock, > startMs
    int sampleRate = 44100; ///< Hz, of the WAV
    int channels = 1;       ///< of the WAV: 1 (all mixed) or 2
    /// The section holds the source from its beginning: sound that begins later than the clip begins there in
    /// the source, too, and silence stands before it, as a player has it.
    bool isFromBeginning = false;
};

/// The clip as it was written and measured.
struct FormattedClip
{
    ClipAudio audio;
    /// The source ends before the span does: fewer samples than round((end - start) * rate).
    bool isShort = false;
};

/// Decodes the source, cuts at the exact sample of the video's clock, mixes, resamples (soxr), dithers to 16
/// bit and writes a WAV through a temporary name in the same folder. The WAV has exactly round((end - start)
/// * rate) frames, unless the source ends earlier. Within 1 ms of the source's clock for AAC, Opus and PCM.
/// A section from 0 must have been written with ffmpeg's `-avoid_negative_ts disabled`: else ffmpeg moves an
/// AAC or MP3 stream whose encoder's delay lies before 0 so that it begins at 0 (23 ms late, as a rule), and
/// the file no longer tells. Errors: NotFound; BadMedia (not decodable, no audio, a gap in the sound, starts
/// after the span does, holds nothing of it); Unreadable; Unwritable; DiskFull; Cancelled; Internal (an
/// impossible request). After an error nothing lies under the target's name that was not there before.
/// Reentrant: call it on any thread.
Result<FormattedClip> formatClip(const FormatRequest &request, std::stop_token stop = {});

} // namespace earmark::audio
