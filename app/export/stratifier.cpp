#include "export/stratifier.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <queue>
#include <tuple>

namespace earmark::exports {

namespace {

/// A part's weight times its hundredths. Small enough for 64 bits with ten million clips in a group.
constexpr std::int64_t WeightOfWhole = 200'000;

/// Labels' weights are sixteenths.
constexpr std::uint64_t PlainWeight = 16;

/// A clip more of a class changes the odds of meeting it by 1/(1-f)², f being the share of clips that have
/// it: the label distance is one of odds.
std::int64_t labelWeight(std::uint64_t itsClips, std::uint64_t allClips)
{
    constexpr std::uint64_t most = 128;
    const std::uint64_t odds =
        itsClips < allClips ? std::min(PlainWeight * allClips / (allClips - itsClips), most) : most;
    return static_cast<std::int64_t>(odds * odds / PlainWeight);
}

} // namespace

std::int64_t Stratifier::tolerance(std::int64_t asked)
{
    return std::max<std::int64_t>(asked / 100, Share::Whole);
}

Stratifier::Stratifier(const ClipGroups &groups, std::size_t labelCount, std::span<const Share> shares)
    : m_groups(groups)
    , m_parts(shares.size())
    , m_labels(labelCount)
    , m_holderBegins(labelCount + 1)
    , m_holders(groups.has.size())
    , m_partOf(groups.size(), Nowhere)
    , m_wanted(m_parts)
    , m_labelWanted(labelCount * m_parts)
    , m_labelGroups(labelCount * m_parts)
    , m_labelLeft(labelCount)
{
    for (const ClipGroups::Has &each : groups.has) {
        ++m_holderBegins[each.label];
        m_labelLeft[each.label] += each.clips;
    }
    std::partial_sum(m_holderBegins.begin(), m_holderBegins.end(), m_holderBegins.begin());
    for (auto group = static_cast<Group>(groups.size()); group-- > 0;) {
        for (const ClipGroups::Has &each : groups.labels(group))
            m_holders[--m_holderBegins[each.label]] = group;
    }
    const auto clips = std::accumulate(groups.sizes.begin(), groups.sizes.end(), std::uint64_t{0});
    for (std::size_t part = 0; part < m_parts; ++part) {
        const std::int64_t share = shares[part].hundredths;
        m_partWeights.push_back(WeightOfWhole / share);
        m_wanted[part] = share * static_cast<std::int64_t>(clips);
        for (std::size_t label = 0; label < m_labels; ++label)
            m_labelWanted[label * m_parts + part] = share * static_cast<std::int64_t>(m_labelLeft[label]);
    }
    m_asked = m_wanted;
    m_labelAsked = m_labelWanted;
    std::ranges::transform(m_labelLeft, std::back_inserter(m_labelWeights),
                           [clips](std::uint64_t its) { return labelWeight(its, clips); });
}

bool Stratifier::run(const std::stop_token &stop)
{
    return stratify(stop) && even(stop) && fillGaps(stop);
}

bool Stratifier::stratify(const std::stop_token &stop)
{
    std::vector<std::uint64_t> ranks(m_labels); // tell equally rare ones apart, whatever their numbers
    for (Group group = 0; group < m_groups.size(); ++group) {
        for (const ClipGroups::Has &each : m_groups.labels(group))
            ranks[each.label] += m_groups.ranks[group];
    }
    // What is left of a label, and the label. Entries that came before another of the same label are stale:
    // with a caption for each clip there are as many labels as clips, too many to look through for each.
    using Rank = std::tuple<std::uint64_t, std::uint64_t, std::size_t>;
    std::priority_queue<Rank, std::vector<Rank>, std::greater<>> rarest;
    const auto rank = [&](std::size_t label) {
        if (m_labelLeft[label] > 0)
            rarest.emplace(m_labelLeft[label], ranks[label], label);
    };
    for (std::size_t label = 0; label < m_labels; ++label)
        rank(label);
    const auto give = [this](Group group, std::span<const std::int64_t> wanted) {
        m_partOf[group] = choose(group, wanted);
        count(group, m_partOf[group], 1);
        for (const ClipGroups::Has &each : m_groups.labels(group))
            m_labelLeft[each.label] -= each.clips;
    };
    std::vector<std::size_t> changed;
    while (!rarest.empty()) {
        const auto [left, drawn, label] = rarest.top();
        rarest.pop();
        if (left != m_labelLeft[label])
            continue;
        changed.clear();
        for (const Group group : holders(label)) {
            if (stop.stop_requested())
                return false;
            if (m_partOf[group] != Nowhere)
                continue;
            give(group, std::span(m_labelWanted).subspan(label * m_parts, m_parts));
            for (const ClipGroups::Has &each : m_groups.labels(group))
                changed.push_back(each.label);
        }
        std::ranges::sort(changed);
        changed.erase(std::ranges::unique(changed).begin(), changed.end());
        std::ranges::for_each(changed, rank);
    }
    for (Group group = 0; group < m_groups.size(); ++group) { // those without a label
        if (m_partOf[group] == Nowhere)
            give(group, m_wanted);
    }
    return true;
}

/// The part that wants most of it; of several the one that wants most clips; of several any.
std::uint8_t Stratifier::choose(Group group, std::span<const std::int64_t> wanted)
{
    const auto want = [&](std::uint8_t part) { return std::pair(wanted[part], m_wanted[part]); };
    m_best.assign(1, 0);
    for (std::uint8_t part = 1; part < m_parts; ++part) {
        if (want(part) > want(m_best.front()))
            m_best.assign(1, part);
        else if (want(part) == want(m_best.front()))
            m_best.push_back(part);
    }
    return m_best[m_groups.ranks[group] % m_best.size()];
}

void Stratifier::count(Group group, std::uint8_t part, int by)
{
    m_wanted[part] -= std::int64_t{Share::Whole} * by * m_groups.sizes[group];
    for (const ClipGroups::Has &each : m_groups.labels(group)) {
        m_labelWanted[each.label * m_parts + part] -= std::int64_t{Share::Whole} * by * each.clips;
        groupsIn(each.label, part) += by;
    }
}

void Stratifier::move(Group group, std::uint8_t part)
{
    count(group, m_partOf[group], -1);
    m_partOf[group] = part;
    count(group, part, 1);
}

std::int64_t Stratifier::sizeCost(std::uint8_t part, std::int64_t wanted) const
{
    const std::int64_t excess = std::max<std::int64_t>(0, std::abs(wanted) - tolerance(m_asked[part]));
    return (SizeWeight * std::abs(wanted) + ExcessWeight * excess) * std::int64_t{PlainWeight};
}

/// What a part wants of a class, or has too much of it; that weighs the more the less was asked for, up to
/// four times as much: one class that is far off is worse than many that are a little.
std::int64_t Stratifier::labelCost(std::size_t label, std::uint8_t part, std::int64_t wanted) const
{
    constexpr std::int64_t unit = 1'024;
    constexpr std::int64_t most = 4 * unit;
    constexpr std::int64_t times = 2 * std::int64_t{PlainWeight};
    const std::int64_t off = std::abs(wanted);
    const std::int64_t share =
        std::min(unit * off / (m_labelAsked[label * m_parts + part] + Share::Whole), most);
    return off * m_labelWeights[label] + off * share * times / unit;
}

std::int64_t Stratifier::costOf(Group group, std::uint8_t part, int by) const
{
    const std::int64_t clips = std::int64_t{Share::Whole} * by;
    std::int64_t cost =
        sizeCost(part, m_wanted[part] - clips * m_groups.sizes[group]) - sizeCost(part, m_wanted[part]);
    for (const ClipGroups::Has &each : m_groups.labels(group)) {
        const std::int64_t wanted = m_labelWanted[each.label * m_parts + part];
        cost +=
            labelCost(each.label, part, wanted - clips * each.clips) - labelCost(each.label, part, wanted);
    }
    return cost * m_partWeights[part];
}

/// Each group goes where it makes parts and classes nearest to what was asked for, until few still do.
bool Stratifier::even(const std::stop_token &stop)
{
    for (int pass = 0; pass < MostPasses; ++pass) {
        std::size_t moved = 0;
        for (Group group = 0; group < m_groups.size(); ++group) {
            if (stop.stop_requested())
                return false;
            const std::int64_t leaving = costOf(group, m_partOf[group], -1);
            std::pair best(std::int64_t{0}, m_partOf[group]);
            for (std::uint8_t part = 0; part < m_parts; ++part) {
                if (part != m_partOf[group])
                    best = std::min(best, std::pair(leaving + costOf(group, part, 1), part),
                                    [](const auto &a, const auto &b) { return a.first < b.first; });
            }
            if (best.second != m_partOf[group]) {
                move(group, best.second);
                ++moved;
            }
        }
        if (moved * 1'000 <= m_groups.size())
            break;
    }
    return true;
}

bool Stratifier::canBeSpared(Group group) const
{
    return std::ranges::all_of(m_groups.labels(group), [&](const ClipGroups::Has &each) {
        return groupsIn(each.label, m_partOf[group]) > 1;
    });
}

bool Stratifier::fits(Group group, std::uint8_t to) const
{
    const std::int64_t clips = std::int64_t{Share::Whole} * m_groups.sizes[group];
    const auto fitsIn = [this](std::uint8_t part, std::int64_t wanted) {
        return std::abs(wanted) <= std::max(tolerance(m_asked[part]), std::abs(m_wanted[part]));
    };
    return fitsIn(m_partOf[group], m_wanted[m_partOf[group]] + clips) && fitsIn(to, m_wanted[to] - clips);
}

/// So that a class that is in few groups can be trained, validated and tested. Frequent classes come first:
/// to have one of ten clips where one was asked for costs least.
bool Stratifier::fillGaps(const std::stop_token &stop)
{
    std::vector<std::size_t> order;
    for (std::size_t label = 0; label < m_labels; ++label) {
        if (holders(label).size() >= m_parts)
            order.push_back(label);
    }
    // Ties by the holders' numbers, which are in the order of ranks, not by the labels' own.
    std::ranges::sort(order, [this](std::size_t a, std::size_t b) {
        const auto first = holders(a);
        const auto second = holders(b);
        if (first.size() != second.size())
            return first.size() > second.size();
        return std::ranges::lexicographical_compare(first, second);
    });
    std::vector<std::vector<Group>> partners(m_parts);
    for (Group group = 0; group < m_groups.size(); ++group) {
        if (auto &own = partners[m_partOf[group]]; own.size() < MostPartners)
            own.push_back(group);
    }
    std::size_t left = std::max<std::size_t>(m_groups.size() / GroupsPerGap, 1);
    for (const std::size_t label : order) {
        for (std::uint8_t part = 0; part < m_parts && left > 0; ++part) {
            if (stop.stop_requested())
                return false;
            if (groupsIn(label, part) == 0 && fillGap(label, part, partners[part]))
                --left;
        }
    }
    return true;
}

bool Stratifier::fillGap(std::size_t label, std::uint8_t part, std::span<const Group> partners)
{
    struct Exchange
    {
        std::int64_t cost = std::numeric_limits<std::int64_t>::max();
        Group group = 0;
        std::optional<Group> back{}; ///< goes to the other part for it
    };
    Exchange best;
    int tried = 0;
    for (const Group group : holders(label)) {
        if (!canBeSpared(group))
            continue;
        if (++tried > MostHolders)
            break;
        const std::uint8_t from = m_partOf[group];
        const std::int64_t cost = moveCost(group, part);
        if (cost < best.cost && fits(group, part))
            best = {cost, group};
        move(group, part);
        for (const Group back : partners) {
            if (m_partOf[back] != part || back == group || m_groups.sizes[back] != m_groups.sizes[group] ||
                !canBeSpared(back))
                continue;
            if (const std::int64_t both = cost + moveCost(back, from); both < best.cost)
                best = {both, group, back};
        }
        move(group, from);
    }
    if (best.cost == std::numeric_limits<std::int64_t>::max())
        return false;
    const std::uint8_t from = m_partOf[best.group];
    move(best.group, part);
    if (best.back)
        move(*best.back, from);
    return true;
}

} // namespace earmark::exports
