#pragma once

#include <QStyledItemDelegate>

namespace earmark::ui {

/// Paints how a tool stands with an icon and in the colour of it, and shortens places in their middle.
class ToolsDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace earmark::ui
