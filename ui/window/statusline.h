#pragma once

#include "tools/toolreport.h"
#include "ui/widgets/debounce.h"

#include <QObject>

#include <vector>

class QAction;
class QLabel;
class QPushButton;
class QStatusBar;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class SegmentPage;

/// What the status bar says: how many segments there are, found, selected, ready, failed and in the queue;
/// and which tools do the work.
class StatusLine final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `openTools` is triggered by the button that says how the tools stand.
    StatusLine(session::Session &session, SegmentPage &page, QAction &openTools, QStatusBar &bar);

    /// As the page of the tools has them, in its order; none while they are looked for. Of the JavaScript
    /// runtime it says something only when that needs attention and the source is YouTube.
    void showTools(const std::vector<tools::ToolReport> &reports);
    /// Something that goes by itself, in the place of the counts.
    void say(const QString &text);

private:
    void showCounts();

    session::Session &m_session;
    SegmentPage &m_page;
    QStatusBar &m_bar;
    QLabel *m_counts;
    QPushButton *m_tools;
    Debounce m_update; ///< one look at the counts for many changes
};

} // namespace earmark::ui
