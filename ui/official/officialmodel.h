#pragma once

#include "official/officialstore.h"

#include <QAbstractTableModel>

namespace earmark::ui {

/// AudioSet's official files: what each is, and whether it is there.
class OfficialModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Title, About, Size, State, ColumnCount };
    enum Role {
        ProgressRole = Qt::UserRole, ///< 0 to 1 while it is fetched, -1 when nobody knows; else invalid
        LookRole,                    ///< Look, as an int
    };
    /// How its state is to be shown.
    enum class Look { Plain, Good, Doubtful, Bad };

    /// The store must outlive the model.
    explicit OfficialModel(const official::OfficialStore &store, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const official::OfficialStore::Entry &entry(const QModelIndex &index) const;
    static QString stateText(const official::OfficialStore::Entry &entry);
    static Look look(const official::OfficialStore::Entry &entry);

    const official::OfficialStore &m_store;
};

} // namespace earmark::ui
