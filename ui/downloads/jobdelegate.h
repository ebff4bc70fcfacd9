#pragma once

#include <QStyledItemDelegate>

namespace earmark::ui {

/// Paints a running job's progress as a bar, and when a waiting one is tried again as text.
class JobDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace earmark::ui
