#pragma once

#include <QObject>

class QAction;
class QWidget;

namespace earmark::ui {

class ActionRegistry;
class ClipStage;
class Settings;

/// How the clip on the stage is played: begun and paused, over and over, slowly, equally loud, and where.
class PlayerActions final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `window` is what menus belong to.
    PlayerActions(ClipStage &stage, Settings &settings, ActionRegistry &actions, QWidget *window);

private:
    void setSpeed();
    void chooseOutput();

    ClipStage &m_stage;
    Settings &m_settings;
    QAction *m_slow;
    QAction *m_keepPitch;
    QWidget *m_window;
};

} // namespace earmark::ui
