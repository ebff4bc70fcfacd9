#pragma once

#include "clips/clip.h"
#include "ui/theme/theme.h"

#include <optional>

namespace earmark::ui {

/// What was measured of a clip on one line, as rich text, with what is amiss in the colour of a warning.
/// `alike`: the clip before it that sounds the same, if there is one. Empty when nothing is known.
QString measuresText(const Clip &clip, const std::optional<SegmentKey> &alike, const Colours &colours);

} // namespace earmark::ui
