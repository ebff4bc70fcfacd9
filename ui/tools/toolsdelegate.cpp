#include "ui/tools/toolsdelegate.h"

#include "ui/theme/statestyle.h"
#include "ui/tools/toolsmodel.h"

namespace earmark::ui {

using namespace Qt::StringLiterals;
using State = tools::ToolReport::State;

namespace {

StateStyle lookOf(State state, const QPalette &palette)
{
    const Colours colours = coloursFor(palette);
    switch (state) {
    case State::Good:
        return {"ready"_L1, colours.ok};
    case State::Doubtful:
        return {"warning"_L1, colours.warning};
    case State::Bad:
        break;
    }
    return {"failed"_L1, colours.error};
}

} // namespace

void ToolsDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.column() == ToolsModel::Place)
        option->textElideMode = Qt::ElideMiddle;
    else if (index.column() == ToolsModel::State)
        showLook(*option,
                 lookOf(static_cast<State>(index.data(ToolsModel::StateRole).toInt()), option->palette));
}

} // namespace earmark::ui
