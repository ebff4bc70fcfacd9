#pragma once

#include "ui/segments/segmentmodel.h"
#include "ui/theme/chips.h"
#include "ui/theme/statestyle.h"

#include <QStyledItemDelegate>

#include <optional>

namespace earmark::ui {

/// Paints the segment table: the state as icon and word, or as a bar while a worker has the clip; labels as
/// chips. It paints every cell itself: the style lays each text out anew, which costs more than a filter.
class SegmentDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// `model` must be the view's, and outlive the delegate.
    SegmentDelegate(const SegmentModel &model, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    /// Which of the labels of `index` has its chip at `position`, when `cell` is where they are painted.
    std::optional<qsizetype> labelAt(const QPoint &position, const QRect &cell, const QFont &font,
                                     const QModelIndex &index) const;

private:
    void paintState(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintVerdict(QPainter &painter, const QStyleOptionViewItem &option, segments::Row row) const;
    /// An icon, and what it means.
    void paintLook(QPainter &painter, const QStyleOptionViewItem &option, StateStyle look,
                   const QString &text) const;
    const segments::SegmentTable &table() const { return m_model.searchable()->split->table; }

    const ChipTexts &texts(const QFont &font) const;

    const SegmentModel &m_model;
    TextLayoutCache m_fixed;
    mutable ChipTexts m_texts; ///< in the view's font
};

/// A bar with its text, as the tables of the window have it.
void paintBar(QPainter &painter, const QRect &area, double fraction, const QString &text,
              const QPalette &palette, bool selected);

} // namespace earmark::ui
