#pragma once

#include "tools/toolreport.h"

#include <QAbstractTableModel>

namespace earmark::ui {

/// The programs that Earmark works with and what else downloads need, and how they stand.
class ToolsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Version, Age, Place, State, ColumnCount };
    enum Role {
        StateRole = Qt::UserRole, ///< tools::ToolReport::State, as an int
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// The first rows are programs, as reportOf() orders them; the others no files that can be missing.
    static constexpr int Programs = 3;

    /// None until the programs were found.
    void setReports(std::vector<tools::ToolReport> reports);
    const std::vector<tools::ToolReport> &reports() const { return m_reports; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<tools::ToolReport> m_reports;
};

} // namespace earmark::ui
