#include "ui/review/auditiondelegate.h"

#include "ui/review/auditionmodel.h"
#include "ui/theme/statestyle.h"

namespace earmark::ui {

using namespace Qt::StringLiterals;

void AuditionDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Colours colours = coloursFor(option->palette);
    const auto verdict = static_cast<Verdict>(index.data(AuditionModel::VerdictRole).toInt());
    if (index.column() == AuditionModel::Verdict && verdict != Verdict::Undecided)
        showLook(*option, lookOf(verdict, colours));
    if (index.column() == AuditionModel::Flag && index.data(AuditionModel::FlaggedRole).toBool())
        showLook(*option, {"flag"_L1, colours.warning});
}

} // namespace earmark::ui
