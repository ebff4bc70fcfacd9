#include "ui/files/problemmodel.h"

namespace earmark::ui {

ProblemModel::ProblemModel(std::vector<readers::Problem> problems, QObject *parent)
    : QAbstractTableModel(parent)
    , m_problems(std::move(problems))
{
}

int ProblemModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_problems.size());
}

int ProblemModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &problem = m_problems[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return index.column() == Line ? QVariant(problem.line) : QVariant(problem.reason);
    if (role == Qt::ToolTipRole)
        return problem.reason;
    return {};
}

QVariant ProblemModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Line ? tr("Line") : tr("What is wrong with it");
}

} // namespace earmark::ui
