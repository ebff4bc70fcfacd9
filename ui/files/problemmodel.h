#pragma once

#include "readers/splitreader.h"

#include <QAbstractTableModel>

namespace earmark::ui {

/// The lines of a split that do not fit, and why.
class ProblemModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Line, Reason, ColumnCount };

    explicit ProblemModel(std::vector<readers::Problem> problems, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<readers::Problem> m_problems;
};

} // namespace earmark::ui
