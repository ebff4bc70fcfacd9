#include "ui/segments/segmentview.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace earmark::ui {

/// What the vertical header is a header of.
class LineCount final : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;
    void set(int rows)
    {
        beginResetModel();
        m_rows = rows;
        endResetModel();
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 1; }
    QVariant data(const QModelIndex &, int) const override { return {}; }

private:
    int m_rows = 0;
};

SegmentView::SegmentView(QWidget *parent)
    : QTableView(parent)
    , m_lines(new LineCount(this))
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
    setContextMenuPolicy(Qt::CustomContextMenu);
    setHorizontalScrollMode(ScrollPerPixel);
    setFrameShape(QFrame::NoFrame);
    // It would come and go while somebody types, and the columns' widths with it.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);

    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1); // else it is the style's idea of a header's height
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 11);
    horizontalHeader()->setFixedHeight(fontMetrics().height() + 12);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    horizontalHeader()->setSortIndicatorClearable(true); // a third click: the order of the file
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
}

void SegmentView::setSelectionModel(QItemSelectionModel *selectionModel)
{
    // The base class shares it with the headers, who take none for another model.
    verticalHeader()->setModel(model());
    QTableView::setSelectionModel(selectionModel);
    verticalHeader()->setModel(m_lines);
}

void SegmentView::reset()
{
    QTableView::reset();
    updateGeometries();
}

void SegmentView::setMostRows(int rows)
{
    m_lines->set(rows);
}

void SegmentView::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    viewport()->update();
}

void SegmentView::updateGeometries()
{
    QTableView::updateGeometries();
    const int rows = model() ? model()->rowCount() : 0;
    const int fitting = std::max(1, viewport()->height() / verticalHeader()->defaultSectionSize());
    verticalScrollBar()->setRange(0, std::max(0, rows - fitting));
    verticalScrollBar()->setPageStep(fitting);
}

void SegmentView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    // At its end, the base class goes to the header's last section, which may be far behind the last row.
    if (dy != 0 && verticalScrollBar()->value() == verticalScrollBar()->maximum()) {
        verticalHeader()->setOffsetToSectionPosition(verticalScrollBar()->value());
        viewport()->update();
    }
}

QModelIndex SegmentView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const int rows = model() ? model()->rowCount() : 0;
    const int column = std::max(0, currentIndex().column());
    // A row is one thing here: the first cell of the same row is no place to go to.
    if (rows > 0 && (action == MoveHome || action == MoveEnd))
        return model()->index(action == MoveHome ? 0 : rows - 1, column);
    const QModelIndex index = QTableView::moveCursor(action, modifiers);
    // Less than a page from the end, the base class goes to a line that nothing is in.
    if (rows > 0 && action == MovePageDown && !index.isValid())
        return model()->index(rows - 1, column);
    return index;
}

bool SegmentView::showsPlaceholder() const
{
    return !m_placeholder.isEmpty() && model() && model()->rowCount() == 0;
}

void SegmentView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier && showsPlaceholder())
        Q_EMIT escaped();
    else
        QTableView::keyPressEvent(event);
}

void SegmentView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!showsPlaceholder())
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    constexpr int Margin = 24;
    painter.drawText(viewport()->rect().adjusted(Margin, 0, -Margin, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     m_placeholder);
}

} // namespace earmark::ui
