#pragma once

#include <QWidget>

class QAction;

namespace earmark::ui {

/// What the window shows while no split is open: what to do.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    EmptyState(QAction &openSplit, QAction &openSample, QWidget *parent = nullptr);
};

} // namespace earmark::ui
