#include "segments/sampling.h"

#include "base/format.h"
#include "clips/seededorder.h"

#include <QHash>

#include <algorithm>
#include <limits>
#include <tuple>

namespace earmark::segments {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t NotAsked = std::numeric_limits<std::size_t>::max();

/// Where a row stands in the order that a seed gives. Half of the hash is enough, and half the memory: equal
/// numbers are told apart by the segments.
struct Place
{
    std::uint32_t number;
    Row row;
};

/// The order of rows that a seed gives.
class SeededOrder final
{
public:
    SeededOrder(const SegmentTable &table, std::uint64_t seed)
        : m_table(table)
        , m_seed(seed)
    {
    }

    Place place(Row row) const { return {sampleRank(m_table.key(row), m_seed), row}; }
    bool operator()(const Place &a, const Place &b) const
    {
        return a.number != b.number ? a.number < b.number : m_table.key(a.row) < m_table.key(b.row);
    }

private:
    const SegmentTable &m_table;
    const std::uint64_t m_seed;
};

/// Keeps the rows that stand first in the order, at most twice as many as asked for at a time.
class FirstRows final
{
public:
    void add(const Place &place, std::size_t count, const SeededOrder &order)
    {
        if (place.number > m_last)
            return;
        m_places.push_back(place);
        if (m_places.size() >= 2 * count + 64)
            cut(count, order);
    }
    std::vector<Place> take(std::size_t count, const SeededOrder &order)
    {
        cut(count, order);
        return std::move(m_places);
    }

private:
    void cut(std::size_t count, const SeededOrder &order)
    {
        if (m_places.size() <= count)
            return;
        const auto end = m_places.begin() + static_cast<std::ptrdiff_t>(count);
        std::ranges::nth_element(m_places, end, order);
        m_last = end->number;
        m_places.erase(end, m_places.end());
    }

    std::vector<Place> m_places;
    std::uint32_t m_last =
        std::numeric_limits<std::uint32_t>::max(); ///< whatever stands behind it is not wanted
};

/// The rows of `found` that are marked.
std::vector<Row> marked(std::span<const Row> found, const std::vector<bool> &marks)
{
    std::vector<Row> rows;
    std::ranges::copy_if(found, std::back_inserter(rows), [&marks](Row row) { return marks[row]; });
    return rows;
}

/// By label number: how many of the rows have it. Labels are a matter of the set.
std::vector<Row> rowsPerLabel(const SegmentTable &table, std::span<const Row> found)
{
    std::vector<Row> perSet(table.setCount());
    for (const Row row : found)
        ++perSet[table.set(row)];
    std::vector<Row> perLabel(table.labelCount());
    for (std::uint32_t set = 0; set < perSet.size(); ++set) {
        for (const LabelNumber label : table.setLabels(set))
            perLabel[label] += perSet[set];
    }
    return perLabel;
}

} // namespace

QString ClassOutcome::reason() const
{
    if (got >= asked)
        return {};
    if (available == 0)
        return u"no segment has it"_s;
    return available == 1 ? u"only one segment has it"_s
                          : u"only %1 segments have it"_s.arg(countText(available));
}

Sample samplePerClass(const SegmentTable &table, std::span<const Row> found,
                      std::span<const QByteArray> classes, Row count, std::uint64_t seed,
                      const std::stop_token &stop)
{
    Sample sample;
    QHash<QByteArray, Row> available;
    for (const QByteArray &mid : classes)
        available.insert(mid, 0);
    const std::vector<Row> perLabel = rowsPerLabel(table, found);
    for (std::size_t label = 0; label < perLabel.size(); ++label) {
        if (const auto entry = available.find(table.mid(static_cast<LabelNumber>(label)));
            entry != available.end())
            *entry = perLabel[label];
    }
    for (const auto &[mid, rows] : available.asKeyValueRange())
        sample.classes.push_back({.mid = mid, .asked = count, .available = rows});
    std::ranges::sort(sample.classes, {},
                      [](const ClassOutcome &each) { return std::tie(each.available, each.mid); });

    // What each label set counts for, as places in sample.classes.
    QHash<QByteArray, std::size_t> placeOf;
    for (std::size_t i = 0; i < sample.classes.size(); ++i)
        placeOf.insert(sample.classes[i].mid, i);
    std::vector<std::size_t> ofLabel(table.labelCount());
    for (std::size_t label = 0; label < ofLabel.size(); ++label)
        ofLabel[label] = placeOf.value(table.mid(static_cast<LabelNumber>(label)), NotAsked);
    const auto forClasses = [&](Row row, auto action) {
        for (const LabelNumber label : table.labels(row)) {
            if (ofLabel[label] != NotAsked)
                action(ofLabel[label]);
        }
    };

    const SeededOrder order(table, seed);
    std::vector<FirstRows> first(sample.classes.size());
    for (const Row row : found) {
        if (stop.stop_requested())
            return {};
        const Place place = order.place(row);
        forClasses(row, [&](std::size_t number) { first[number].add(place, count, order); });
    }

    std::vector<bool> isChosen(table.size());
    for (std::size_t number = 0; number < first.size() && !stop.stop_requested(); ++number) {
        ClassOutcome &outcome = sample.classes[number];
        std::vector<Place> places = first[number].take(count, order);
        // Those chosen for rarer classes count: at most `got` of these places are theirs, so enough are left.
        const Row missing =
            std::min(count, outcome.available) - std::min({count, outcome.available, outcome.got});
        std::erase_if(places, [&isChosen](const Place &place) { return isChosen[place.row]; });
        std::ranges::nth_element(places, places.begin() + missing, order);
        for (const Place &place : std::span(places).first(missing)) {
            isChosen[place.row] = true;
            forClasses(place.row, [&sample](std::size_t each) { ++sample.classes[each].got; });
        }
    }
    sample.rows = marked(found, isChosen);
    return sample;
}

std::vector<Row> sampleAtRandom(const SegmentTable &table, std::span<const Row> found, Row count,
                                std::uint64_t seed, const std::stop_token &stop)
{
    const SeededOrder order(table, seed);
    FirstRows first;
    for (const Row row : found) {
        if (stop.stop_requested())
            return {};
        first.add(order.place(row), count, order);
    }
    std::vector<bool> isChosen(table.size());
    for (const Place &place : first.take(count, order))
        isChosen[place.row] = true;
    return marked(found, isChosen);
}

std::vector<QByteArray> classesToSample(const SegmentTable &table, std::span<const Row> found,
                                        const std::vector<bool> &sought)
{
    const bool isAny = std::ranges::find(sought, true) == sought.end();
    const std::vector<Row> perLabel = isAny ? rowsPerLabel(table, found) : std::vector<Row>();
    std::vector<QByteArray> classes;
    for (std::size_t label = 0; label < table.labelCount(); ++label) {
        if (isAny ? perLabel[label] > 0 : sought[label])
            classes.push_back(table.mid(static_cast<LabelNumber>(label)));
    }
    return classes;
}

QString choiceText(const QString &query, Row perClass, Row random, std::uint64_t seed)
{
    QString text = query.trimmed().isEmpty() ? u"all segments"_s : query.trimmed();
    if (perClass > 0)
        text += u", %1 for each class, seed %2"_s.arg(countText(perClass)).arg(seed);
    else if (random > 0)
        text += u", %1 at random, seed %2"_s.arg(countText(random)).arg(seed);
    return text;
}

} // namespace earmark::segments
