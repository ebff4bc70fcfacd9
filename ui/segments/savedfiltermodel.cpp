#include "ui/segments/savedfiltermodel.h"

#include "query/query.h"
#include "ui/settings/settings.h"

#include <algorithm>

namespace earmark::ui {

SavedFilterModel::SavedFilterModel(Settings &settings, QObject *parent)
    : QAbstractTableModel(parent)
    , m_settings(settings)
{
    read();
}

bool SavedFilterModel::contains(const QString &name) const
{
    return m_settings.savedFilters().contains(name.trimmed());
}

void SavedFilterModel::save(const QString &name, const QString &filter)
{
    auto filters = m_settings.savedFilters();
    filters.insert(name.trimmed(), filter);
    m_settings.savedFilters = filters;
    read();
}

void SavedFilterModel::remove(int row)
{
    auto filters = m_settings.savedFilters();
    filters.remove(name(row));
    m_settings.savedFilters = filters;
    beginRemoveRows({}, row, row);
    m_filters.erase(m_filters.begin() + row);
    endRemoveRows();
}

QString SavedFilterModel::name(int row) const
{
    return m_filters[static_cast<std::size_t>(row)].first;
}

QString SavedFilterModel::filter(int row) const
{
    return m_filters[static_cast<std::size_t>(row)].second;
}

void SavedFilterModel::read()
{
    beginResetModel();
    m_filters.clear();
    const auto filters = m_settings.savedFilters();
    for (auto filter = filters.begin(); filter != filters.end(); ++filter)
        m_filters.emplace_back(filter.key(), *filter);
    std::ranges::stable_sort(m_filters, {}, [](const auto &filter) { return query::folded(filter.first); });
    endResetModel();
}

int SavedFilterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_filters.size());
}

int SavedFilterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SavedFilterModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::ToolTipRole))
        return {};
    return index.column() == Name ? name(index.row()) : filter(index.row());
}

QVariant SavedFilterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Name") : tr("Filter");
}

Qt::ItemFlags SavedFilterModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == Name ? flags | Qt::ItemIsEditable : flags;
}

bool SavedFilterModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || index.column() != Name || role != Qt::EditRole)
        return false;
    const QString former = name(index.row());
    const QString wanted = value.toString().trimmed();
    if (wanted == former)
        return true;
    if (wanted.isEmpty() || contains(wanted)) {
        Q_EMIT refused(wanted.isEmpty()
                           ? tr("A filter needs a name; it keeps the one it has.")
                           : tr("There is a filter “%1” already; choose another name.").arg(wanted));
        return false;
    }
    auto filters = m_settings.savedFilters();
    filters.insert(wanted, filters.take(former));
    m_settings.savedFilters = filters;
    // It stays where it is until the next time: who renames one must not lose sight of it.
    m_filters[static_cast<std::size_t>(index.row())].first = wanted;
    Q_EMIT dataChanged(index, index);
    return true;
}

} // namespace earmark::ui
