#include "ui/official/officialdelegate.h"

#include "ui/official/officialmodel.h"
#include "ui/segments/segmentdelegate.h"
#include "ui/theme/statestyle.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QPainter>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

StateStyle lookOf(OfficialModel::Look look, const QPalette &palette)
{
    const Colours colours = coloursFor(palette);
    switch (look) {
    case OfficialModel::Look::Good:
        return {"ready"_L1, colours.ok};
    case OfficialModel::Look::Doubtful:
        return {"warning"_L1, colours.warning};
    case OfficialModel::Look::Bad:
        return {"failed"_L1, colours.error};
    case OfficialModel::Look::Plain:
        break;
    }
    return {"absent"_L1, colours.muted};
}

} // namespace

void OfficialDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.column() != OfficialModel::State)
        return;
    const auto look = static_cast<OfficialModel::Look>(index.data(OfficialModel::LookRole).toInt());
    showLook(*option, lookOf(look, option->palette));
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
    paintBar(*painter, item.rect.adjusted(CellMargin, inset, -CellMargin, -inset), progress.toDouble(), text,
             option.palette, item.state.testFlag(QStyle::State_Selected));
}

} // namespace earmark::ui
