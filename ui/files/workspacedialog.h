#pragma once

#include <QDialog>

class QDialogButtonBox;
class QLineEdit;

namespace earmark::ui {

/// Asks where the clips go. Unlike a folder dialog it can propose a folder that is yet to be made.
class WorkspaceDialog final : public QDialog
{
    Q_OBJECT

public:
    WorkspaceDialog(const QString &proposal, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &folder);

private:
    void browse();

    QLineEdit *m_folder;
    QDialogButtonBox *m_buttons;
};

} // namespace earmark::ui
