#pragma once

#include "ui/downloads/jobmodel.h"
#include "ui/widgets/debounce.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;

/// How the downloads stand: all of them in one bar, those that run with a bar each, those that
/// wait for their next try, and why others failed.
class DownloadPanel final : public QWidget
{
    Q_OBJECT

public:
    /// All must outlive the panel.
    DownloadPanel(session::Session &session, const ActionRegistry &actions, QWidget *parent = nullptr);

    /// How much of everything that was asked for is done, 0 to 1; nothing when nothing is to be done.
    std::optional<double> fraction() const;

Q_SIGNALS:
    /// The numbers have changed: at most ten times a second.
    void refreshed();
    void showFailuresRequested();
    void logRequested(const earmark::SegmentKey &key);

private:
    void makeJobs();
    void takeQueue();
    void takeJobs();
    void refresh();
    void addCancelButtons(int first, int last);
    QString progressText() const;
    /// Instead of jobs, when there are none.
    QString idleText() const;
    /// The sentence about all that is left; empty while nothing can be told.
    QString forecast() const;
    QString failureSummary() const;

    session::Session &m_session;
    JobModel m_jobs;
    QProgressBar *m_bar;
    QLabel *m_text;
    QTableView *m_view;
    QLabel *m_idle;
    QLabel *m_failures;
    QPushButton *m_showFailures;
    Debounce m_refresh;
    QTimer m_second; ///< while something runs or waits for its next try: the time is shown
};

} // namespace earmark::ui
