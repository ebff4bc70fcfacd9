#pragma once

#include <QByteArray>

class QHeaderView;
class QMenu;

namespace earmark::ui {

/// Order, widths and visibility of the segment table's columns, and the one that it is sorted by, as JSON, by
/// name: a column that is added later does not upset what was remembered, as it would with
/// QHeaderView::saveState().
QByteArray saveColumns(const QHeaderView &header);
/// Takes over what the JSON says of columns that there are; leaves the others as they are.
void restoreColumns(QHeaderView &header, const QByteArray &json);

/// Fills a menu with the columns, to show and hide them.
void fillColumnMenu(QMenu &menu, QHeaderView &header);
/// Fills a menu with the columns, to sort by them.
void fillSortMenu(QMenu &menu, QHeaderView &header);
/// Goes on to the next way of sorting by a column: ascending, descending, not at all.
void sortOn(QHeaderView &header, int column);
/// Moves a column past so many of those that show: -1 to the left, +1 to the right.
void moveColumn(QHeaderView &header, int column, int by);

} // namespace earmark::ui
