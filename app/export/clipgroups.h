#pragma once

#include "clips/segmentkey.h"
#include "segments/segmenttable.h"

#include <span>
#include <vector>

namespace earmark::exports {

/// Clips that are to be split, in any order: it changes nothing.
struct SplitClips
{
    std::vector<SegmentKey> keys;
    std::vector<std::uint64_t>
        sounds; ///< equal for clips that sound the same, as ClipStore::sound(); 0: unknown
    std::vector<segments::LabelNumber> labels; ///< of one clip after the other, each label once a clip
    std::vector<std::size_t> labelEnds;        ///< by clip: where its labels end
    std::size_t labelCount = 0;                ///< all labels are below it

    void add(const SegmentKey &key, std::span<const segments::LabelNumber> itsLabels,
             std::uint64_t sound = 0);
    std::size_t size() const { return keys.size(); }
    std::span<const segments::LabelNumber> labelsOf(std::size_t clip) const
    {
        const std::size_t begin = clip == 0 ? 0 : labelEnds[clip - 1];
        return std::span(labels).subspan(begin, labelEnds[clip] - begin);
    }
};

/// Clips put together that must be in one part of a dataset. The groups are numbered by lot; a group's lot is
/// that of the clip whose key comes first, so that it says nothing of the group's size.
struct ClipGroups
{
    /// So many of a group's clips have a label.
    struct Has
    {
        segments::LabelNumber label;
        std::uint32_t clips;
    };
    using Group = std::uint32_t;

    std::vector<Group> ofClip;
    std::vector<std::uint32_t> sizes; ///< clips, by group
    std::vector<std::uint64_t> ranks;
    std::vector<Has> has; ///< of one group after the other
    std::vector<std::size_t> hasEnds;

    std::size_t size() const { return sizes.size(); }
    std::span<const Has> labels(Group group) const
    {
        const std::size_t begin = group == 0 ? 0 : hasEnds[group - 1];
        return std::span(has).subspan(begin, hasEnds[group] - begin);
    }

    /// All clips of a video are one group, and so are all that sound the same.
    static ClipGroups of(const SplitClips &clips, std::uint64_t seed);
};

} // namespace earmark::exports
