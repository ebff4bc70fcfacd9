#include "ui/theme/statelook.h"

namespace earmark::ui {

using namespace Qt::StringLiterals;

StateLook lookOf(ClipState state, const Colours &colours)
{
    switch (state) {
    case ClipState::Absent:
        return {"absent"_L1, colours.muted};
    case ClipState::Queued:
        return {"queued"_L1, colours.accent};
    case ClipState::Fetching:
    case ClipState::Formatting:
        return {"download"_L1, colours.accent};
    case ClipState::Ready:
        return {"ready"_L1, colours.ok};
    case ClipState::Short:
        return {"short"_L1, colours.warning};
    case ClipState::Failed:
        return {"failed"_L1, colours.error};
    }
    return {"absent"_L1, colours.muted};
}

} // namespace earmark::ui
