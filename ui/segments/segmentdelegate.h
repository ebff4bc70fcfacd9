#pragma once

#include <QStyledItemDelegate>

namespace earmark::ui {

/// Paints a segment's state (icon and word, or a bar while a worker has it) and its labels as chips.
class SegmentDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

/// A bar with its text, as the tables of the window have it.
void paintBar(QPainter &painter, const QRect &area, double fraction, const QString &text,
              const QPalette &palette, bool selected);

} // namespace earmark::ui
