#pragma once

#include "base/async.h"
#include "ui/downloads/failuremodel.h"
#include "ui/widgets/debounce.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

/// Why clips failed: each reason with how many, which can be tried again or shown in the table.
class FailurePanel final : public QWidget
{
    Q_OBJECT

public:
    /// The session must outlive the panel.
    explicit FailurePanel(session::Session &session, QWidget *parent = nullptr);

    /// Puts the keyboard into the table of reasons, now or when they have been gathered.
    void focusReasons();

Q_SIGNALS:
    /// A query that finds the clips of the selected reasons.
    void showRequested(const QString &query);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void gather();
    void take(const std::vector<FailureGroup> &groups);
    void retry();
    void retrySome();
    void show();
    void updateButtons();
    /// The rows of the same reasons; the first when there are none.
    void select(const std::vector<FailureGroup> &groups);
    /// Of the selected rows.
    std::vector<FailureGroup> selected() const;

    session::Session &m_session;
    FailureModel m_model;
    QTableView *m_view;
    QLabel *m_empty;
    QPushButton *m_retry;
    QPushButton *m_show;
    Debounce m_refresh;
    std::vector<SegmentKey> m_again; ///< still to be queued
    Debounce m_next;                 ///< the next of m_again
    bool m_wantsFocus = false;       ///< as soon as there is a reason to show
    LatestTask m_gathering{this};
    LatestTask m_finding{this};
};

} // namespace earmark::ui
