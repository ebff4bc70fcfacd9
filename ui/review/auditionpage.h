#pragma once

#include <QWidget>

class QLabel;
class QMenu;
class QProgressBar;
class QSlider;
class QTableView;
class QToolButton;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class Audition;
class AuditionModel;
class ClipPanel;
class ClipStage;
class Settings;
struct SpectrumLook;

/// Where clips are listened to one after another: the clip, large; the list of all; how far one is; and the
/// verdicts. Everything has a key; nothing one clicks takes the keys away.
class AuditionPage final : public QWidget
{
    Q_OBJECT

public:
    /// All must outlive the page.
    AuditionPage(session::Session &session, ClipStage &stage, Audition &audition, Settings &settings,
                 ActionRegistry &actions, QWidget *parent = nullptr);

    /// Says something on the page that goes by itself: what was taken back, that this was the last clip.
    void say(const QString &text);
    ClipPanel &clip() { return *m_clip; }
    /// Fill menus with the orders there are, and with how clips can be drawn.
    void fillOrders(QMenu &menu);
    void fillLooks(QMenu &menu);

Q_SIGNALS:
    void lookChanged(const earmark::ui::SpectrumLook &look);

private:
    QWidget *makeHead(const ActionRegistry &actions);
    QWidget *makeFoot(const ActionRegistry &actions);
    void makeList();
    void makeKeys(ActionRegistry &actions);
    void showProgress();
    void showPosition();
    void showWish();

    session::Session &m_session;
    ClipStage &m_stage;
    Audition &m_audition;
    Settings &m_settings;
    AuditionModel *m_model;
    ClipPanel *m_clip;
    QTableView *m_list;
    QLabel *m_position;
    QLabel *m_said;
    QProgressBar *m_progress;
    QToolButton *m_order;
    QSlider *m_volume;
    bool m_isFollowing = false; ///< the list is being told where one is
};

} // namespace earmark::ui
