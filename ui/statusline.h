#pragma once

#include <QObject>
#include <QTimer>

class QLabel;
class QStatusBar;

namespace earmark::ui {

class SegmentPage;
class Session;

/// What the status bar says: how many segments there are, found, selected, ready, failed and in the queue;
/// and which tools do the work.
class StatusLine final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this.
    StatusLine(Session &session, SegmentPage &page, QStatusBar &bar);

    void showTools();
    /// Something that goes by itself, in the place of the counts.
    void say(const QString &text);

private:
    void showCounts();

    Session &m_session;
    SegmentPage &m_page;
    QStatusBar &m_bar;
    QLabel *m_counts;
    QLabel *m_tools;
    QTimer m_update; ///< one look at the counts for many changes
};

} // namespace earmark::ui
