#include "ui/segments/outcomemodel.h"

#include "base/format.h"

namespace earmark::ui {

using segments::ClassOutcome;

OutcomeModel::OutcomeModel(const classes::Classes &classes, QObject *parent)
    : ListModel(
          {
              {.title = tr("Class"),
               .text = [classes](const ClassOutcome &outcome) { return classes.displayName(outcome.mid); },
               .toolTip = [](const ClassOutcome &outcome) { return QString::fromUtf8(outcome.mid); },
               .titleTip = tr("Rarest class first. Segments selected for one class count for their other "
                              "classes, too.")},
              {.title = tr("Requested"),
               .text = [](const ClassOutcome &outcome) { return countText(outcome.asked); },
               .alignment = Qt::AlignRight,
               .titleTip = tr("Segments requested with this class")},
              {.title = tr("Selected"),
               .text = [](const ClassOutcome &outcome) { return countText(outcome.got); },
               .alignment = Qt::AlignRight,
               .titleTip = tr("Selected segments with this class; more than requested when they were "
                              "selected for other classes")},
              {.title = tr("Available"),
               .text = [](const ClassOutcome &outcome) { return countText(outcome.available); },
               .alignment = Qt::AlignRight,
               .titleTip = tr("Matching segments with this class")},
              {tr("Shortfall"), [](const ClassOutcome &outcome) { return outcome.reason(); }},
          },
          parent)
{
}

void OutcomeModel::setOutcomes(std::vector<ClassOutcome> outcomes)
{
    // While a number is typed the classes stay.
    update(std::move(outcomes),
           [](const ClassOutcome &one, const ClassOutcome &other) { return one.mid == other.mid; });
}

QVariant OutcomeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && orientation == Qt::Horizontal && section >= 0 &&
        section < columnCount())
        return QVariant(column(section).alignment | Qt::AlignVCenter);
    return ListModel::headerData(section, orientation, role);
}

} // namespace earmark::ui
