#pragma once

#include "classes/classes.h"
#include "segments/sampling.h"

#include <QAbstractTableModel>

namespace earmark::ui {

/// What each class got of a sample, rarest first.
class OutcomeModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Class, Asked, Got, Available, Reason, ColumnCount };

    explicit OutcomeModel(classes::Classes classes, QObject *parent = nullptr);

    void setOutcomes(std::vector<segments::ClassOutcome> outcomes);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const classes::Classes m_classes;
    std::vector<segments::ClassOutcome> m_outcomes;
};

} // namespace earmark::ui
