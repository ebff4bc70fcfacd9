#pragma once

#include "base/clipstate.h"
#include "dataset/hugepages.h"

#include <QHash>
#include <QString>

#include <span>
#include <vector>

namespace earmark::dataset {

/// What is known of the clips of a table's rows. One can be filled on another thread and put into the table's
/// place at once.
class ClipColumn final
{
public:
    explicit ClipColumn(std::size_t rows = 0) { resize(rows); }

    std::size_t size() const { return m_clips.size(); }
    ClipState state(std::size_t row) const { return static_cast<ClipState>(m_clips[row] & 0xF); }
    Verdict verdict(std::size_t row) const { return static_cast<Verdict>(m_clips[row] >> 4); }
    QString reason(std::size_t row) const { return m_reasons.empty() ? QString() : m_texts[m_reasons[row]]; }

    void set(std::size_t row, ClipState state, Verdict verdict, const QString &reason)
    {
        m_clips[row] =
            static_cast<std::uint8_t>(static_cast<unsigned>(state) | static_cast<unsigned>(verdict) << 4);
        if (reason.isEmpty()) {
            if (!m_reasons.empty())
                m_reasons[row] = 0;
            return;
        }
        // There are few different reasons, however many clips fail.
        std::uint32_t &number = m_numbers[reason];
        if (number == 0) {
            number = static_cast<std::uint32_t>(m_texts.size());
            m_texts.push_back(reason);
        }
        m_reasons.resize(size());
        m_reasons[row] = number;
    }
    void reserve(std::size_t rows) { m_clips.reserve(rows); }
    /// Nothing is known of the rows that are added.
    void resize(std::size_t rows)
    {
        m_clips.resize(rows);
        if (!m_reasons.empty())
            m_reasons.resize(rows);
    }
    template <class Erase>
    void erase(Erase erase)
    {
        erase(m_clips);
        erase(m_reasons);
    }

    /// By row, the number of its reason in reasonTexts(), 0 for none; empty while no row has one.
    std::span<const std::uint32_t> reasons() const { return m_reasons; }
    const std::vector<QString> &reasonTexts() const { return m_texts; }

private:
    Column<std::uint8_t> m_clips; ///< state in the low half, verdict in the high one
    Column<std::uint32_t> m_reasons;
    std::vector<QString> m_texts{QString()};
    QHash<QString, std::uint32_t> m_numbers; ///< of m_texts
};

} // namespace earmark::dataset
