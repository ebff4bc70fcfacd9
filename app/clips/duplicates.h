#pragma once

#include "clips/clipstore.h"

#include <QHash>

#include <vector>

namespace earmark {

/// Of clips that sound the same, the one that comes first in the split: it is no duplicate, the others are.
class FirstOfEqualSounds final
{
public:
    using Index = ClipStore::Index;

    void reserve(qsizetype clips) { m_firsts.reserve(clips); }
    /// `sound` as ClipStore::sound(), none when it is 0; `positionOf(clip)` is the place in the split.
    template <class PositionOf>
    void add(std::uint64_t sound, Index clip, const PositionOf &positionOf)
    {
        if (sound == 0)
            return;
        const auto first = m_firsts.find(sound);
        if (first == m_firsts.end())
            m_firsts.insert(sound, clip);
        else if (positionOf(clip) < positionOf(*first))
            *first = clip;
    }
    /// The first that sounds so; `clip` itself when there is none.
    Index first(std::uint64_t sound, Index clip) const { return m_firsts.value(sound, clip); }

private:
    QHash<std::uint64_t, Index> m_firsts; ///< by sound, never 0
};

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
    FirstOfEqualSounds m_firsts;
    std::vector<std::uint64_t> m_sounds; ///< of each clip
};

} // namespace earmark
