#pragma once

#include <QObject>

#include <array>

class QAction;
class QMainWindow;
class QStackedWidget;
class QToolBar;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class Audition;
class AuditionPage;
class SegmentPage;
class Settings;

/// Goes from the table to the audition and back: the page takes the whole window, and everything stands again
/// where it stood.
class AuditionMode final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `stack` holds both pages.
    AuditionMode(QMainWindow &window, QStackedWidget &stack, QToolBar &filterRow, session::Session &session,
                 Settings &settings, SegmentPage &table, Audition &audition, AuditionPage &page,
                 const ActionRegistry &actions);

    void enter();
    void leave();
    /// Where the window's docks are while the table is shown.
    QByteArray docks() const;

Q_SIGNALS:
    /// There is nothing to listen to: a sentence for the user.
    void refused(const QString &why);

private:
    void takeRoom(bool takes);
    void takeKeys(bool takes);

    QMainWindow &m_window;
    QStackedWidget &m_stack;
    QToolBar &m_filterRow;
    session::Session &m_session;
    Settings &m_settings;
    SegmentPage &m_table;
    Audition &m_audition;
    AuditionPage &m_page;
    std::array<QAction *, 3> m_ofTable; ///< others' that mean its current row
    QByteArray m_docks;                 ///< while the audition is on
};

} // namespace earmark::ui
