#include "ui/theme/statestyle.h"

#include "ui/theme/icons.h"

#include <QStyleOptionViewItem>
#include <QWidget>

namespace earmark::ui {

using namespace Qt::StringLiterals;

StateStyle lookOf(ClipState state, const Colours &colours)
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
    case ClipState::Missing:
        return {"missing"_L1, colours.lost};
    case ClipState::Damaged:
        return {"damaged"_L1, colours.lost};
    }
    return {"absent"_L1, colours.muted};
}

StateStyle lookOf(Verdict verdict, const Colours &colours)
{
    switch (verdict) {
    case Verdict::Keep:
        return {"keep"_L1, colours.ok};
    case Verdict::Reject:
        return {"reject"_L1, colours.error};
    case Verdict::Undecided:
        break;
    }
    return {"undecided"_L1, colours.muted};
}

void showLook(QStyleOptionViewItem &option, const StateStyle &look)
{
    const QColor colour = option.state.testFlag(QStyle::State_Selected)
                              ? option.palette.color(QPalette::HighlightedText)
                              : look.colour;
    constexpr int size = 14;
    option.features |= QStyleOptionViewItem::HasDecoration;
    option.decorationSize = {size, size};
    const qreal ratio = option.widget ? option.widget->devicePixelRatio() : 1.0;
    const QPixmap picture = iconPixmap(look.icon, colour, size, ratio);
    option.icon = QIcon(picture);
    option.icon.addPixmap(picture, QIcon::Selected); // or the style would tint it
    option.palette.setColor(QPalette::Text, colour);
}

} // namespace earmark::ui
