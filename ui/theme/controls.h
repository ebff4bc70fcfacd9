#pragma once

class QPainter;
class QStyleOption;
class QStyleOptionProgressBar;

namespace earmark::ui {

// How the style paints the controls whose outlines Fusion makes darker than the window, so that they vanish
// on dark. All of them take their colours from the option's palette.

void paintProgress(QPainter &painter, const QStyleOptionProgressBar &bar);
void paintTickBox(QPainter &painter, const QStyleOption &option);
void paintRadioButton(QPainter &painter, const QStyleOption &option);
/// The whole of a push button but for its text and icon.
void paintButton(QPainter &painter, const QStyleOption &option, bool isDefault, bool isFlat);
/// Around what one types into or chooses from; stands out when it has the focus.
void paintFieldOutline(QPainter &painter, const QStyleOption &option);
/// Around a group or a list.
void paintFrame(QPainter &painter, const QStyleOption &option, double radius);
/// What a menu or a tool tip lies on.
void paintPanel(QPainter &painter, const QStyleOption &option);
/// Around what the keys go to.
void paintFocus(QPainter &painter, const QStyleOption &option);
void paintSeparator(QPainter &painter, const QStyleOption &option);

} // namespace earmark::ui
