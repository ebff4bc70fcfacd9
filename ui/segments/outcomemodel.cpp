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
               .titleTip = tr("Rarest first: what it gets counts for all others")},
              {.title = tr("Asked"),
               .text = [](const ClassOutcome &outcome) { return countText(outcome.asked); },
               .alignment = Qt::AlignRight,
               .titleTip = tr("How many segments with this class are wanted")},
              {.title = tr("Got"),
               .text = [](const ClassOutcome &outcome) { return countText(outcome.got); },
               .alignment = Qt::AlignRight,
               .titleTip = tr("How many of the chosen segments have it; more than asked when other classes "
                              "brought them")},
              {.title = tr("Available"),
               .text = [](const ClassOutcome &outcome) { return countText(outcome.available); },
               .alignment = Qt::AlignRight,
               .titleTip = tr("How many of the segments found have it")},
              {tr("Why fewer"), [](const ClassOutcome &outcome) { return outcome.reason(); }},
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
