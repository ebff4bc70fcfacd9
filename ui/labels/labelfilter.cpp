#include "ui/labels/labelfilter.h"

#include "query/query.h"
#include "ui/labels/labelmodel.h"

#include <algorithm>

namespace earmark::ui {

LabelFilter::LabelFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
    setAutoAcceptChildRows(true);
    setSortRole(LabelModel::SortRole);
}

void LabelFilter::setSearch(const QString &text)
{
    m_words = query::folded(text).split(u' ', Qt::SkipEmptyParts);
    m_mid = text.trimmed();
    setFilterFixedString(text); // filters again, by matches()
}

bool LabelFilter::matches(const QModelIndex &index) const
{
    if (index.data(LabelModel::MidRole).toString() == m_mid)
        return true;
    const QString name = index.data(LabelModel::SortRole).toString();
    return std::ranges::all_of(m_words, [&name](const QString &word) { return name.contains(word); });
}

bool LabelFilter::isMatch(const QModelIndex &proxyIndex) const
{
    return matches(mapToSource(proxyIndex).siblingAtColumn(LabelModel::Class));
}

bool LabelFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    return !isSearching() || matches(sourceModel()->index(row, LabelModel::Class, parent));
}

bool LabelFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    // What is in no ontology stays behind what is, whichever way the rest is sorted.
    const bool leftIsOther = left.data(LabelModel::NumberRole).toInt() < 0;
    const bool rightIsOther = right.data(LabelModel::NumberRole).toInt() < 0;
    if (leftIsOther != rightIsOther)
        return rightIsOther == (sortOrder() == Qt::AscendingOrder);
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace earmark::ui
