#pragma once

#include <QFontMetrics>
#include <QRect>
#include <QStringList>

#include <vector>

class QPainter;
class QPalette;

namespace earmark::ui {

/// A label's name in a rounded box.
struct Chip
{
    QRect box;
    QString text;
};

/// How high one chip is.
int chipHeight(const QFontMetrics &metrics);
/// Chips in one line; the last says "+2" when two more do not fit.
std::vector<Chip> chipLine(const QStringList &names, const QFontMetrics &metrics, const QRect &area);
/// Chips in as many lines as it takes in this width, from the top left corner of `area`; its height is not a
/// limit.
std::vector<Chip> chipLines(const QStringList &names, const QFontMetrics &metrics, const QRect &area);
void paintChips(QPainter &painter, const std::vector<Chip> &chips, const QPalette &palette, bool selected);

} // namespace earmark::ui
