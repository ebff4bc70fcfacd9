#include "ui/clip/loopdrag.h"

#include <algorithm>
#include <cmath>

namespace earmark::ui {

void LoopDrag::press(double seconds, const std::optional<LoopSpan> &loop, double edge, double threshold)
{
    m_isPressed = true;
    m_pressedAt = seconds;
    m_moving = seconds;
    m_threshold = threshold;
    m_anchor = seconds;
    m_isDragging = isAtEdge(seconds, loop, edge);
    if (m_isDragging) {
        const bool atStart = std::abs(seconds - loop->from) < std::abs(seconds - loop->to);
        m_anchor = atStart ? loop->to : loop->from;
        m_moving = atStart ? loop->from : loop->to;
        m_pressedAt = seconds;
    }
}

void LoopDrag::move(double seconds)
{
    if (!m_isPressed)
        return;
    m_isDragging = m_isDragging || std::abs(seconds - m_pressedAt) >= m_threshold;
    if (m_isDragging)
        m_moving = seconds;
}

LoopSpan LoopDrag::span() const
{
    return {std::min(m_anchor, m_moving), std::max(m_anchor, m_moving)};
}

bool LoopDrag::isAtEdge(double seconds, const std::optional<LoopSpan> &loop, double edge)
{
    return loop && std::min(std::abs(seconds - loop->from), std::abs(seconds - loop->to)) <= edge;
}

} // namespace earmark::ui
