#pragma once

#include "base/clipstate.h"
#include "base/segmentkey.h"
#include "dataset/hugepages.h"
#include "dataset/interner.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace earmark::dataset {

using Row = std::uint32_t;         ///< a row of the table, in the order of the file
using LabelNumber = std::uint16_t; ///< a label of this table, in the order in which the file first names it

/// All segments of a split, as columns: id, start, end, the number of an interned label set, state.
/// Two million rows take about 27 bytes each; a question about labels is answered once per distinct set.
class SegmentTable final
{
public:
    static constexpr std::size_t MostLabels = 65'535;

    Row size() const { return m_size; }
    SegmentKey key(Row row) const { return {m_ids[row], m_starts[row], m_ends[row]}; }
    /// The row of a segment; nothing when it is not in the table. O(log n).
    std::optional<Row> find(const SegmentKey &key) const;

    /// The segment's labels as numbers, in the order of the file.
    std::span<const LabelNumber> labels(Row row) const { return setLabels(m_sets[row]); }
    /// The labels of a row as one text, see appendLabel(): mids joined by ',', as in the split.
    QByteArray midList(Row row) const;
    /// The mid of a label number.
    const QByteArray &mid(LabelNumber label) const { return m_mids[label]; }
    std::size_t labelCount() const { return m_mids.size(); }

    /// Distinct label sets: what filters evaluate once each.
    std::uint32_t set(Row row) const { return m_sets[row]; }
    std::size_t setCount() const { return m_setLabels.size(); }
    std::span<const LabelNumber> setLabels(std::uint32_t set) const { return m_setLabels[set]; }

    /// What is known of a row's clip: not the split's matter, but what filters and views ask of every row.
    ClipState state(Row row) const { return static_cast<ClipState>(m_clips[row] & 0xF); }
    Verdict verdict(Row row) const { return static_cast<Verdict>(m_clips[row] >> 4); }
    /// Failure class and reason, "permanent: This video is private."; empty unless the clip failed.
    QString reason(Row row) const { return m_reasons.empty() ? QString() : m_reasonTexts[m_reasons[row]]; }
    /// Nothing is known of any clip.
    void clearClips();
    void setClip(Row row, ClipState state, Verdict verdict = Verdict::Undecided, const QString &reason = {});

    /// The columns, for those who look at every row.
    std::span<const YtId> ids() const { return {m_ids.data(), m_size}; }
    std::span<const std::uint32_t> starts() const { return {m_starts.data(), m_size}; } ///< milliseconds
    std::span<const std::uint32_t> ends() const { return {m_ends.data(), m_size}; }     ///< milliseconds
    std::span<const std::uint32_t> sets() const { return {m_sets.data(), m_size}; }
    std::span<const std::uint8_t> clips() const
    {
        return {m_clips.data(), m_size};
    } ///< state, and 16 × verdict
    /// By row, the number of its reason in reasonTexts(), 0 for none; empty while no row has one.
    std::span<const std::uint32_t> reasons() const { return m_reasons; }
    const std::vector<QString> &reasonTexts() const { return m_reasonTexts; }

    /// Makes room: may be far too much, what is not used costs nothing.
    void reserve(std::size_t rows);
    /// Adds a row. Label texts are mids, none empty. False, and nothing changed, when the table would hold
    /// more than MostLabels labels.
    bool append(const SegmentKey &key, std::span<const std::string_view> mids);
    /// Adds a row whose labels are a set of this table.
    void append(const SegmentKey &key, std::uint32_t set)
    {
        if (m_size == m_ids.size())
            resize(std::max<std::size_t>(2 * m_size, 1024));
        m_ids[m_size] = key.ytid;
        m_starts[m_size] = key.startMs;
        m_ends[m_size] = key.endMs;
        m_sets[m_size] = set;
        m_clips[m_size] = 0;
        ++m_size;
    }
    /// Adds the rows of another table, without what is known of their clips. False, and the table is of no
    /// more use, when both together hold more than MostLabels labels.
    bool append(const SegmentTable &other);
    /// Prepares find(). Returns the rows whose segment is in an earlier row already, ascending.
    std::vector<Row> index();
    /// Takes rows out (ascending, each once); index() is to be called again.
    void remove(std::span<const Row> rows);

private:
    LabelNumber internLabel(std::string_view mid);

    void resize(std::size_t rows); ///< the columns

    Row m_size = 0; ///< what is used of the columns
    Column<YtId> m_ids;
    Column<std::uint32_t> m_starts;
    Column<std::uint32_t> m_ends;
    Column<std::uint32_t> m_sets;
    Column<std::uint8_t> m_clips; ///< state in the low half, verdict in the high one
    Column<Row> m_order;          ///< rows by key; empty while the rows themselves lie in that order

    Column<std::uint32_t> m_reasons;
    std::vector<QString> m_reasonTexts{QString()};
    QHash<QString, std::uint32_t> m_reasonNumbers;

    std::vector<QByteArray> m_mids;
    Interner<char> m_labelNumbers;
    Interner<LabelNumber> m_setLabels;
    std::vector<LabelNumber> m_numbers; ///< of the labels of the row that is being added
};

} // namespace earmark::dataset
