#include "export/clipgroups.h"

#include "clips/seededorder.h"

#include <algorithm>
#include <numeric>

namespace earmark::exports {

using segments::LabelNumber;

namespace {

/// Clips that must be in one part: found by uniting those that have something in common.
class Together final
{
public:
    explicit Together(std::size_t clips)
        : m_leader(clips)
    {
        std::iota(m_leader.begin(), m_leader.end(), 0U);
    }
    std::uint32_t leader(std::uint32_t clip)
    {
        while (m_leader[clip] != clip)
            clip = m_leader[clip] = m_leader[m_leader[clip]];
        return clip;
    }
    /// Unites all clips that have the same of what `keyOf` tells; those for which `isAlone` is true are left.
    template <class KeyOf, class IsAlone>
    void uniteEqual(const KeyOf &keyOf, const IsAlone &isAlone)
    {
        std::vector<std::pair<std::invoke_result_t<KeyOf, std::uint32_t>, std::uint32_t>> keyed;
        keyed.reserve(m_leader.size());
        for (std::uint32_t clip = 0; clip < m_leader.size(); ++clip) {
            if (!isAlone(clip))
                keyed.emplace_back(keyOf(clip), clip);
        }
        std::ranges::sort(keyed);
        for (std::size_t i = 1; i < keyed.size(); ++i) {
            if (keyed[i].first == keyed[i - 1].first)
                m_leader[leader(keyed[i].second)] = leader(keyed[i - 1].second);
        }
    }

private:
    std::vector<std::uint32_t> m_leader;
};

} // namespace

void SplitClips::add(const SegmentKey &key, std::span<const LabelNumber> itsLabels, std::uint64_t sound)
{
    keys.push_back(key);
    sounds.push_back(sound);
    labels.insert(labels.end(), itsLabels.begin(), itsLabels.end());
    labelEnds.push_back(labels.size());
    for (const LabelNumber label : itsLabels)
        labelCount = std::max<std::size_t>(labelCount, label + 1U);
}

ClipGroups ClipGroups::of(const SplitClips &clips, std::uint64_t seed)
{
    const auto count = static_cast<std::uint32_t>(clips.size());
    Together together(count);
    together.uniteEqual([&](std::uint32_t clip) { return clips.keys[clip].ytid; },
                        [](std::uint32_t) { return false; });
    together.uniteEqual([&](std::uint32_t clip) { return clips.sounds[clip]; },
                        [&](std::uint32_t clip) { return clips.sounds[clip] == 0; });

    struct Draft
    {
        std::uint32_t clips = 0;
        std::uint32_t first = 0; ///< the clip whose key comes first
        std::uint64_t rank = 0;
    };
    std::vector<Draft> drafts(count);
    std::vector<std::uint32_t> leaders;
    for (std::uint32_t clip = 0; clip < count; ++clip) {
        Draft &draft = drafts[together.leader(clip)];
        if (draft.clips++ == 0 || clips.keys[clip] < clips.keys[draft.first])
            draft.first = clip;
        if (together.leader(clip) == clip)
            leaders.push_back(clip);
    }
    for (const std::uint32_t leader : leaders)
        drafts[leader].rank = seededRank(clips.keys[drafts[leader].first], seed);
    std::ranges::sort(leaders, {}, [&](std::uint32_t leader) {
        return std::pair(drafts[leader].rank, clips.keys[drafts[leader].first]);
    });

    ClipGroups groups;
    groups.ofClip.resize(count);
    for (const std::uint32_t leader : leaders) {
        groups.ofClip[leader] = static_cast<Group>(groups.size());
        groups.sizes.push_back(drafts[leader].clips);
        groups.ranks.push_back(drafts[leader].rank);
    }
    std::vector<std::uint32_t> ends(groups.size()); // by group: where its clips end in `members`
    std::partial_sum(groups.sizes.begin(), groups.sizes.end(), ends.begin());
    std::vector<std::uint32_t> members(count);
    for (std::uint32_t clip = count; clip-- > 0;) {
        groups.ofClip[clip] = groups.ofClip[together.leader(clip)];
        members[--ends[groups.ofClip[clip]]] = clip;
    }

    std::vector<LabelNumber> labels;
    for (Group group = 0; group < groups.size(); ++group) {
        labels.clear();
        for (const std::uint32_t clip : std::span(members).subspan(ends[group], groups.sizes[group]))
            std::ranges::copy(clips.labelsOf(clip), std::back_inserter(labels));
        std::ranges::sort(labels);
        for (std::size_t i = 0; i < labels.size(); ++i) {
            if (i == 0 || labels[i] != labels[i - 1])
                groups.has.push_back({labels[i], 0});
            ++groups.has.back().clips;
        }
        groups.hasEnds.push_back(groups.has.size());
    }
    return groups;
}

} // namespace earmark::exports
