#include "ui/tools/toolsmodel.h"

#include <QDir>

namespace earmark::ui {

void ToolsModel::setReports(std::vector<tools::ToolReport> reports)
{
    // The rows stay, and with them what is selected.
    if (m_reports.size() == reports.size()) {
        m_reports = std::move(reports);
        if (!m_reports.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_reports = std::move(reports);
    endResetModel();
}

int ToolsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_reports.size());
}

int ToolsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ToolsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const tools::ToolReport &report = m_reports[static_cast<std::size_t>(index.row())];
    if (role == StateRole)
        return static_cast<int>(report.state);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case Name:
        return role == Qt::DisplayRole ? report.name : tr("%1 %2").arg(report.name, report.purpose);
    case Version:
        return report.version;
    case Age:
        return report.age;
    case Place:
        return report.path.isEmpty() && index.row() < Programs ? tr("not found")
                                                               : QDir::toNativeSeparators(report.path);
    case State:
        return report.sentence;
    default:
        return {};
    }
}

QVariant ToolsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Tool");
    case Version:
        return tr("Version");
    case Age:
        return tr("Age");
    case Place:
        return tr("Place");
    case State:
        return tr("State");
    default:
        return {};
    }
}

} // namespace earmark::ui
