#pragma once

#include <QProxyStyle>

class QStyleOptionHeaderV2;

namespace earmark::ui {

/// Room left and right of what a table's cell shows, in pixels.
inline constexpr int CellMargin = 8;

/// Fusion with the room around texts that the tables' delegates use (less in trees), the arrow of a sorted
/// column above its title, flat progress bars, and controls that can be told from what is around them on dark
/// as well as on light (see controls.h).
///
/// Shows every label's text as it is written, tool tips and message boxes among them: what comes from a list,
/// a ledger or a server must not be read as HTML, which can load files and look like a message of Earmark's.
class Style final : public QProxyStyle
{
    Q_OBJECT

public:
    Style();

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returned) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    using QProxyStyle::polish;
    void polish(QWidget *widget) override;

private:
    void drawHeader(const QStyleOptionHeaderV2 &header, QPainter &painter, const QWidget *widget) const;
};

} // namespace earmark::ui
