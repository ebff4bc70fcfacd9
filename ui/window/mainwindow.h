#pragma once

#include "ui/window/startoptions.h"

#include <QMainWindow>
#include <QTimer>

class QStackedWidget;
class QToolBar;

namespace earmark::playback {
class Player;
}

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class Actions;
class Audition;
class AuditionMode;
class AuditionPage;
class BannerStack;
class ClipPanel;
class ClipStage;
class DownloadController;
class DownloadPanel;
class DownloadSettingsControl;
class Exporter;
class FailurePanel;
class OpenController;
class LabelPanel;
class LoadBar;
class OfficialFiles;
class QueueBanners;
class SegmentPage;
class Settings;
class StatusLine;
class ToolsController;

/// The window: puts the parts together and shows what concerns all of them. What they do, they do themselves.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// All must outlive the window. `fixedWorkspace`: see Files.
    MainWindow(session::Session &session, Settings &settings, Theme &theme, playback::Player &player,
               const QString &fixedWorkspace);
    ~MainWindow() override;

    /// Opens what was asked for and looks for the tools.
    void begin(const StartOptions &options);

    SegmentPage &page() { return *m_page; }
    Actions &actions() { return *m_actions; }
    BannerStack &banners() { return *m_banners; }
    DownloadController &downloads() { return *m_downloads; }

protected:
    void closeEvent(QCloseEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makeFilterRow();
    void makeCentre();
    void makeDocks();
    void connectReview();
    void connectActions();
    void updateTitle();
    void moveCurrent(int by);
    int currentColumn() const;
    void showAbout();

    session::Session &m_session;
    Settings &m_settings;
    Theme &m_theme;
    Actions *m_actions;
    BannerStack *m_banners;
    LoadBar *m_loadBar;
    SegmentPage *m_page;
    QStackedWidget *m_stack;
    QToolBar *m_filterRow;
    ClipStage *m_stage;
    QTimer m_follow; ///< the stage goes where the table is
    ClipPanel *m_clip;
    Audition *m_audition;
    AuditionPage *m_auditionPage;
    AuditionMode *m_auditionMode;
    LabelPanel *m_labels;
    DownloadPanel *m_downloadPanel;
    FailurePanel *m_failures;
    OpenController *m_files;
    OfficialFiles *m_official;
    DownloadController *m_downloads;
    DownloadSettingsControl *m_engine;
    QueueBanners *m_queueBanners;
    Exporter *m_exporter;
    ToolsController *m_toolFinder;
    StatusLine *m_status;
    bool m_mayClose = false; ///< the user was asked, as downloads run
};

} // namespace earmark::ui
