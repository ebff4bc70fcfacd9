#include "ui/official/officialdelegate.h"

#include "ui/official/officialmodel.h"
#include "ui/segments/segmentdelegate.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int Margin = 8;

struct Appearance
{
    QString icon;
    QColor colour;
};

Appearance appearanceOf(OfficialModel::Look look, const QPalette &palette)
{
    const Colours colours = coloursFor(palette);
    switch (look) {
    case OfficialModel::Look::Good:
        return {u"ready"_s, colours.ok};
    case OfficialModel::Look::Doubtful:
        return {u"warning"_s, colours.warning};
    case OfficialModel::Look::Bad:
        return {u"failed"_s, colours.error};
    case OfficialModel::Look::Plain:
        break;
    }
    return {u"absent"_s, colours.muted};
}

} // namespace

void OfficialDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.column() != OfficialModel::State)
        return;
    const auto look = static_cast<OfficialModel::Look>(index.data(OfficialModel::LookRole).toInt());
    Appearance appearance = appearanceOf(look, option->palette);
    if (option->state.testFlag(QStyle::State_Selected))
        appearance.colour = option->palette.color(QPalette::HighlightedText);
    constexpr int size = 14;
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = {size, size};
    const qreal ratio = option->widget ? option->widget->devicePixelRatio() : 1.0;
    const QPixmap picture = iconPixmap(appearance.icon, appearance.colour, size, ratio);
    option->icon = QIcon(picture);
    option->icon.addPixmap(picture, QIcon::Selected); // or the style would tint it
    option->palette.setColor(QPalette::Text, appearance.colour);
}

void OfficialDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const QVariant progress = index.data(OfficialModel::ProgressRole);
    if (index.column() != OfficialModel::State || !progress.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = std::exchange(item.text, QString());
    item.features &= ~QStyleOptionViewItem::HasDecoration;
    const QStyle *style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const int inset = std::max(3, (item.rect.height() - item.fontMetrics.height() - 2) / 2);
    paintBar(*painter, item.rect.adjusted(Margin, inset, -Margin, -inset), progress.toDouble(), text,
             option.palette, item.state.testFlag(QStyle::State_Selected));
}

} // namespace earmark::ui
