#include "ui/widgets/listtable.h"

#include <QHeaderView>
#include <QTableView>

namespace earmark::ui {

void makeList(QTableView &table, const QString &name)
{
    table.setAccessibleName(name);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setAlternatingRowColors(true);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setMinimumSectionSize(1); // else it is the style's idea of a header's height
    table.verticalHeader()->setDefaultSectionSize(table.fontMetrics().height() + 11);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setStretchLastSection(true);
}

} // namespace earmark::ui
