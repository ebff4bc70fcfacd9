#pragma once

#include <QTableView>

namespace earmark::ui {

class LineCount;

/// The table of segments: whole rows, fixed heights, Home and End go to the first and last row, Tab leaves.
///
/// Qt's header makes a section for each row, and makes them anew when rows come and go: several milliseconds
/// at two million. So this view's vertical header, which nobody sees, has a section for each row that there
/// may ever be, and the scroll bar alone knows how many of them are in use.
class SegmentView final : public QTableView
{
    Q_OBJECT

public:
    explicit SegmentView(QWidget *parent = nullptr);
    void setSelectionModel(QItemSelectionModel *selectionModel) override;
    void reset() override;
    /// How many rows the model may come to have.
    void setMostRows(int rows);
    /// Said where the rows would be when there are none.
    void setPlaceholder(const QString &text);
    const QString &placeholder() const { return m_placeholder; }

Q_SIGNALS:
    /// Esc was pressed while the placeholder is shown.
    void escaped();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void paintEvent(QPaintEvent *event) override;

private:
    bool showsPlaceholder() const;

    LineCount *m_lines;
    QString m_placeholder;
};

} // namespace earmark::ui
