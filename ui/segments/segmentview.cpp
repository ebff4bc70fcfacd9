#include "ui/segments/segmentview.h"

#include <QHeaderView>
#include <QPainter>

namespace earmark::ui {

SegmentView::SegmentView(QWidget *parent)
    : QTableView(parent)
{
    setAccessibleName(tr("Segments"));
    setAccessibleDescription(tr("The segments that were found, with the state of their clips"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setHorizontalScrollMode(ScrollPerPixel);
    setFrameShape(QFrame::NoFrame);

    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1); // else it is the style's idea of a header's height
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 11);
    horizontalHeader()->setFixedHeight(fontMetrics().height() + 12);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
}

void SegmentView::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    viewport()->update();
}

QModelIndex SegmentView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    // A row is one thing here: the first cell of the same row is no place to go to.
    if (action == MoveHome || action == MoveEnd)
        modifiers |= Qt::ControlModifier;
    return QTableView::moveCursor(action, modifiers);
}

void SegmentView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_placeholder.isEmpty() || !model() || model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect(), Qt::AlignCenter, m_placeholder);
}

} // namespace earmark::ui
