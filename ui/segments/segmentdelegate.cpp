#include "ui/segments/segmentdelegate.h"

#include "base/clipstate.h"
#include "ui/models/segmentmodel.h"
#include "ui/theme/chips.h"
#include "ui/theme/icons.h"
#include "ui/theme/statelook.h"

#include <QApplication>
#include <QPainter>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int Margin = 8;
constexpr int IconSize = 14;

} // namespace

void paintBar(QPainter &painter, const QRect &area, double fraction, const QString &text,
              const QPalette &palette, bool selected)
{
    const Colours colours = coloursFor(palette);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.track);
    painter.drawRoundedRect(area, 4, 4);
    QRect done = area;
    done.setWidth(static_cast<int>(std::clamp(fraction, 0.0, 1.0) * area.width()));
    painter.setClipRect(done);
    painter.setBrush(selected ? blend(palette.color(QPalette::Highlight), Qt::black, 0.35) : colours.accent);
    painter.drawRoundedRect(area, 4, 4);
    // The text is drawn twice, so that each half of it stands out from what is behind it.
    painter.setPen(Qt::white);
    painter.drawText(area, Qt::AlignCenter, text);
    painter.setClipRect(QRect(done.right() + 1, area.top(), area.right() - done.right(), area.height()));
    painter.setPen(palette.color(QPalette::Text));
    painter.drawText(area, Qt::AlignCenter, text);
    painter.restore();
}

void SegmentDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    if (index.column() != SegmentModel::State && index.column() != SegmentModel::Labels) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = std::exchange(item.text, QString());
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const bool selected = item.state.testFlag(QStyle::State_Selected);
    const QRect area = item.rect.adjusted(Margin, 0, -Margin / 2, 0);
    painter->save();
    painter->setFont(item.font);
    if (index.column() == SegmentModel::Labels) {
        const QStringList names = index.data(SegmentModel::NamesRole).toStringList();
        paintChips(*painter, chipLine(names, item.fontMetrics, area), item.palette, selected);
    } else if (const QVariant progress = index.data(SegmentModel::ProgressRole); progress.isValid()) {
        const int inset = std::max(3, (area.height() - item.fontMetrics.height() - 2) / 2);
        paintBar(*painter, area.adjusted(0, inset, 0, -inset), progress.toDouble(), text, item.palette,
                 selected);
    } else {
        const auto state = static_cast<ClipState>(index.data(SegmentModel::StateRole).toInt());
        StateLook look = lookOf(state, coloursFor(item.palette));
        if (selected)
            look.colour = item.palette.color(QPalette::HighlightedText);
        const QRect iconArea(area.left(), area.top() + (area.height() - IconSize) / 2, IconSize, IconSize);
        painter->drawPixmap(
            iconArea, iconPixmap(look.icon, look.colour, IconSize, painter->device()->devicePixelRatio()));
        const QRect textArea = area.adjusted(IconSize + 6, 0, 0, 0);
        painter->setPen(look.colour);
        painter->drawText(textArea, Qt::AlignVCenter | Qt::TextSingleLine,
                          item.fontMetrics.elidedText(text, Qt::ElideRight, textArea.width()));
    }
    painter->restore();
}

} // namespace earmark::ui
