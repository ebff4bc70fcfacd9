#pragma once

#include "query/completion.h"

#include <QAbstractTableModel>

namespace earmark::ui {

/// What could stand at the cursor of the filter, best first.
class CompletionModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Choice, Explanation, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setCompletions(std::vector<query::Completion> completions);
    const query::Completion &completion(int row) const
    {
        return m_completions[static_cast<std::size_t>(row)];
    }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<query::Completion> m_completions;
};

} // namespace earmark::ui
