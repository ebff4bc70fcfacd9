#pragma once

#include <QDialog>

class QAction;
class QKeySequenceEdit;
class QLabel;
class QTableWidget;

namespace earmark::ui {

class ActionRegistry;
class Settings;

/// All keys, and what they do; those of actions can be changed.
class KeysDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Both must outlive the dialog.
    KeysDialog(ActionRegistry &actions, Settings &settings, QWidget *parent);
    /// Goes to the key of an action.
    void select(const QAction &action);

private:
    void fill();
    void addRow(const QString &key, const QString &command, const QString &explanation);
    QAction *selected() const;
    void showSelected();
    void give(const QKeySequence &key);
    void giveDefault();
    void giveAllDefaults();
    void remember();

    ActionRegistry &m_actions;
    Settings &m_settings;
    QTableWidget *m_table;
    QLabel *m_command;
    QKeySequenceEdit *m_key;
    QLabel *m_said;
};

} // namespace earmark::ui
