#include "ui/segments/outcomemodel.h"

#include "base/format.h"

#include <algorithm>

namespace earmark::ui {

OutcomeModel::OutcomeModel(classes::Classes classes, QObject *parent)
    : QAbstractTableModel(parent)
    , m_classes(std::move(classes))
{
}

void OutcomeModel::setOutcomes(std::vector<segments::ClassOutcome> outcomes)
{
    // While a number is typed the classes stay: no reset, so that the view keeps its place.
    if (std::ranges::equal(m_outcomes, outcomes, {}, &segments::ClassOutcome::mid,
                           &segments::ClassOutcome::mid)) {
        m_outcomes = std::move(outcomes);
        if (!m_outcomes.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_outcomes = std::move(outcomes);
    endResetModel();
}

int OutcomeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_outcomes.size());
}

int OutcomeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant OutcomeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &outcome = m_outcomes[static_cast<std::size_t>(index.row())];
    const bool isText = index.column() == Class || index.column() == Reason;
    if (role == Qt::TextAlignmentRole)
        return QVariant((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == Class)
        return QString::fromUtf8(outcome.mid);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Class:
        return m_classes.displayName(outcome.mid);
    case Asked:
        return countText(outcome.asked);
    case Got:
        return countText(outcome.got);
    case Available:
        return countText(outcome.available);
    default:
        return outcome.reason();
    }
}

QVariant OutcomeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool isText = section == Class || section == Reason;
    if (role == Qt::TextAlignmentRole)
        return QVariant((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    const struct
    {
        QString title;
        QString toolTip;
    } texts[] = {
        {tr("Class"), tr("Rarest first: what it gets counts for all others")},
        {tr("Asked"), tr("How many segments with this class are wanted")},
        {tr("Got"),
         tr("How many of the chosen segments have it; more than asked when other classes brought them")},
        {tr("Available"), tr("How many of the segments found have it")},
        {tr("Why fewer"), {}},
    };
    if (role == Qt::DisplayRole)
        return texts[section].title;
    return role == Qt::ToolTipRole ? QVariant(texts[section].toolTip) : QVariant();
}

} // namespace earmark::ui
