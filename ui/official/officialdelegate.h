#pragma once

#include <QStyledItemDelegate>

namespace earmark::ui {

/// Paints how an official file stands: a bar while it is fetched, else its state in the colour of it.
class OfficialDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace earmark::ui
