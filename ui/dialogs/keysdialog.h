#pragma once

#include <QDialog>

class QAction;

namespace earmark::ui {

/// All keyboard shortcuts, made from the actions, so that the list is never out of date.
class KeysDialog final : public QDialog
{
    Q_OBJECT

public:
    KeysDialog(const std::vector<QAction *> &actions, QWidget *parent);
};

} // namespace earmark::ui
