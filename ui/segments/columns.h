#pragma once

#include <QByteArray>

class QHeaderView;

namespace earmark::ui {

/// Order, widths and visibility of the segment table's columns as JSON, by name: a column that is added later
/// does not upset what was remembered, as it would with QHeaderView::saveState().
QByteArray saveColumns(const QHeaderView &header);
/// Takes over what the JSON says of columns that there are; leaves the others as they are.
void restoreColumns(QHeaderView &header, const QByteArray &json);

} // namespace earmark::ui
