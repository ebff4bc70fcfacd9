#pragma once

#include "clips/segmentkey.h"
#include "segments/clipcolumn.h"
#include "segments/labelsetinterner.h"
#include "segments/stringinterner.h"

#include <QByteArray>
#include <QString>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace earmark::segments {

/// Why a line is skipped that gives a segment more than SegmentTable::MostLabelsOfSegment labels.
QString manyLabelsText();
/// Why a line is skipped that gives a file more than `most` different labels.
QString manyDifferentLabelsText(std::size_t most);

using Row = std::uint32_t; ///< a row of the table, in the order of the file

/// All segments of a split, as columns: id, start, end, the number of an interned label set, state.
/// Two million rows take about 27 bytes each; a question about labels is answered once per distinct set.
class SegmentTable final
{
public:
    /// Distinct labels, or captions, of a table: AudioSetCaps has six million captions. Their texts may take
    /// 4 GiB.
    static constexpr std::size_t MostLabels = 16'777'215;
    /// Of one segment, as far as files are read: AudioSet's have at most 15.
    static constexpr std::size_t MostLabelsOfSegment = 256;

    SegmentTable() = default;
    /// A table that holds at most `mostLabels` distinct labels.
    explicit SegmentTable(std::size_t mostLabels)
        : m_mostLabels(mostLabels)
    {
    }

    Row size() const { return m_size; }
    SegmentKey key(Row row) const { return {m_ids[row], m_starts[row], m_ends[row]}; }
    /// The row of a segment; nothing when it is not in the table. O(log n).
    std::optional<Row> find(const SegmentKey &key) const;

    /// How many different videos the segments are of. O(n) when their ids are in order, as AudioSet's are.
    std::size_t videoCount() const;

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
    ClipState state(Row row) const { return m_clips.state(row); }
    Verdict verdict(Row row) const { return m_clips.verdict(row); }
    /// Failure class and reason, "permanent: This video is private."; empty unless the clip failed.
    QString reason(Row row) const { return m_clips.reason(row); }
    ClipMarks marks(Row row) const { return m_clips.marks(row); }
    Measures measures(Row row) const { return m_clips.measures(row); } ///< not known unless there is a WAV
    void setClip(Row row, const ClipFacts &clip) { m_clips.set(row, clip); }
    /// Puts what is known of all clips in place at once, in exchange, once no more rows are added; `clips`
    /// must be of size().
    void swapClips(ClipColumn &clips) { std::swap(m_clips, clips); }

    /// The columns, for those who look at every row.
    std::span<const YtId> ids() const { return {m_ids.data(), m_size}; }
    std::span<const std::uint32_t> starts() const { return {m_starts.data(), m_size}; } ///< milliseconds
    std::span<const std::uint32_t> ends() const { return {m_ends.data(), m_size}; }     ///< milliseconds
    std::span<const std::uint32_t> sets() const { return {m_sets.data(), m_size}; }
    /// State, and 16 × verdict.
    std::span<const std::uint8_t> clips() const { return m_clips.bytes().first(m_size); }
    /// By row; empty while no row has any.
    std::span<const ClipMarks> allMarks() const { return m_clips.marks(); }
    std::span<const Measures> allMeasures() const { return m_clips.measures(); }
    /// By row, the number of its reason in reasonTexts(), 0 for none; empty while no row has one.
    std::span<const std::uint32_t> reasons() const { return m_clips.reasons(); }
    const std::vector<QString> &reasonTexts() const { return m_clips.reasonTexts(); }

    /// Makes room: may be far too much, what is not used costs nothing.
    void reserve(std::size_t rows);
    /// Adds a row. Label texts are mids or any other, none empty. False, and nothing changed, when the table
    /// would hold more labels than it may.
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
        m_clips.forget(m_size, 1);
        ++m_size;
    }
    /// Adds the rows of another table, without what is known of their clips. False, and the table is of no
    /// more use, when both together hold more labels than this one may.
    bool append(const SegmentTable &other);
    /// Prepares find(). Returns the rows whose segment is in an earlier row already, ascending.
    std::vector<Row> index();
    /// Takes rows out (ascending, each once); index() is to be called again.
    void remove(std::span<const Row> rows);

private:
    /// Whether these labels can be added; known ones take no room.
    bool hasRoom(std::span<const std::string_view> mids) const;
    /// StringInterner::None for an unknown label.
    std::uint32_t findLabel(std::string_view mid) const;
    LabelNumber internLabel(std::string_view mid);

    void resize(std::size_t rows); ///< the columns

    Row m_size = 0; ///< what is used of the columns
    Column<YtId> m_ids;
    Column<std::uint32_t> m_starts;
    Column<std::uint32_t> m_ends;
    Column<std::uint32_t> m_sets;
    ClipColumn m_clips;
    Column<Row> m_order; ///< rows by key; empty while the rows themselves lie in that order

    std::size_t m_mostLabels = MostLabels;
    std::vector<QByteArray> m_mids;
    StringInterner m_labelNumbers;
    LabelSetInterner m_setLabels;
    std::vector<LabelNumber> m_numbers; ///< of the labels of the row that is being added
};

} // namespace earmark::segments
