#pragma once

#include <QWidget>

class QAction;

namespace earmark::ui {

/// What the window shows while no split is open: what to do.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    /// `ways`: what can be done, the first of them first of all.
    explicit EmptyState(const QList<QAction *> &ways, QWidget *parent = nullptr);
};

} // namespace earmark::ui
