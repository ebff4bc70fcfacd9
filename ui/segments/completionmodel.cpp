#include "ui/segments/completionmodel.h"

namespace earmark::ui {

using namespace Qt::StringLiterals;

void CompletionModel::setCompletions(std::vector<query::Completion> completions)
{
    beginResetModel();
    m_completions = std::move(completions);
    endResetModel();
}

int CompletionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_completions.size());
}

int CompletionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CompletionModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const query::Completion &one = completion(index.row());
    if (role == Qt::DisplayRole)
        return index.column() == Choice ? one.choice : one.explanation;
    if (role == Qt::AccessibleTextRole)
        return one.explanation.isEmpty() ? one.choice : one.choice + u", "_s + one.explanation;
    return {};
}

} // namespace earmark::ui
