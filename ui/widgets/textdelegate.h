#pragma once

#include "ui/theme/textlayoutcache.h"

#include <QStyledItemDelegate>

#include <vector>

namespace earmark::ui {

/// Items as the style paints them, but with texts of one line that are laid out once and kept: a list that is
/// painted at every key must not shape the same words each time.
class TextDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    /// The texts of a font: there are few.
    TextLayoutCache &texts(const QFont &font) const;
    /// Where the style puts the text of an item.
    static QRect textArea(const QStyleOptionViewItem &item);

private:
    mutable std::vector<TextLayoutCache> m_texts;
};

} // namespace earmark::ui
