#pragma once

#include "verify/check.h"

#include <QAbstractTableModel>

namespace earmark::ui {

/// What a check of the clips' files found, and what was done about it.
class FindingModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { File, Problem, Repair, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setFindings(std::vector<verify::Finding> findings);
    const verify::Finding &finding(int row) const { return m_findings[static_cast<std::size_t>(row)]; }
    /// Half a sentence for the user, such as "queued again".
    void setDone(int row, const QString &what);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<verify::Finding> m_findings;
    std::vector<QString> m_done; ///< by row; empty where nothing was done
};

} // namespace earmark::ui
