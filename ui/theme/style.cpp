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

void drawTickBox(const QStyleOption &option, QPainter &painter)
{
    const Colours colours = coloursFor(option.palette);
    const bool isOn = option.state.testFlag(QStyle::State_On);
    const bool isPartly = option.state.testFlag(QStyle::State_NoChange);
    const QRectF box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const QPointF unit(box.width() / 10, box.height() / 10);
    const auto at = [&](double x, double y) { return box.topLeft() + QPointF(x * unit.x(), y * unit.y()); };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(option.state.testFlag(QStyle::State_Enabled) ? 1 : 0.4);
    painter.setPen(isOn || isPartly ? colours.accent : colours.muted);
    painter.setBrush(isOn ? colours.accent : option.palette.color(QPalette::Base));
    painter.drawRoundedRect(box, 2.5, 2.5);
    if (isPartly)
        painter.fillRect(QRectF(at(2.5, 4), at(7.5, 6)), colours.accent);
    if (isOn) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(Qt::white, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF({at(2.3, 5.3), at(4.2, 7.2), at(7.8, 2.9)}));
    }
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

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    if (element == PE_IndicatorCheckBox)
        drawTickBox(*option, *painter);
    else
        QProxyStyle::drawPrimitive(element, option, painter, widget);
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
