#pragma once

#include <QTreeView>

namespace earmark::ui {

/// The tree of classes, with keys of its own: Space ticks, Delete excludes, / searches. They are taken before
/// the window's shortcuts get them, where Space plays.
class LabelView final : public QTreeView
{
    Q_OBJECT

public:
    explicit LabelView(QWidget *parent = nullptr);

Q_SIGNALS:
    void tickWanted();
    void excludeWanted();
    void searchWanted();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace earmark::ui
