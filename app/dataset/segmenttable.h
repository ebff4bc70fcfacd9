#pragma once

#include "base/clipstate.h"
#include "base/segmentkey.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
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

    Row size() const { return static_cast<Row>(m_ids.size()); }
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
    std::size_t setCount() const { return m_setEnds.size(); }
    std::span<const LabelNumber> setLabels(std::uint32_t set) const;

    /// What is known of a row's clip: not the split's matter, but what filters and views ask of every row.
    ClipState state(Row row) const { return static_cast<ClipState>(m_clips[row].state); }
    Verdict verdict(Row row) const { return static_cast<Verdict>(m_clips[row].verdict); }
    /// Failure class and reason, "permanent: This video is private."; empty unless the clip failed.
    QString reason(Row row) const;
    /// Nothing is known of any clip.
    void clearClips();
    void setClip(Row row, ClipState state, Verdict verdict = Verdict::Undecided, const QString &reason = {});

    void reserve(std::size_t rows);
    /// Adds a row. Label texts are mids, none empty. False when the table would hold more than MostLabels
    /// labels.
    bool append(const SegmentKey &key, std::span<const std::string_view> mids);
    /// Prepares find(). Returns the rows whose segment is in an earlier row already, ascending.
    std::vector<Row> index();
    /// Takes rows out (ascending, each once); index() is to be called again.
    void remove(std::span<const Row> rows);

private:
    /// A clip's state and verdict in one byte.
    struct Clip
    {
        std::uint8_t state : 4 = 0;
        std::uint8_t verdict : 4 = 0;
    };

    std::optional<std::uint32_t> internSet(std::span<const std::string_view> mids);

    std::vector<YtId> m_ids;
    std::vector<std::uint32_t> m_starts;
    std::vector<std::uint32_t> m_ends;
    std::vector<std::uint32_t> m_sets;
    std::vector<Clip> m_clips;
    std::unordered_map<Row, QString> m_reasons; ///< of the failed; equal texts share their memory
    std::vector<Row> m_order; ///< rows by key; empty while the rows themselves lie in that order

    std::vector<QByteArray> m_mids;
    std::unordered_map<std::string, LabelNumber> m_labelNumbers;
    std::vector<LabelNumber> m_setLabels;
    std::vector<std::uint32_t> m_setEnds; ///< where each set ends in m_setLabels
    std::unordered_map<std::u16string, std::uint32_t> m_setNumbers;
};

} // namespace earmark::dataset
