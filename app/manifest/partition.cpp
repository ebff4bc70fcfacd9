#include "manifest/partition.h"

#include "base/csvtext.h"

#include <QStringList>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace earmark::manifest {

using namespace Qt::StringLiterals;
using dataset::LabelNumber;

namespace {

using Group = ClipGroups::Group;

/// The groups of each label.
class Holders final
{
public:
    Holders(const ClipGroups &groups, std::size_t labelCount)
        : m_begins(labelCount + 1)
        , m_groups(groups.has.size())
    {
        for (const ClipGroups::Has &each : groups.has)
            ++m_begins[each.label];
        std::partial_sum(m_begins.begin(), m_begins.end(), m_begins.begin());
        for (auto group = static_cast<Group>(groups.size()); group-- > 0;) {
            for (const ClipGroups::Has &each : groups.labels(group))
                m_groups[--m_begins[each.label]] = group;
        }
    }
    std::span<const Group> of(std::size_t label) const
    {
        return std::span(m_groups).subspan(m_begins[label], m_begins[label + 1] - m_begins[label]);
    }

private:
    std::vector<std::size_t> m_begins;
    std::vector<Group> m_groups;
};

/// Gives the groups to the parts.
class Stratifier final
{
public:
    static constexpr std::uint8_t Nowhere = 255;
    /// A part may take so much of its size more than it asked for when a class wants it: were it closed at
    /// its size, the classes that come last would be spread badly.
    static constexpr std::int64_t Overfull = 100;

    Stratifier(const ClipGroups &groups, std::size_t labelCount, std::span<const Share> shares)
        : m_groups(groups)
        , m_holders(groups, labelCount)
        , m_parts(shares.size())
        , m_partOf(groups.size(), Nowhere)
        , m_wanted(m_parts)
        , m_labelWanted(labelCount * m_parts)
        , m_labelGroups(labelCount * m_parts)
    {
        for (Group group = 0; group < groups.size(); ++group) {
            for (std::size_t part = 0; part < m_parts; ++part)
                m_wanted[part] += std::int64_t{shares[part].hundredths} * groups.sizes[group];
            for (const ClipGroups::Has &each : groups.labels(group)) {
                for (std::size_t part = 0; part < m_parts; ++part)
                    m_labelWanted[each.label * m_parts + part] +=
                        std::int64_t{shares[part].hundredths} * each.clips;
            }
        }
        m_asked = m_wanted;
    }

    /// False when it was stopped.
    bool run(const std::stop_token &stop)
    {
        const auto order = rarestFirst();
        for (const std::size_t label : order) {
            for (const Group group : m_holders.of(label)) {
                if (stop.stop_requested())
                    return false;
                if (m_partOf[group] == Nowhere)
                    put(group, choose(group, std::span(m_labelWanted).subspan(label * m_parts, m_parts)));
            }
            fillGaps(label); // now, so that what follows makes up for it
        }
        for (Group group = 0; group < m_groups.size(); ++group) { // those without a label
            if (m_partOf[group] == Nowhere)
                put(group, choose(group, m_wanted));
        }
        for (const std::size_t label : order) // those that could not spare a clip before may now
            fillGaps(label);
        return true;
    }
    std::uint8_t partOf(Group group) const { return m_partOf[group]; }

private:
    /// By all the clips that a label has, not by those that are left, as the paper has it: what is left of a
    /// frequent class would decide over a rare one that is in the same clips.
    std::vector<std::size_t> rarestFirst() const
    {
        struct Rank
        {
            std::uint64_t clips = 0;
            std::uint64_t lots = 0; ///< tell equally rare ones apart, whatever their numbers
            std::size_t label = 0;
            auto operator<=>(const Rank &) const = default;
        };
        std::vector<Rank> ranks(m_labelWanted.size() / m_parts);
        for (std::size_t label = 0; label < ranks.size(); ++label)
            ranks[label].label = label;
        for (Group group = 0; group < m_groups.size(); ++group) {
            for (const ClipGroups::Has &each : m_groups.labels(group)) {
                ranks[each.label].clips += each.clips;
                ranks[each.label].lots += m_groups.lots[group];
            }
        }
        std::ranges::sort(ranks);
        std::vector<std::size_t> labels;
        std::ranges::transform(ranks, std::back_inserter(labels), &Rank::label);
        return labels;
    }
    /// Of the parts with room for it the one that wants most of it; of several the one that wants most clips;
    /// of several any. (Where most classes are in a single clip, each of them wants the largest part: without
    /// regard to the room, the others would stay empty.)
    std::uint8_t choose(Group group, std::span<const std::int64_t> wanted)
    {
        const auto want = [&](std::uint8_t part) {
            const bool hasRoom = m_wanted[part] > -m_asked[part] / Overfull;
            return std::tuple(hasRoom, wanted[part], m_wanted[part]);
        };
        m_best.assign(1, 0);
        for (std::uint8_t part = 1; part < m_parts; ++part) {
            if (want(part) > want(m_best.front()))
                m_best.assign(1, part);
            else if (want(part) == want(m_best.front()))
                m_best.push_back(part);
        }
        return m_best[m_groups.lots[group] % m_best.size()];
    }
    void put(Group group, std::uint8_t part)
    {
        m_partOf[group] = part;
        count(group, part, 1);
    }
    /// It comes into a part (1), or leaves it (-1).
    void count(Group group, std::uint8_t part, int by)
    {
        m_wanted[part] -= std::int64_t{Share::Whole} * by * m_groups.sizes[group];
        for (const ClipGroups::Has &each : m_groups.labels(group)) {
            m_labelWanted[each.label * m_parts + part] -= std::int64_t{Share::Whole} * by * each.clips;
            groupsIn(each.label, part) += by;
        }
    }
    /// So that a class that is in few groups can be trained, validated and tested.
    void fillGaps(std::size_t label)
    {
        const auto holders = m_holders.of(label);
        for (std::uint8_t part = 0; part < m_parts && holders.size() >= m_parts; ++part) {
            if (groupsIn(label, part) > 0)
                continue;
            // The small ones are last.
            const auto spare = std::find_if(holders.rbegin(), holders.rend(), [this](Group group) {
                return std::ranges::all_of(m_groups.labels(group), [&](const ClipGroups::Has &each) {
                    return groupsIn(each.label, m_partOf[group]) > 1;
                });
            });
            if (spare == holders.rend())
                continue;
            count(*spare, m_partOf[*spare], -1);
            count(*spare, part, 1);
            m_partOf[*spare] = part;
        }
    }
    std::int32_t &groupsIn(std::size_t label, std::uint8_t part)
    {
        return m_labelGroups[label * m_parts + part];
    }

    const ClipGroups &m_groups;
    const Holders m_holders;
    const std::size_t m_parts;
    std::vector<std::uint8_t> m_partOf;      ///< by group
    std::vector<std::int64_t> m_wanted;      ///< by part: clips, in units of 1/Share::Whole
    std::vector<std::int64_t> m_asked;       ///< the same before any was given
    std::vector<std::int64_t> m_labelWanted; ///< by label, and of each by part: the same of the label
    std::vector<std::int32_t> m_labelGroups; ///< by label, and of each by part: groups that are there
    std::vector<std::uint8_t> m_best;        ///< of choose(), kept for its memory
};

} // namespace

Result<Partition> partitionClips(const SplitClips &clips, std::span<const Share> shares, std::uint64_t seed,
                                 const std::stop_token &stop)
{
    if (const auto checked = checkShares(shares); !checked)
        return tl::unexpected(checked.error());
    const ClipGroups groups = ClipGroups::of(clips, seed);
    Stratifier stratifier(groups, clips.labelCount, shares);
    if (!stratifier.run(stop))
        return failure(ErrorCode::Cancelled, u"The export was cancelled."_s);

    Partition result;
    result.groups = groups.size();
    result.clips.resize(shares.size());
    result.labelClips.resize(clips.labelCount * shares.size());
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        const std::uint8_t part = stratifier.partOf(groups.ofClip[clip]);
        result.partOf.push_back(part);
        ++result.clips[part];
        for (const LabelNumber label : clips.labelsOf(clip))
            ++result.labelClips[label * shares.size() + part];
    }
    return result;
}

QByteArray partitionCsv(const Partition &partition, std::span<const Share> shares,
                        std::span<const QString> classes)
{
    QStringList head{u"class"_s, u"clips"_s};
    for (const Share &share : shares)
        head << share.name + u"_asked"_s << share.name + u"_got"_s;
    QByteArray csv = csvLine(head);
    const auto add = [&](const QString &what, std::span<const std::uint32_t> got) {
        const auto clips = std::accumulate(got.begin(), got.end(), std::uint64_t{0});
        if (clips == 0)
            return;
        QStringList fields{what, QString::number(clips)};
        for (std::size_t part = 0; part < shares.size(); ++part)
            fields << Share::text((clips * shares[part].hundredths + 50) / 100) << QString::number(got[part]);
        csv += csvLine(fields);
    };
    add(u"(all)"_s, partition.clips);
    for (std::size_t label = 0; label < classes.size() && label * shares.size() < partition.labelClips.size();
         ++label)
        add(classes[label], partition.ofLabel(label));
    return csv;
}

} // namespace earmark::manifest
