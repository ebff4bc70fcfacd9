#pragma once

#include <QAbstractTableModel>

#include <utility>
#include <vector>

namespace earmark::ui {

class Settings;

/// The filters to which the person gave names, by name. Every change is remembered at once.
class SavedFilterModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Filter, ColumnCount };

    /// `settings` must outlive the model.
    explicit SavedFilterModel(Settings &settings, QObject *parent = nullptr);

    bool contains(const QString &name) const;
    /// Replaces the filter of this name, if there is one. The name is neither empty nor blank.
    void save(const QString &name, const QString &filter);
    void remove(int row);
    QString name(int row) const;
    QString filter(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Renames.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    /// Why a name was not taken.
    void refused(const QString &reason);

private:
    void read();

    Settings &m_settings;
    std::vector<std::pair<QString, QString>> m_filters; ///< name and text, as people sort names
};

} // namespace earmark::ui
