#pragma once

#include "clips/judgement.h"
#include "clips/segmentkey.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace earmark {

/// What one key press or one batch did: to be taken back as one.
struct JudgementStep
{
    struct Change
    {
        SegmentKey key;
        Judgement before;
        Judgement after;
        bool operator==(const Change &) const = default;
    };
    std::vector<Change> changes;
    qint64 at = 0; ///< milliseconds since 1970, UTC
    bool operator==(const JudgementStep &) const = default;
};

/// All that was ever judged in a workspace, in order, so that it can be taken back however long ago. The
/// first position() steps hold; those behind were taken back, and go when something else is judged.
class Journal final
{
public:
    using Step = std::shared_ptr<const JudgementStep>;

    Journal() = default;
    /// As it was kept; a position beyond the steps is that of the last.
    Journal(std::vector<Step> steps, std::size_t position)
        : m_steps(std::move(steps))
        , m_position(std::min(position, m_steps.size()))
    {
    }
    std::size_t position() const { return m_position; }
    std::size_t size() const { return m_steps.size(); }
    /// All of them, those that were taken back last.
    const std::vector<Step> &steps() const { return m_steps; }
    /// The newest step that holds; null when there is none.
    Step toUndo() const { return m_position > 0 ? m_steps[m_position - 1] : nullptr; }
    /// The oldest that was taken back; null when there is none.
    Step toRedo() const { return m_position < m_steps.size() ? m_steps[m_position] : nullptr; }

    void add(Step step)
    {
        m_steps.resize(m_position);
        m_steps.push_back(std::move(step));
        ++m_position;
    }
    /// There must be one to undo, or to redo.
    void back() { --m_position; }
    void forth() { ++m_position; }

private:
    std::vector<Step> m_steps;
    std::size_t m_position = 0;
};

} // namespace earmark
