#include "ui/files/findingmodel.h"

namespace earmark::ui {

void FindingModel::setFindings(std::vector<verify::Finding> findings)
{
    beginResetModel();
    m_done.assign(findings.size(), QString());
    m_findings = std::move(findings);
    endResetModel();
}

void FindingModel::setDone(int row, const QString &what)
{
    m_done[static_cast<std::size_t>(row)] = what;
    Q_EMIT dataChanged(index(row, Repair), index(row, Repair));
}

int FindingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int FindingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FindingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role != Qt::DisplayRole)
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    switch (index.column()) {
    case File:
        return m_findings[row].file;
    case Problem:
        return m_findings[row].reason;
    case Repair:
        return m_done[row];
    default:
        return {};
    }
}

QVariant FindingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case File:
        return tr("File");
    case Problem:
        return tr("Problem");
    case Repair:
        return tr("Repair");
    default:
        return {};
    }
}

} // namespace earmark::ui
