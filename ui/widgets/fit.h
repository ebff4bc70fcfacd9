#pragma once

#include <QByteArray>
#include <QSize>

class QWidget;

namespace earmark::ui {

/// The largest size that a window can have on its screen, or on its parent's while it has none: the available
/// area less the frame that the window manager puts around it.
QSize roomFor(const QWidget &window);

/// Gives a window its first size, bounded by roomFor(). `wanted` is in pixels at 96 dpi: with larger texts it
/// grows with them; a height of 0 is the size hint's. A window whose layout needs more is as large as that.
void setFirstSize(QWidget &window, QSize wanted);

/// Gives a window its remembered place and size (QWidget::saveGeometry()), bounded by the available area of
/// the screen that it lands on. False when nothing is remembered.
bool restoreWithin(QWidget &window, const QByteArray &geometry);

/// Whether the screen is too small for a window beside others: then it is better maximised.
bool isOnSmallScreen(const QWidget &window);

} // namespace earmark::ui
