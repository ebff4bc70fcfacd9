#include "segments/segmenttable.h"

#include "base/bytes.h"
#include "base/format.h"
#include "classes/labellist.h"
#include "segments/radixsort.h"

#include <algorithm>
#include <numeric>

namespace earmark::segments {

namespace {

std::uint32_t hashOf(std::string_view mid)
{
    return static_cast<std::uint32_t>(std::hash<std::string_view>()(mid));
}

} // namespace

QString manyLabelsText()
{
    using namespace Qt::StringLiterals;
    return u"the segment has more than %1 labels, which is the limit"_s.arg(
        SegmentTable::MostLabelsOfSegment);
}

QString manyDifferentLabelsText(std::size_t most)
{
    using namespace Qt::StringLiterals;
    return u"the file has more than %1 different labels"_s.arg(countText(static_cast<qint64>(most)));
}

QByteArray SegmentTable::midList(Row row) const
{
    QByteArray list;
    for (const LabelNumber label : labels(row))
        classes::appendLabel(list, m_mids[label]);
    return list;
}

void SegmentTable::reserve(std::size_t rows)
{
    if (rows > m_ids.size())
        resize(rows);
}

void SegmentTable::resize(std::size_t rows)
{
    m_ids.resize(rows);
    m_starts.resize(rows);
    m_ends.resize(rows);
    m_sets.resize(rows);
    m_clips.resize(rows);
}

bool SegmentTable::append(const SegmentKey &key, std::span<const std::string_view> mids)
{
    if (!hasRoom(mids))
        return false;
    m_numbers.clear();
    for (const std::string_view mid : mids)
        m_numbers.push_back(internLabel(mid));
    append(key, m_setLabels.intern(m_numbers));
    return true;
}

bool SegmentTable::append(const SegmentTable &other)
{
    std::vector<LabelNumber> ourLabels; // by the other's number
    for (const QByteArray &mid : other.m_mids) {
        const std::string_view text = viewOf(mid);
        if (!hasRoom({&text, 1}))
            return false;
        ourLabels.push_back(internLabel(text));
    }
    Column<std::uint32_t> ourSets;
    for (std::uint32_t set = 0; set < other.setCount(); ++set) {
        m_numbers.clear();
        for (const LabelNumber label : other.setLabels(set))
            m_numbers.push_back(ourLabels[label]);
        ourSets.push_back(m_setLabels.intern(m_numbers));
    }
    reserve(std::size_t{m_size} + other.m_size);
    std::ranges::copy(other.ids(), m_ids.begin() + m_size);
    std::ranges::copy(other.starts(), m_starts.begin() + m_size);
    std::ranges::copy(other.ends(), m_ends.begin() + m_size);
    std::ranges::transform(other.sets(), m_sets.begin() + m_size, [&](auto set) { return ourSets[set]; });
    m_clips.forget(m_size, other.m_size);
    m_size += other.m_size;
    return true;
}

bool SegmentTable::hasRoom(std::span<const std::string_view> mids) const
{
    const auto fits = [this](std::size_t count, std::size_t bytes) {
        return labelCount() + count <= m_mostLabels && m_labelNumbers.hasRoom(count, bytes);
    };
    std::size_t bytes = 0;
    for (const std::string_view mid : mids)
        bytes += mid.size();
    if (fits(mids.size(), bytes))
        return true;
    std::size_t count = 0; // of those that are new
    bytes = 0;
    for (const std::string_view mid : mids) {
        if (findLabel(mid) == StringInterner::None) {
            ++count;
            bytes += mid.size();
        }
    }
    return fits(count, bytes);
}

std::uint32_t SegmentTable::findLabel(std::string_view mid) const
{
    return m_labelNumbers.find(mid, hashOf(mid));
}

LabelNumber SegmentTable::internLabel(std::string_view mid)
{
    if (const std::uint32_t known = findLabel(mid); known != StringInterner::None)
        return static_cast<LabelNumber>(known);
    const auto number = static_cast<LabelNumber>(labelCount());
    m_labelNumbers.add(mid, hashOf(mid), number);
    m_mids.emplace_back(mid.data(), static_cast<qsizetype>(mid.size()));
    return number;
}

std::size_t SegmentTable::videoCount() const
{
    const auto distinct = [](std::span<const YtId> sorted) {
        std::size_t count = sorted.empty() ? 0 : 1;
        for (std::size_t at = 1; at < sorted.size(); ++at)
            count += sorted[at] != sorted[at - 1];
        return count;
    };
    if (std::ranges::is_sorted(ids()))
        return distinct(ids());
    std::vector<YtId> sorted(ids().begin(), ids().end());
    std::ranges::sort(sorted);
    return distinct(sorted);
}

std::vector<Row> SegmentTable::index()
{
    std::vector<Row> repeated;
    m_order.clear();
    Row ascending = 1;
    while (ascending < size() &&
           (m_ids[ascending - 1] < m_ids[ascending] || key(ascending - 1) < key(ascending)))
        ++ascending;
    if (ascending >= size())
        return repeated;
    m_order.resize(size());
    std::iota(m_order.begin(), m_order.end(), Row{0});
    radixSort(m_order, [this](Row row) { return m_ends[row]; });
    radixSort(m_order, [this](Row row) { return m_starts[row]; });
    radixSortById(m_order, m_ids);
    for (std::size_t at = 1; at < m_order.size(); ++at) {
        if (key(m_order[at - 1]) == key(m_order[at]))
            repeated.push_back(m_order[at]);
    }
    std::ranges::sort(repeated);
    return repeated;
}

void SegmentTable::remove(std::span<const Row> rows)
{
    auto gone = rows.begin();
    Row kept = 0;
    for (Row row = 0; row < m_size; ++row) {
        if (gone != rows.end() && *gone == row) {
            ++gone;
            continue;
        }
        m_ids[kept] = m_ids[row];
        m_starts[kept] = m_starts[row];
        m_ends[kept] = m_ends[row];
        m_sets[kept] = m_sets[row];
        m_clips.move(row, kept);
        ++kept;
    }
    m_size = kept;
    m_order.clear();
}

std::optional<Row> SegmentTable::find(const SegmentKey &wanted) const
{
    const auto at = [this](Row place) { return m_order.empty() ? place : m_order[place]; };
    Row first = 0; // of those not smaller than what is wanted
    for (Row last = size(); first < last;) {
        const Row middle = first + (last - first) / 2;
        if (key(at(middle)) < wanted)
            first = middle + 1;
        else
            last = middle;
    }
    if (first == size() || key(at(first)) != wanted)
        return std::nullopt;
    return at(first);
}

} // namespace earmark::segments
