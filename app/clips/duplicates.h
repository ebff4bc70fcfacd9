#pragma once

#include "clips/clipstore.h"

#include <QHash>

#include <vector>

namespace earmark {

/// Which clips sound the same, sample for sample: silent ones, as a rule, and videos that were put up twice.
/// Of those that do, the one that comes first in the split is no duplicate, so that rejecting all duplicates
/// keeps one of each.
class Duplicates final
{
public:
    using Index = ClipStore::Index;

    Duplicates() = default;
    /// Goes through all clips.
    explicit Duplicates(const ClipStore &clips);

    bool isDuplicate(Index clip) const { return first(clip) != clip; }
    /// The first that sounds as this clip does; itself when it is that, or has no sound.
    Index first(Index clip) const;
    /// A clip's record may have been replaced. False when others have become duplicates by that, or are none
    /// any more: all must be gone through again.
    bool update(const ClipStore &clips, Index clip);

private:
    QHash<std::uint64_t, Index> m_firsts; ///< by sound
    std::vector<std::uint64_t> m_sounds;  ///< of each clip
};

} // namespace earmark
