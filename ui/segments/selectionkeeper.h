#pragma once

#include "dataset/segmenttable.h"

#include <QObject>

#include <optional>
#include <vector>

class QAbstractItemView;

namespace earmark::ui {

class SegmentModel;

/// Keeps the selection and the current row of a view by segment while the filter changes what is shown. What
/// is filtered away stays remembered until the person selects something else, so that typing one letter too
/// many and deleting it again loses nothing.
class SelectionKeeper final : public QObject
{
    Q_OBJECT

public:
    /// After the view has been given the model: it must come to know of a reset first.
    SelectionKeeper(QAbstractItemView &view, SegmentModel &model);

    /// Rows of the split that are selected and shown, ascending.
    std::vector<dataset::Row> selectedRows() const;
    qint64 selectedCount() const;
    std::optional<dataset::Row> currentRow() const;
    /// Another split comes: nothing of what was selected means anything there.
    void forget();

Q_SIGNALS:
    void selectionChanged();
    void currentChanged();

private:
    void remember();
    void restore();

    QAbstractItemView &m_view;
    SegmentModel &m_model;
    std::vector<dataset::Row> m_selected; ///< ascending
    std::optional<dataset::Row> m_current;
    bool m_isChanged = false; ///< the person selected something since it was last remembered
    bool m_isRestoring = false;
};

} // namespace earmark::ui
