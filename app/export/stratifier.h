#pragma once

#include "export/clipgroups.h"
#include "export/share.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace earmark::exports {

/// Gives groups of clips to parts so that sizes and classes are as the shares ask: iterative stratification
/// (Sechidis, Tsoumakas, Vlahavas: On the Stratification of Multi-Label Data, 2011) over groups, the class
/// with the fewest clips left first; then groups change places while that brings sizes and classes nearer to
/// what was asked for; then classes that a part has nothing of get a group there, as far as sizes permit. In
/// whole numbers, ties broken by the groups' ranks: the same groups give the same parts on every machine.
class Stratifier final
{
public:
    /// What a part's size may differ from what was asked for, in units of a clip divided by Share::Whole:
    /// 1 %, at least a clip.
    static std::int64_t tolerance(std::int64_t asked);

    /// `groups` must outlive it; all labels are below `labelCount`.
    Stratifier(const ClipGroups &groups, std::size_t labelCount, std::span<const Share> shares);

    /// False when it was stopped.
    bool run(const std::stop_token &stop);
    std::uint8_t partOf(ClipGroups::Group group) const { return m_partOf[group]; }

private:
    using Group = ClipGroups::Group;
    static constexpr std::uint8_t Nowhere = 255;
    /// What counts besides classes, in clips of a rare class: a clip too many in a part, and one beyond the
    /// tolerance.
    static constexpr std::int64_t SizeWeight = 2;
    static constexpr std::int64_t ExcessWeight = 50;
    /// Passes over all groups; most data take two or three.
    static constexpr int MostPasses = 10;
    /// One group in so many changes its part for a class that a part has nothing of, at most.
    static constexpr std::size_t GroupsPerGap = 20;
    /// So many groups of a class, and so many of the part, are tried for an exchange.
    static constexpr int MostHolders = 16;
    static constexpr std::size_t MostPartners = 200;

    bool stratify(const std::stop_token &stop);
    bool even(const std::stop_token &stop);
    bool fillGaps(const std::stop_token &stop);
    /// Puts a group of the class into the part; false when none can be spared.
    bool fillGap(std::size_t label, std::uint8_t part, std::span<const Group> partners);

    std::span<const Group> holders(std::size_t label) const
    {
        return std::span(m_holders).subspan(m_holderBegins[label],
                                            m_holderBegins[label + 1] - m_holderBegins[label]);
    }
    std::uint8_t choose(Group group, std::span<const std::int64_t> wanted);
    /// It comes into a part (1), or leaves it (-1).
    void count(Group group, std::uint8_t part, int by);
    void move(Group group, std::uint8_t part);
    /// By how much the parts are farther from what was asked for when the group comes into the part (1) or
    /// leaves it (-1).
    std::int64_t costOf(Group group, std::uint8_t part, int by) const;
    std::int64_t moveCost(Group group, std::uint8_t to) const
    {
        return costOf(group, m_partOf[group], -1) + costOf(group, to, 1);
    }
    std::int64_t sizeCost(std::uint8_t part, std::int64_t wanted) const;
    std::int64_t labelCost(std::size_t label, std::uint8_t part, std::int64_t wanted) const;
    /// Its part has another of each of its classes.
    bool canBeSpared(Group group) const;
    /// Neither part is beyond its tolerance then, or farther from it than before.
    bool fits(Group group, std::uint8_t to) const;
    std::int32_t &groupsIn(std::size_t label, std::uint8_t part)
    {
        return m_labelGroups[label * m_parts + part];
    }
    std::int32_t groupsIn(std::size_t label, std::uint8_t part) const
    {
        return m_labelGroups[label * m_parts + part];
    }

    const ClipGroups &m_groups;
    const std::size_t m_parts;
    const std::size_t m_labels;
    std::vector<std::size_t> m_holderBegins; ///< by label, and the end: where its groups begin
    std::vector<Group> m_holders;            ///< the groups of one label after the other
    std::vector<std::uint8_t> m_partOf;      ///< by group
    std::vector<std::int64_t> m_partWeights; ///< a clip counts the more the smaller the part
    std::vector<std::int64_t> m_labelWeights;
    std::vector<std::int64_t> m_wanted;      ///< by part: clips, in units of 1/Share::Whole
    std::vector<std::int64_t> m_asked;       ///< the same before any was given
    std::vector<std::int64_t> m_labelWanted; ///< by label, and of each by part: the same of the label
    std::vector<std::int64_t> m_labelAsked;  ///< the same before any was given
    std::vector<std::int32_t> m_labelGroups; ///< by label, and of each by part: groups that are there
    std::vector<std::uint64_t> m_labelLeft;  ///< by label: its clips that are in no part yet
    std::vector<std::uint8_t> m_best;        ///< of choose(), kept for its memory
};

} // namespace earmark::exports
