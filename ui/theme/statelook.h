#pragma once

#include "base/clipstate.h"
#include "ui/theme/theme.h"

namespace earmark::ui {

/// How a clip's state is shown everywhere: an icon and a colour.
struct StateLook
{
    QLatin1StringView icon;
    QColor colour;
};

StateLook lookOf(ClipState state, const Colours &colours);

} // namespace earmark::ui
