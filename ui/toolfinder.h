#pragma once

#include "base/async.h"
#include "ytdlp/tools.h"

#include <QObject>

class QWidget;

namespace earmark::ui {

class Actions;
class BannerStack;
class Session;
class Settings;

/// Finds yt-dlp and ffmpeg, says what is wrong with them, and lets the person choose others.
class ToolFinder final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the finder. `window` is what dialogs belong to.
    ToolFinder(Session &session, Settings &settings, BannerStack &banners, Actions &actions, QWidget *window);
    void find();
    bool isFinding() const { return m_finding.isRunning(); }

Q_SIGNALS:
    void found();

private:
    void take(const ytdlp::Tools &tools);
    void choose(bool ytdlp);

    Session &m_session;
    Settings &m_settings;
    BannerStack &m_banners;
    Actions &m_actions;
    QWidget *m_window;
    LatestTask m_finding{this};
};

} // namespace earmark::ui
