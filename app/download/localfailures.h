#pragma once

#include "clips/segmentkey.h"

#include <QSet>

namespace earmark::download {

/// Tells trouble of this computer from trouble of one clip, which yt-dlp and ffmpeg word alike: a certificate
/// that cannot be verified may be that of one mirror, or all of them when the clock is wrong. One more clip,
/// or two, show which it is.
class LocalFailures final
{
public:
    enum class Verdict {
        Doubted, ///< the next clips decide; this one goes last
        Local,   ///< it is this computer's: the queue pauses, and no clip is to blame
        Own,     ///< it is this clip's own: the others work
    };

    /// A download ended with what looks like trouble of this computer. `isDisk`: of its disk, which no clip
    /// has for itself; `othersWait`: a clip is queued or being downloaded of which isDoubted() is false.
    Verdict met(const SegmentKey &clip, bool isDisk, bool othersWait);
    /// A download worked: what the doubted clips have is their own.
    void worked();
    /// The user has looked into it: nothing is known any more.
    void forget();
    /// It looked like trouble of this computer, and it is not known whose it is; or it is known to be its
    /// own.
    bool isDoubted(const SegmentKey &clip) const { return m_doubted.contains(clip) || m_own.contains(clip); }

private:
    /// So many clips in a row are no coincidence.
    static constexpr qsizetype Run = 3;

    QSet<SegmentKey> m_doubted; ///< since the last download that worked
    QSet<SegmentKey> m_own;
    bool m_hasWorked = false;
};

} // namespace earmark::download
