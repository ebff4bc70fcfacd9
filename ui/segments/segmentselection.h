#pragma once

#include "ui/segments/rowset.h"

#include <QItemSelectionModel>

#include <optional>
#include <span>
#include <vector>

class QTableView;

namespace earmark::ui {

class SegmentModel;

/// What is selected in the segment table, and its current row, by segment: a filter or another order of rows
/// changes neither. What is filtered away stays selected until the user selects something else, so that
/// typing one letter too many and deleting it again loses nothing.
///
/// QItemSelection compares its ranges with one another: scattered rows by the thousand would stall the
/// window. So a bit for each row of the split is the truth, and the base class is only told of the lines
/// around those that the view shows.
class SegmentSelection final : public QItemSelectionModel
{
    Q_OBJECT

public:
    /// Takes the place of the selection model that the view had. The view must have been given the model: it
    /// must come to know of a reset first.
    SegmentSelection(SegmentModel &model, QTableView &view);

    /// Rows that are selected and shown, in the order of the file.
    std::vector<segments::Row> rows() const;
    /// The same in the order in which they are shown.
    std::vector<segments::Row> rowsAsShown() const;
    qint64 count() const;
    /// The current row, when it is shown.
    std::optional<segments::Row> current() const;
    /// The person has gone to it, or selected something.
    bool isChosen() const { return !m_isUnchosen; }

    /// Selects rows of the split; in addition to what is selected, or instead of it and goes to the first.
    void selectRows(std::span<const segments::Row> rows, bool inAddition);
    /// Selects what is shown and not selected, and nothing else.
    void invert();
    /// Another split comes: nothing of what was selected means anything there.
    void forget();
    /// Goes to the first line and selects it. As nobody chose its row, it remains the first line when the
    /// rows come in another order.
    void begin();
    /// The person goes on with what is shown: when nothing of it is selected, the current row is, or the
    /// first. Several rows that are filtered away stay selected all the same.
    void settle();

    using QItemSelectionModel::select;
    void select(const QItemSelection &selection, SelectionFlags command) override;
    void clear() override;
    void reset() override;

Q_SIGNALS:
    void rowsChanged();
    void segmentChanged();

private:
    void restore();
    void mirror();
    void announce();
    void goToLine(int line);

    SegmentModel &m_segments;
    QTableView &m_view;
    segments::Row m_rows = 0; ///< of the split
    RowSet m_selected;
    RowSet m_before; ///< what a Shift-selection that grows and shrinks is added to
    std::optional<segments::Row> m_current;
    int m_column = 0;                      ///< of the current cell
    mutable std::optional<qint64> m_count; ///< counted when it is asked for
    bool m_isUnchosen = false;             ///< begin() made the current row what it is
    bool m_isMirroring = false;            ///< the base class is being told what is so
};

} // namespace earmark::ui
