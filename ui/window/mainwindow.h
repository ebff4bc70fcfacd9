#pragma once

#include "ui/widgets/debounce.h"
#include "ui/window/startoptions.h"

#include <QMainWindow>

class QStackedWidget;
class QToolBar;

namespace earmark::playback {
class Player;
}

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class Audition;
class AuditionMode;
class AuditionPage;
class BannerStack;
class ClipPanel;
class ClipStage;
class DownloadController;
class DownloadPanel;
class DownloadSettingsControl;
class FailurePanel;
class OpenController;
class LabelPanel;
class LoadBar;
class OfficialFiles;
class QueueBanners;
class ReviewActions;
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
    ActionRegistry &actions() { return *m_actions; }
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
    void addOwnActions();
    void updateTitle();
    void follow();
    void showAbout();

    session::Session &m_session;
    Settings &m_settings;
    Theme &m_theme;
    ActionRegistry *m_actions;
    BannerStack *m_banners;
    LoadBar *m_loadBar;
    SegmentPage *m_page;
    QStackedWidget *m_stack;
    QToolBar *m_filterRow;
    ClipStage *m_stage;
    Debounce m_follow; ///< the stage goes where the table is
    Audition *m_audition;
    OpenController *m_files;
    ToolsController *m_toolFinder;
    DownloadController *m_downloads;
    DownloadSettingsControl *m_engine;
    OfficialFiles *m_official;
    ReviewActions *m_review;
    ClipPanel *m_clip;
    AuditionPage *m_auditionPage;
    AuditionMode *m_auditionMode;
    LabelPanel *m_labels;
    DownloadPanel *m_downloadPanel;
    FailurePanel *m_failures;
    QueueBanners *m_queueBanners;
    StatusLine *m_status;
    bool m_mayClose = false; ///< the user was asked, as downloads run
};

} // namespace earmark::ui
