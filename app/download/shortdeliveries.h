#pragma once

#include "clips/segmentkey.h"

#include <QHash>

#include <utility>
#include <vector>

namespace earmark::download {

/// Whether a clip that came out shorter than its segment is as long as there is sound. yt-dlp and ffmpeg call
/// a download that was cut off in the middle a success.
class ShortDeliveries final
{
public:
    enum class Verdict {
        Stated,   ///< the source states that it ends there
        Repeated, ///< two downloads ended at the same sample
        Open,     ///< one more download may tell
        Refuted,  ///< the source states more sound, or each download ends elsewhere
    };

    /// A download of the clip begins to count. `seconds`: length of the whole source, as it states it; 0: it
    /// does not.
    void stated(const SegmentKey &clip, double seconds) { m_clips[clip].seconds = seconds; }
    /// A download came out with so many samples (frames), fewer than asked for. Open becomes Refuted with the
    /// download of that number.
    Verdict delivered(const SegmentKey &clip, qint64 samples, int sampleRate, int tries);
    /// stated() was called for it, and forget() was not since.
    bool isDownloaded(const SegmentKey &clip) const { return m_clips.contains(clip); }
    void forget(const SegmentKey &clip) { m_clips.remove(clip); }

private:
    struct Clip
    {
        double seconds = 0;
        std::vector<std::pair<qint64, int>> ends; ///< samples and their rate, of each download
    };
    QHash<SegmentKey, Clip> m_clips;
};

} // namespace earmark::download
