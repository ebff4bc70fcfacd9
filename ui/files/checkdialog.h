#pragma once

#include "base/async.h"
#include "ui/files/findingmodel.h"
#include "ui/widgets/debounce.h"

#include <QDialog>
#include <QTimer>

#include <memory>

class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

/// Compares the files of all finished clips with the ledger, beside downloads that run, and repairs what
/// differs. Does not hold up the window.
class CheckDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The session has a workspace, and outlives the dialog; the dialog closes when it gets another.
    CheckDialog(session::Session &session, QWidget *parent);

private:
    using Report = Result<verify::Report>;

    void layOut();
    void checkOrCancel();
    void check();
    void take(const Report &report);
    void repair();
    /// Repairs the next findings.
    void repairSome();
    void repairLeftovers();
    void showProgress();
    void showButtons();
    QString resultText(const verify::Report &report) const;

    session::Session &m_session;
    QCheckBox *m_deep;
    QLabel *m_text;
    QProgressBar *m_bar;
    QTableView *m_view;
    QPushButton *m_check;
    QPushButton *m_repair;
    FindingModel m_model;

    std::shared_ptr<verify::Progress> m_progress; ///< shared with the thread that checks
    QTimer m_poll;                                ///< while it checks
    int m_next = 0;                               ///< row to be repaired next
    qint64 m_queuedAgain = 0;                     ///< clips, by the repair that runs or ran last
    bool m_isRepairing = false;
    Debounce m_turn; ///< the next of them
    LatestTask m_task{this};
};

} // namespace earmark::ui
