#pragma once

#include "clips/clipstate.h"
#include "ui/theme/theme.h"

class QStyleOptionViewItem;

namespace earmark::ui {

/// How a clip's state is shown everywhere: an icon and a colour.
struct StateStyle
{
    QLatin1StringView icon;
    QColor colour;
};

StateStyle lookOf(ClipState state, const Colours &colours);
StateStyle lookOf(Verdict verdict, const Colours &colours);

/// Lets an item of a table be painted with this icon and its text in this colour; in that of selected text
/// when it is selected.
void showLook(QStyleOptionViewItem &option, const StateStyle &look);

} // namespace earmark::ui
