#include "ui/labels/labeldelegate.h"

#include "ui/labels/labelmodel.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

void LabelDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    TextDelegate::initStyleOption(option, index);
    const bool isNothing = index.column() != LabelModel::Class && option->text == u"0"_s;
    if (index.data(LabelModel::ExcludedRole).toBool()) {
        option->font.setStrikeOut(true);
        option->palette.setColor(QPalette::Text, coloursFor(option->palette).muted);
    } else if (isNothing) {
        option->palette.setColor(QPalette::Text, coloursFor(option->palette).muted);
    }
}

QSize LabelDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return TextDelegate::sizeHint(option, index) + QSize(0, 4);
}

void LabelDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    TextDelegate::paint(painter, option, index);
    const QStringList badges = index.data(LabelModel::BadgesRole).toStringList();
    const bool isExcluded = index.data(LabelModel::ExcludedRole).toBool();
    if (badges.empty() && !isExcluded)
        return;

    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    const bool isSelected = item.state.testFlag(QStyle::State_Selected);
    const Colours colours = coloursFor(item.palette);
    painter->save();
    if (isExcluded) {
        const QRect box = style->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &item, item.widget);
        const int size = std::min(box.width(), box.height());
        painter->drawPixmap(
            QRect(box.center() - QPoint(size / 2, size / 2), QSize(size, size)),
            iconPixmap(u"close"_s, isSelected ? item.palette.color(QPalette::HighlightedText) : colours.error,
                       size, painter->device()->devicePixelRatio()));
    }
    if (!badges.empty()) {
        const int gap = item.fontMetrics.averageCharWidth() * 2;
        QRect room = textArea(item);
        room.setLeft(room.left() + texts(item.font).width(item.text) + gap);
        QFont font = item.font;
        font.setStrikeOut(false);
        font.setItalic(true);
        const QString text = badges.join(u", "_s);
        if (texts(font).width(text) <= room.width()) { // half a badge tells nobody anything
            painter->setPen(isSelected ? item.palette.color(QPalette::HighlightedText) : colours.muted);
            texts(font).paint(*painter, room, text);
        }
    }
    painter->restore();
}

} // namespace earmark::ui
