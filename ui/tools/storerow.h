#pragma once

#include "tools/toolstore.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace earmark::ui {

/// What a StoreRow says, in the user's language.
struct StoreTexts
{
    QString start; ///< of the button that fetches
    QString startTip;
    QString again; ///< of the same button after a failure
    QString cancel;
    QString cancelName; ///< for screen readers
    QString back;       ///< of the button that goes back; a version may follow in "%1"
    QString backOwn;    ///< the same, to this computer's own version "%1"
    QString backNone;   ///< the same, when there is nothing to go back to
    QString backTip;
    QString progressName; ///< for screen readers
    QString saidName;     ///< for screen readers
    QString none;         ///< said while Earmark has fetched none
};

/// Fetches a program of a store, with progress, cancels that, and goes back to the one before.
class StoreRow final : public QWidget
{
    Q_OBJECT

public:
    /// `store` must outlive the row; `parent` is the group that the row belongs to.
    StoreRow(tools::ToolStore &store, StoreTexts texts, QWidget *parent);

    /// Puts a widget before the buttons.
    void addFirst(QWidget *widget);
    /// The version of this computer's own program that can be gone back to; empty: none.
    void setOwnVersion(const QString &version);
    void setStartable(bool isStartable);
    /// Fetches, as by the button.
    void start();

Q_SIGNALS:
    /// The user wants to fetch: answer with ToolStore::update().
    void wanted();

private:
    void update();
    QString sentence() const;

    tools::ToolStore &m_store;
    const StoreTexts m_texts;
    QString m_ownVersion;
    bool m_isStartable = true;
    bool m_isStarted = false; ///< by this row, which the keyboard is to come back to
    int m_first = 0;          ///< widgets before the buttons
    QHBoxLayout *m_row;
    QPushButton *m_start;
    QPushButton *m_cancel;
    QPushButton *m_back;
    QProgressBar *m_bar;
    QLabel *m_said;
};

} // namespace earmark::ui
