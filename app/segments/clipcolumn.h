#pragma once

#include "clips/clipstate.h"
#include "clips/measures.h"
#include "segments/column.h"

#include <QHash>
#include <QString>

#include <algorithm>
#include <span>
#include <vector>

namespace earmark::segments {

/// What is known of one clip.
struct ClipFacts
{
    ClipState state = ClipState::Absent;
    Verdict verdict = Verdict::Undecided;
    QString reason =
        {}; ///< failure class and reason, "permanent: This video is private."; empty unless it failed
    ClipMarks marks = 0;
    Measures measures = {};
};

/// What is known of the clips of a table's rows. One can be filled on another thread and put into the table's
/// place at once.
class ClipColumn final
{
public:
    /// Nothing is known of these rows.
    explicit ClipColumn(std::size_t rows = 0)
        : m_clips(rows, std::uint8_t{0})
    {
    }

    ClipState state(std::size_t row) const { return static_cast<ClipState>(m_clips[row] & 0xF); }
    Verdict verdict(std::size_t row) const { return static_cast<Verdict>(m_clips[row] >> 4); }
    QString reason(std::size_t row) const { return m_reasons.empty() ? QString() : m_texts[m_reasons[row]]; }

    ClipMarks marks(std::size_t row) const { return m_marks.empty() ? ClipMarks(0) : m_marks[row]; }
    Measures measures(std::size_t row) const { return m_measures.empty() ? Measures() : m_measures[row]; }

    void set(std::size_t row, const ClipFacts &clip)
    {
        m_clips[row] = static_cast<std::uint8_t>(static_cast<unsigned>(clip.state) |
                                                 static_cast<unsigned>(clip.verdict) << 4);
        // Most splits never have any of these.
        if (clip.marks != 0 || !m_marks.empty()) {
            m_marks.resize(m_clips.size(), 0);
            m_marks[row] = clip.marks;
        }
        if (clip.measures.areKnown() || !m_measures.empty()) {
            m_measures.resize(m_clips.size(), Measures());
            m_measures[row] = clip.measures;
        }
        setReason(row, clip.reason);
    }

    /// Rows that are added hold anything until they are set or forgotten.
    void resize(std::size_t rows)
    {
        m_clips.resize(rows);
        if (!m_marks.empty())
            m_marks.resize(rows, 0);
        if (!m_measures.empty())
            m_measures.resize(rows, Measures());
        if (!m_reasons.empty())
            m_reasons.resize(rows, 0);
    }
    void forget(std::size_t row, std::size_t count) { std::fill_n(m_clips.begin() + row, count, 0); }
    void move(std::size_t from, std::size_t to)
    {
        m_clips[to] = m_clips[from];
        if (!m_marks.empty())
            m_marks[to] = m_marks[from];
        if (!m_measures.empty())
            m_measures[to] = m_measures[from];
        if (!m_reasons.empty())
            m_reasons[to] = m_reasons[from];
    }

    /// State, and 16 × verdict, by row.
    std::span<const std::uint8_t> bytes() const { return m_clips; }
    /// By row; empty while no row has any.
    std::span<const ClipMarks> marks() const { return m_marks; }
    std::span<const Measures> measures() const { return m_measures; }
    /// By row, the number of its reason in reasonTexts(), 0 for none; empty while no row has one.
    std::span<const std::uint32_t> reasons() const { return m_reasons; }
    const std::vector<QString> &reasonTexts() const { return m_texts; }

private:
    void setReason(std::size_t row, const QString &reason)
    {
        if (reason.isEmpty() && m_reasons.empty())
            return;
        // There are few different reasons, however many clips fail.
        std::uint32_t &number = m_numbers[reason];
        if (number == 0 && !reason.isEmpty()) {
            number = static_cast<std::uint32_t>(m_texts.size());
            m_texts.push_back(reason);
        }
        m_reasons.resize(m_clips.size(), 0);
        m_reasons[row] = number;
    }

    Column<std::uint8_t> m_clips; ///< state in the low half, verdict in the high one
    Column<ClipMarks> m_marks;
    Column<Measures> m_measures;
    Column<std::uint32_t> m_reasons;
    std::vector<QString> m_texts{QString()};
    QHash<QString, std::uint32_t> m_numbers; ///< of m_texts
};

} // namespace earmark::segments
