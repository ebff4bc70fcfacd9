#include "ui/theme/chips.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int Padding = 7; ///< from the text to the box's left and right
constexpr int Gap = 5;     ///< between two chips

int chipWidth(const QString &text, const QFontMetrics &metrics)
{
    return metrics.horizontalAdvance(text) + 2 * Padding;
}

} // namespace

int chipHeight(const QFontMetrics &metrics)
{
    return metrics.height() + 4;
}

std::vector<Chip> chipLine(const QStringList &names, const QFontMetrics &metrics, const QRect &area)
{
    std::vector<Chip> chips;
    const int height = std::min(chipHeight(metrics), area.height());
    int x = area.left();
    const int top = area.top() + (area.height() - height) / 2;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const qsizetype after = names.size() - i - 1;
        // What must stay free for the chip that tells how many more there are.
        const int reserve = after > 0 ? Gap + chipWidth(u"+%1"_s.arg(after), metrics) : 0;
        const int room = area.right() + 1 - x - reserve;
        const int width = chipWidth(names[i], metrics);
        if (width <= room) {
            chips.push_back({QRect(x, top, width, height), names[i]});
            x += width + Gap;
            continue;
        }
        const QString elided = metrics.elidedText(names[i], Qt::ElideRight, room - 2 * Padding);
        const bool worthIt = chips.empty() || elided.size() > 6;
        if (worthIt && elided.size() > 1) {
            chips.push_back({QRect(x, top, chipWidth(elided, metrics), height), elided});
            x += chips.back().box.width() + Gap;
        }
        const qsizetype hidden = worthIt ? after : after + 1;
        if (hidden > 0) {
            const QString more = u"+%1"_s.arg(hidden);
            chips.push_back({QRect(x, top, chipWidth(more, metrics), height), more});
        }
        break;
    }
    return chips;
}

std::vector<Chip> chipLines(const QStringList &names, const QFontMetrics &metrics, const QRect &area)
{
    std::vector<Chip> chips;
    const int height = chipHeight(metrics);
    QPoint at = area.topLeft();
    for (const QString &name : names) {
        const QString text = metrics.elidedText(name, Qt::ElideRight, area.width() - 2 * Padding);
        const int width = chipWidth(text, metrics);
        if (at.x() > area.left() && at.x() + width > area.right() + 1)
            at = QPoint(area.left(), at.y() + height + Gap);
        chips.push_back({QRect(at, QSize(width, height)), text});
        at.rx() += width + Gap;
    }
    return chips;
}

void paintChips(QPainter &painter, const std::vector<Chip> &chips, const QPalette &palette, bool selected)
{
    const QColor text = palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor box =
        selected ? blend(palette.color(QPalette::Highlight), text, 0.18) : coloursFor(palette).chip;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Chip &chip : chips) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(box);
        painter.drawRoundedRect(chip.box, 5, 5);
        painter.setPen(text);
        painter.drawText(chip.box, Qt::AlignCenter | Qt::TextSingleLine, chip.text);
    }
    painter.restore();
}

} // namespace earmark::ui
