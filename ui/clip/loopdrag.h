#pragma once

#include "playback/player.h"

#include <optional>

namespace earmark::ui {

/// A part of a sound that is played over and over; from < to.
using LoopSpan = playback::Player::Region;

/// What the mouse makes of a loop: a drag marks one or moves an end of it, a click is not a drag.
class LoopDrag final
{
public:
    /// `edge`: how close to an end one must be to take hold of it, `threshold`: how far a drag goes at least;
    /// both in seconds.
    void press(double seconds, const std::optional<LoopSpan> &loop, double edge, double threshold);
    void move(double seconds);
    /// Ends it.
    void cancel() { m_isPressed = m_isDragging = false; }

    bool isPressed() const { return m_isPressed; }
    bool isDragging() const { return m_isDragging; }
    /// What has been marked so far; only while dragging.
    LoopSpan span() const;

    /// Whether this is an end of the loop.
    static bool isAtEdge(double seconds, const std::optional<LoopSpan> &loop, double edge);

private:
    bool m_isPressed = false;
    bool m_isDragging = false;
    double m_anchor = 0; ///< the end that stays
    double m_moving = 0;
    double m_pressedAt = 0;
    double m_threshold = 0;
};

} // namespace earmark::ui
