#pragma once

#include <QStyledItemDelegate>

namespace earmark::ui {

/// Paints verdicts and flags in the list of an audition as icons.
class AuditionDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace earmark::ui
