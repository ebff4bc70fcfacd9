#pragma once

class QString;
class QTableView;

namespace earmark::ui {

/// Makes a table look and work as those of the dialogs do: whole rows of the height of the segment table's,
/// no grid, titles on the left, and Tab leaves it.
void makeList(QTableView &table, const QString &name);

} // namespace earmark::ui
