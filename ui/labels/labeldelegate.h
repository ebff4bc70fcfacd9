#pragma once

#include "ui/widgets/textdelegate.h"

namespace earmark::ui {

/// Paints a class: what is excluded is struck through and crossed, and badges stand behind the name.
class LabelDelegate final : public TextDelegate
{
    Q_OBJECT

public:
    using TextDelegate::TextDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace earmark::ui
