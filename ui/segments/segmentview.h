#pragma once

#include <QTableView>

namespace earmark::ui {

/// The table of segments: whole rows, fixed heights (so that two million cost nothing), Home and End go to
/// the first and last row, Tab leaves.
class SegmentView final : public QTableView
{
    Q_OBJECT

public:
    explicit SegmentView(QWidget *parent = nullptr);
    /// Said where the rows would be when there are none.
    void setPlaceholder(const QString &text);

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_placeholder;
};

} // namespace earmark::ui
