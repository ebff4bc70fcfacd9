#include "dataset/segmenttable.h"

#include "dataset/labellist.h"

#include <algorithm>
#include <numeric>

namespace earmark::dataset {

std::span<const LabelNumber> SegmentTable::setLabels(std::uint32_t set) const
{
    const std::uint32_t begin = set == 0 ? 0 : m_setEnds[set - 1];
    return std::span(m_setLabels).subspan(begin, m_setEnds[set] - begin);
}

QByteArray SegmentTable::midList(Row row) const
{
    QByteArray list;
    for (const LabelNumber label : labels(row))
        appendLabel(list, m_mids[label]);
    return list;
}

QString SegmentTable::reason(Row row) const
{
    const auto found = m_reasons.find(row);
    return found == m_reasons.end() ? QString() : found->second;
}

void SegmentTable::setClip(Row row, ClipState state, Verdict verdict, const QString &reason)
{
    m_clips[row].state = static_cast<std::uint8_t>(state) & 0xF;
    m_clips[row].verdict = static_cast<std::uint8_t>(verdict) & 0xF;
    if (reason.isEmpty())
        m_reasons.erase(row);
    else
        m_reasons.insert_or_assign(row, reason);
}

void SegmentTable::clearClips()
{
    std::ranges::fill(m_clips, Clip());
    m_reasons.clear();
}

void SegmentTable::reserve(std::size_t rows)
{
    m_ids.reserve(rows);
    m_starts.reserve(rows);
    m_ends.reserve(rows);
    m_sets.reserve(rows);
    m_clips.reserve(rows);
}

bool SegmentTable::append(const SegmentKey &key, std::span<const std::string_view> mids)
{
    const auto set = internSet(mids);
    if (!set)
        return false;
    m_ids.push_back(key.ytid);
    m_starts.push_back(key.startMs);
    m_ends.push_back(key.endMs);
    m_sets.push_back(*set);
    m_clips.emplace_back();
    return true;
}

std::optional<std::uint32_t> SegmentTable::internSet(std::span<const std::string_view> mids)
{
    std::u16string numbers;
    for (const std::string_view mid : mids) {
        const auto [entry, isNew] =
            m_labelNumbers.try_emplace(std::string(mid), static_cast<LabelNumber>(m_mids.size()));
        if (isNew) {
            if (m_mids.size() == MostLabels) {
                m_labelNumbers.erase(entry);
                return std::nullopt;
            }
            m_mids.emplace_back(mid.data(), static_cast<qsizetype>(mid.size()));
        }
        numbers.push_back(entry->second);
    }
    const auto [entry, isNew] =
        m_setNumbers.try_emplace(numbers, static_cast<std::uint32_t>(m_setEnds.size()));
    if (isNew) {
        m_setLabels.insert(m_setLabels.end(), numbers.begin(), numbers.end());
        m_setEnds.push_back(static_cast<std::uint32_t>(m_setLabels.size()));
    }
    return entry->second;
}

std::vector<Row> SegmentTable::index()
{
    m_order.clear();
    std::vector<Row> repeated;
    const auto byKey = [this](Row a, Row b) { return key(a) < key(b); };
    bool isAscending = true;
    for (Row row = 1; isAscending && row < size(); ++row)
        isAscending = key(row - 1) < key(row);
    if (isAscending)
        return repeated;
    m_order.resize(size());
    std::iota(m_order.begin(), m_order.end(), Row{0});
    std::ranges::stable_sort(m_order, byKey);
    for (std::size_t at = 1; at < m_order.size(); ++at) {
        if (key(m_order[at - 1]) == key(m_order[at]))
            repeated.push_back(m_order[at]);
    }
    std::ranges::sort(repeated);
    return repeated;
}

void SegmentTable::remove(std::span<const Row> rows)
{
    const auto erase = [rows](auto &column) {
        auto gone = rows.begin();
        std::size_t kept = 0;
        for (std::size_t row = 0; row < column.size(); ++row) {
            if (gone != rows.end() && *gone == row)
                ++gone;
            else
                column[kept++] = column[row];
        }
        column.resize(kept);
    };
    erase(m_ids);
    erase(m_starts);
    erase(m_ends);
    erase(m_sets);
    erase(m_clips);
    m_order.clear();
}

std::optional<Row> SegmentTable::find(const SegmentKey &wanted) const
{
    Row low = 0;
    Row high = size();
    const auto at = [this](Row place) { return m_order.empty() ? place : m_order[place]; };
    while (low < high) {
        const Row middle = low + (high - low) / 2;
        if (key(at(middle)) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < size() && key(at(low)) == wanted)
        return at(low);
    return std::nullopt;
}

} // namespace earmark::dataset
