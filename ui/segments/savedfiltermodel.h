#pragma once

#include "ui/widgets/tablemodel.h"

#include <utility>

namespace earmark::ui {

class Settings;

/// Name and text.
using SavedFilter = std::pair<QString, QString>;

/// The filters to which the user gave names, as people sort names. Every change is remembered at once.
class SavedFilterModel final : public ListModel<SavedFilter>
{
    Q_OBJECT

public:
    enum { Name, Filter };

    /// `settings` must outlive the model.
    explicit SavedFilterModel(Settings &settings, QObject *parent = nullptr);

    bool contains(const QString &name) const;
    /// Replaces the filter of this name, if there is one. The name is neither empty nor blank.
    void save(const QString &name, const QString &filter);
    void remove(int row);
    const QString &name(int at) const { return row(at).first; }
    const QString &filter(int at) const { return row(at).second; }

    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Renames.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    /// Why a name was not taken.
    void refused(const QString &reason);

private:
    void read();
    QVariant more(const SavedFilter &filter, int column, int role) const override;

    Settings &m_settings;
};

} // namespace earmark::ui
