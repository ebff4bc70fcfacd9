#include "ui/review/auditionmode.h"

#include "session/session.h"
#include "ui/review/audition.h"
#include "ui/review/auditionpage.h"
#include "ui/segments/segmentpage.h"
#include "ui/segments/segmentselection.h"
#include "ui/settings/settings.h"
#include "ui/widgets/actionregistry.h"

#include <QDockWidget>
#include <QLayout>
#include <QMainWindow>
#include <QStackedWidget>
#include <QToolBar>

namespace earmark::ui {

using namespace Qt::StringLiterals;

AuditionMode::AuditionMode(QMainWindow &window, QStackedWidget &stack, QToolBar &filterRow,
                           session::Session &session, Settings &settings, SegmentPage &table,
                           Audition &audition, AuditionPage &page, const ActionRegistry &actions)
    : QObject(&window)
    , m_window(window)
    , m_stack(stack)
    , m_filterRow(filterRow)
    , m_session(session)
    , m_settings(settings)
    , m_table(table)
    , m_audition(audition)
    , m_page(page)
    , m_ofTable{actions["segments.nextClip"_L1], actions["segments.previousClip"_L1],
                actions["segments.openInBrowser"_L1]}
{
    takeRoom(false);
    connect(actions["review.auditionFound"_L1], &QAction::triggered, this, &AuditionMode::enter);
    connect(actions["review.leaveAudition"_L1], &QAction::triggered, this, &AuditionMode::leave);
    connect(&session, &session::Session::splitChanged, this, &AuditionMode::leave);
    connect(&session, &session::Session::workspaceChanged, this, &AuditionMode::leave);
}

void AuditionMode::enter()
{
    if (m_audition.isOn() || !m_session.split() || !m_session.workspace())
        return;
    const auto shown = m_table.found();
    // Two or more are selected on purpose: then these.
    std::vector<segments::Row> rows = m_table.selectedCount() > 1
                                          ? m_table.selection().rowsAsShown()
                                          : std::vector<segments::Row>(shown.begin(), shown.end());
    const auto first = m_table.selection().isChosen() ? m_table.currentRow() : std::nullopt;
    if (!m_audition.begin(std::move(rows), first, m_settings.auditionOptions())) {
        Q_EMIT refused(tr("None of the clips found is here yet: download some first, or clear the filter."));
        return;
    }
    m_docks = m_window.saveState();
    for (QDockWidget *dock : m_window.findChildren<QDockWidget *>())
        dock->hide();
    m_filterRow.hide();
    takeRoom(true);
    takeKeys(true);
    m_stack.setCurrentWidget(&m_page);
    m_page.setFocus(Qt::OtherFocusReason);
}

void AuditionMode::leave()
{
    if (!m_audition.isOn())
        return;
    const auto heard = m_audition.current();
    m_audition.end();
    takeRoom(false); // while it is shown: what is hidden does not tell the layouts
    m_stack.setCurrentWidget(&m_table);
    takeKeys(false);
    // The docks come back into the room that the page leaves: layouts learn of that later by themselves, and
    // the window would grow until then.
    for (QWidget *each = &m_stack; each != &m_window; each = each->parentWidget()) {
        each->layout()->invalidate();
        each->layout()->activate();
        each->updateGeometry();
    }
    m_window.restoreState(std::exchange(m_docks, {}));
    m_filterRow.show();
    if (heard && m_session.split() && *heard < m_session.split()->table.size() &&
        m_table.model().isFound(*heard) && m_table.selectedCount() <= 1)
        m_table.selection().selectRows({&*heard, 1}, false);
    m_table.focusTable();
}

/// A page that is not shown must not keep the window from being small.
void AuditionMode::takeRoom(bool takes)
{
    const auto policy = takes ? QSizePolicy::Preferred : QSizePolicy::Ignored;
    m_page.setSizePolicy(policy, policy);
}

/// What is about the table's current row would be about one that nobody sees.
void AuditionMode::takeKeys(bool takes)
{
    for (QAction *action : m_ofTable)
        action->setEnabled(!takes);
}

QByteArray AuditionMode::docks() const
{
    return m_docks.isEmpty() ? m_window.saveState() : m_docks;
}

} // namespace earmark::ui
