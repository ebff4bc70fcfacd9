#pragma once

#include "ui/theme/textlayoutcache.h"

#include <QList>
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
    qsizetype name = 0;    ///< which of the names it shows; that of the first it stands for when it says "+2"
    bool isSought = false; ///< stands out: bold, in a frame
};

/// The texts of chips, those that stand out and those that do not.
struct ChipTexts
{
    explicit ChipTexts(const QFont &font = {});
    const TextLayoutCache &operator()(bool isSought) const { return isSought ? sought : usual; }
    /// How high one chip is.
    int height() const { return usual.metrics().height() + 4; }

    TextLayoutCache usual;
    TextLayoutCache sought;
};

/// Chips in one line; the last says "+2" when two more do not fit. `sought`: which of the names stand out;
/// empty when none does.
std::vector<Chip> chipLine(const QStringList &names, const QList<bool> &sought, const ChipTexts &texts,
                           const QRect &area);
void paintChips(QPainter &painter, const std::vector<Chip> &chips, const ChipTexts &texts,
                const QPalette &palette, bool selected);

} // namespace earmark::ui
