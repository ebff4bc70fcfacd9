#include "ui/labels/labelview.h"

#include "ui/labels/labeldelegate.h"

#include <QHeaderView>
#include <QKeyEvent>

namespace earmark::ui {

namespace {

bool isOwnKey(const QKeyEvent &event)
{
    const bool isPlain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    return isPlain &&
           (event.key() == Qt::Key_Space || event.key() == Qt::Key_Delete || event.key() == Qt::Key_Slash);
}

} // namespace

LabelView::LabelView(QWidget *parent)
    : QTreeView(parent)
{
    setAccessibleName(tr("Labels"));
    setAccessibleDescription(tr("The classes: Space ticks one, Delete excludes it, / searches"));
    setItemDelegate(new LabelDelegate(this));
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setSortingEnabled(true);
    setIndentation(fontMetrics().height() * 3 / 4); // names are long and the panel is narrow
    header()->setSortIndicatorClearable(true);
    header()->setSectionsMovable(false);
    header()->setMinimumSectionSize(30);
    header()->setStretchLastSection(false);
}

bool LabelView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && isOwnKey(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void LabelView::keyPressEvent(QKeyEvent *event)
{
    if (!isOwnKey(*event)) {
        QTreeView::keyPressEvent(event);
        return;
    }
    if (event->key() == Qt::Key_Slash)
        Q_EMIT searchWanted();
    else if (event->key() == Qt::Key_Delete)
        Q_EMIT excludeWanted();
    else
        Q_EMIT tickWanted();
}

} // namespace earmark::ui
