#pragma once

#include "clips/journal.h"
#include "clips/segmentkey.h"
#include "segments/segmenttable.h"

#include <QObject>

#include <vector>

class QAction;
class QWidget;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class Audition;
class ClipStage;
class SegmentPage;

/// What is said of clips: of the one that is listened to, or of the rows that are selected in the table; and
/// taking it back. A verdict goes on to the next clip.
class ReviewActions final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `window` is what dialogs belong to.
    ReviewActions(session::Session &session, Audition &audition, ClipStage &stage, SegmentPage &page,
                  ActionRegistry &actions, QWidget *window);

    /// Doubts a label of the clip that is listened to, from 0, or believes it again.
    void doubt(int label);

Q_SIGNALS:
    /// A line for the user, that may go by itself.
    void said(const QString &text);

private:
    /// The clips that a key is about now.
    std::vector<SegmentKey> targets() const;
    void give(Verdict verdict);
    void flag();
    void note();
    void take(const Journal::Step &step, const QString &sentence);
    void goOn();
    void showClip(const SegmentKey &key);
    void addVerdicts(ActionRegistry &actions);
    void updateActions();

    session::Session &m_session;
    Audition &m_audition;
    ClipStage &m_stage;
    SegmentPage &m_page;
    QWidget *m_window;
    QAction *m_next; ///< another's: goes to the next row
    QAction *m_begin;
    std::vector<QAction *> m_judging; ///< what says something of a clip
    QAction *m_undo;
    QAction *m_redo;
};

} // namespace earmark::ui
