#include "ui/widgets/fit.h"

#include <QGuiApplication>
#include <QMargins>
#include <QScreen>
#include <QWidget>
#include <QWindow>

#include <algorithm>

namespace earmark::ui {

namespace {

constexpr QSize RoomyScreen(1400, 900);
/// Of usual window managers, until the window is shown and has a frame; QDialog places itself with the same.
constexpr QMargins UsualFrame(5, 35, 5, 5);
constexpr double UsualDpi = 96;

QMargins frameOf(const QWidget &window)
{
    if (const QWindow *handle = window.windowHandle(); handle && !handle->frameMargins().isNull())
        return handle->frameMargins();
    return UsualFrame;
}

QRect availableFor(const QWidget &window)
{
    const QWidget *placed = window.windowHandle() || !window.parentWidget() ? &window : window.parentWidget();
    return placed->screen()->availableGeometry();
}

} // namespace

QSize roomFor(const QWidget &window)
{
    return availableFor(window).marginsRemoved(frameOf(window)).size();
}

void setFirstSize(QWidget &window, QSize wanted)
{
    const double scale = std::max(1.0, window.logicalDpiX() / UsualDpi);
    const QSize size(qRound(wanted.width() * scale),
                     wanted.height() > 0 ? qRound(wanted.height() * scale) : window.sizeHint().height());
    window.resize(size.boundedTo(roomFor(window)));
}

bool restoreWithin(QWidget &window, const QByteArray &geometry)
{
    if (!window.restoreGeometry(geometry))
        return false;
    if (window.isMaximized() || window.isFullScreen())
        return true;
    const QScreen *screen = QGuiApplication::screenAt(window.geometry().center());
    const QRect available = screen ? screen->availableGeometry() : availableFor(window);
    const QRect room = available.marginsRemoved(frameOf(window));
    const QSize size = window.size().boundedTo(room.size());
    const QPoint last = room.bottomRight() - QPoint(size.width() - 1, size.height() - 1);
    const QPoint at = window.geometry().topLeft();
    window.setGeometry(
        {{std::clamp(at.x(), room.left(), last.x()), std::clamp(at.y(), room.top(), last.y())}, size});
    return true;
}

bool isOnSmallScreen(const QWidget &window)
{
    const QSize available = availableFor(window).size();
    return available.width() < RoomyScreen.width() || available.height() < RoomyScreen.height();
}

} // namespace earmark::ui
