#include "ui/downloads/jobdelegate.h"

#include "ui/downloads/jobmodel.h"
#include "ui/segments/segmentdelegate.h"

#include <QPainter>

namespace earmark::ui {

void JobDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QVariant progress = index.data(JobModel::ProgressRole);
    if (index.column() != JobModel::Progress || !progress.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    const int inset = std::max(3, (option.rect.height() - option.fontMetrics.height() - 2) / 2);
    paintBar(*painter, option.rect.adjusted(8, inset, -8, -inset), progress.toDouble(),
             index.data().toString(), option.palette, false);
}

} // namespace earmark::ui
