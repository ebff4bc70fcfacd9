#include "ui/segments/savedfiltermodel.h"

#include "query/query.h"
#include "ui/settings/settings.h"

#include <algorithm>

namespace earmark::ui {

SavedFilterModel::SavedFilterModel(Settings &settings, QObject *parent)
    : ListModel({{tr("Name"), &SavedFilter::first, &SavedFilter::first},
                 {tr("Filter"), &SavedFilter::second, &SavedFilter::second}},
                parent)
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
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

void SavedFilterModel::read()
{
    std::vector<SavedFilter> rows;
    const auto filters = m_settings.savedFilters();
    for (auto filter = filters.begin(); filter != filters.end(); ++filter)
        rows.emplace_back(filter.key(), *filter);
    std::ranges::stable_sort(rows, {}, [](const auto &filter) { return query::folded(filter.first); });
    setRows(std::move(rows));
}

QVariant SavedFilterModel::more(const SavedFilter &filter, int column, int role) const
{
    return role != Qt::EditRole ? QVariant() : column == Name ? filter.first : filter.second;
}

Qt::ItemFlags SavedFilterModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = ListModel::flags(index);
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
    m_rows[static_cast<std::size_t>(index.row())].first = wanted;
    Q_EMIT dataChanged(index, index);
    return true;
}

} // namespace earmark::ui
