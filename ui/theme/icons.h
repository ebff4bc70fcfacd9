#pragma once

#include <QIcon>
#include <QPixmap>

namespace earmark::ui {

/// An icon of the program, by the name of its file: always in the colour of the text beside it, so that it
/// can be seen on light and dark, disabled and selected. Changes with the palette.
QIcon icon(const QString &name);
/// The same as a picture in a colour of one's own; `size` in logical pixels.
QPixmap iconPixmap(const QString &name, const QColor &colour, int size, qreal pixelRatio);
/// The program's own icon, in its own colours.
QIcon programIcon();

} // namespace earmark::ui
