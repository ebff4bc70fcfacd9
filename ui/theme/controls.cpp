#include "ui/theme/controls.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace earmark::ui {

namespace {

/// Saves the painter and makes it smooth for as long as it lives.
class Smooth final
{
public:
    explicit Smooth(QPainter &painter)
        : m_painter(painter)
    {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
    }
    ~Smooth() { m_painter.restore(); }
    Q_DISABLE_COPY_MOVE(Smooth)

private:
    QPainter &m_painter;
};

bool has(const QStyleOption &option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

/// In the middle of the pixels at the sides: a line of one pixel is sharp there.
QRectF sides(const QRect &rect)
{
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

/// What marks a choice: its outline, its ground and the sign in it. Within a selected row all of it is in the
/// row's text colour, as the accent is hardly another colour than the selection's.
struct MarkColours
{
    QColor outline;
    QColor ground;
    QColor sign;
};

MarkColours markColours(const QStyleOption &option, bool isOn, bool isFilled)
{
    const Colours colours = coloursFor(option.palette);
    if (has(option, QStyle::State_Selected)) {
        const QColor text = option.palette.color(QPalette::HighlightedText);
        const QColor ground = option.palette.color(QPalette::Highlight);
        return {text, isFilled ? text : ground, isFilled ? ground : text};
    }
    const QColor outline = isOn                                   ? colours.accent
                           : has(option, QStyle::State_MouseOver) ? option.palette.color(QPalette::Text)
                                                                  : colours.muted;
    return {outline, isFilled ? colours.accent : option.palette.color(QPalette::Base),
            isFilled ? QColor(Qt::white) : colours.accent};
}

} // namespace

void paintProgress(QPainter &painter, const QStyleOptionProgressBar &bar)
{
    const Colours colours = coloursFor(bar.palette);
    const qreal radius = std::min(4.0, bar.rect.height() / 2.0);
    const Smooth smooth(painter);
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
}

void paintTickBox(QPainter &painter, const QStyleOption &option)
{
    const bool isOn = has(option, QStyle::State_On);
    const bool isPartly = has(option, QStyle::State_NoChange);
    const MarkColours colours = markColours(option, isOn || isPartly, isOn);
    const QRectF box = sides(option.rect);
    const QPointF unit(box.width() / 10, box.height() / 10);
    const auto at = [&](double x, double y) { return box.topLeft() + QPointF(x * unit.x(), y * unit.y()); };
    const Smooth smooth(painter);
    painter.setOpacity(has(option, QStyle::State_Enabled) ? 1 : 0.4);
    painter.setPen(colours.outline);
    painter.setBrush(colours.ground);
    painter.drawRoundedRect(box, 2.5, 2.5);
    if (isPartly)
        painter.fillRect(QRectF(at(2.5, 4), at(7.5, 6)), colours.sign);
    if (isOn) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colours.sign, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF({at(2.3, 5.3), at(4.2, 7.2), at(7.8, 2.9)}));
    }
}

void paintRadioButton(QPainter &painter, const QStyleOption &option)
{
    const bool isOn = has(option, QStyle::State_On);
    const MarkColours colours = markColours(option, isOn, isOn);
    const double radius = std::min(option.rect.width(), option.rect.height()) / 2.0 - 0.5;
    const QPointF centre = QRectF(option.rect).center();
    const Smooth smooth(painter);
    painter.setOpacity(has(option, QStyle::State_Enabled) ? 1 : 0.4);
    painter.setPen(colours.outline);
    painter.setBrush(colours.ground);
    painter.drawEllipse(centre, radius, radius);
    if (!isOn)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.sign);
    painter.drawEllipse(centre, radius * 0.42, radius * 0.42);
}

void paintButton(QPainter &painter, const QStyleOption &option, bool isDefault, bool isFlat)
{
    const Colours colours = coloursFor(option.palette);
    const bool isEnabled = has(option, QStyle::State_Enabled);
    const bool isOn = has(option, QStyle::State_On);
    const bool isDown = has(option, QStyle::State_Sunken);
    const bool isHovered = isEnabled && has(option, QStyle::State_MouseOver);
    if (isFlat && !isOn && !isDown && !isHovered)
        return;
    const QColor text = option.palette.color(QPalette::ButtonText);
    QColor ground = option.palette.color(QPalette::Button);
    if (isOn)
        ground = blend(ground, colours.accent, isEnabled ? 0.25 : 0.1);
    if (isDown || isHovered)
        ground = blend(ground, text, isDown ? 0.14 : 0.06);
    const bool isMarked = isEnabled && (isOn || isDefault);
    const Smooth smooth(painter);
    painter.setPen(isMarked ? colours.accent : isFlat ? ground : isEnabled ? colours.outline : colours.line);
    painter.setBrush(ground);
    painter.drawRoundedRect(sides(option.rect), 3, 3);
}

void paintFieldOutline(QPainter &painter, const QStyleOption &option)
{
    const Colours colours = coloursFor(option.palette);
    const bool isEnabled = has(option, QStyle::State_Enabled);
    const bool hasFocus = isEnabled && has(option, QStyle::State_HasFocus);
    const Smooth smooth(painter);
    painter.setPen(hasFocus ? colours.accent : isEnabled ? colours.outline : colours.line);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(sides(option.rect), 2, 2);
    if (!hasFocus)
        return;
    QColor glow = colours.accent;
    glow.setAlpha(70);
    painter.setPen(glow);
    painter.drawRoundedRect(sides(option.rect.adjusted(1, 1, -1, -1)), 1.5, 1.5);
}

void paintFrame(QPainter &painter, const QStyleOption &option, double radius)
{
    const Smooth smooth(painter);
    painter.setPen(coloursFor(option.palette).line);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(sides(option.rect), radius, radius);
}

void paintPanel(QPainter &painter, const QStyleOption &option)
{
    painter.save();
    painter.setPen(coloursFor(option.palette).outline);
    painter.setBrush(option.palette.color(QPalette::ToolTipBase));
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
    painter.restore();
}

void paintFocus(QPainter &painter, const QStyleOption &option)
{
    const bool isSelected = has(option, QStyle::State_Selected);
    const Smooth smooth(painter);
    painter.setPen(
        QPen(isSelected ? option.palette.color(QPalette::HighlightedText) : coloursFor(option.palette).accent,
             1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 3, 3);
}

void paintSeparator(QPainter &painter, const QStyleOption &option)
{
    const int y = option.rect.center().y();
    painter.fillRect(QRect(option.rect.left() + 6, y, option.rect.width() - 12, 1),
                     coloursFor(option.palette).line);
}

} // namespace earmark::ui
