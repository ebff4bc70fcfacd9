#include "ui/theme/style.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int CellMargin = 8;
constexpr int TitleMargin = 7;

void drawProgress(const QStyleOptionProgressBar &bar, QPainter &painter)
{
    const Colours colours = coloursFor(bar.palette);
    const qreal radius = std::min(4.0, bar.rect.height() / 2.0);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.track);
    painter.drawRoundedRect(bar.rect, radius, radius);
    QRect done = bar.rect;
    if (bar.maximum > bar.minimum) {
        const double share = static_cast<double>(bar.progress - bar.minimum) / (bar.maximum - bar.minimum);
        done.setWidth(static_cast<int>(std::clamp(share, 0.0, 1.0) * bar.rect.width()));
    } else { // nobody knows yet how much there is to do
        done.setWidth(bar.rect.width() / 4);
    }
    painter.setClipRect(done);
    painter.setBrush(colours.accent);
    painter.drawRoundedRect(bar.rect, radius, radius);
    painter.restore();
}

} // namespace

Style::Style()
    : QProxyStyle(u"Fusion"_s)
{
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_HeaderMargin:
        return CellMargin;
    case PM_FocusFrameHMargin: // from a cell's side to its text, but for one pixel
        return CellMargin - 1;
    case PM_DockWidgetTitleMargin:
        return TitleMargin;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returned) const
{
    // Fusion's icons for dialog buttons are black, on dark too.
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, returned);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    if (element == CE_ProgressBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            drawProgress(*bar, *painter);
            return;
        }
    }
    if (element == CE_DockWidgetTitle) { // in line with what the dock holds
        if (const auto *dock = qstyleoption_cast<const QStyleOptionDockWidget *>(option)) {
            QStyleOptionDockWidget moved(*dock);
            moved.rect.setLeft(moved.rect.left() + CellMargin);
            QProxyStyle::drawControl(element, &moved, painter, widget);
            return;
        }
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

} // namespace earmark::ui
