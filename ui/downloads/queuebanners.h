#pragma once

#include "clips/segmentkey.h"
#include "ui/downloads/downloadsettingsdialog.h"
#include "ui/widgets/bannerstack.h"

#include <QObject>
#include <QTimer>

class QAction;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class SegmentPage;

/// Says in the window what the queue does by itself: that it waits, until when and why, that it stands and
/// what helps, that clips are left of the last time, that all is done.
class QueueBanners final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this.
    QueueBanners(session::Session &session, SegmentPage &page, BannerStack &banners, ActionRegistry &actions,
                 QWidget *window);

Q_SIGNALS:
    /// The person wants to change how downloads are done.
    void settingsRequested(earmark::ui::DownloadSettingsDialog::Place place);
    /// The user wants to see what yt-dlp said for this clip.
    void logRequested(const earmark::SegmentKey &key);
    /// The user wants to have a log explained.
    void explanationRequested();
    /// It is over, or does not go on without the user: a sentence.
    void ended(const QString &text);

private:
    void takeQueue();
    void takeState();
    void reportEnd();
    void countDown();
    /// What the user can do about it.
    void addHelp(std::vector<BannerAction> &actions);
    /// Of the clip that failed last for a reason that no rule knows.
    void showUnknownLog();
    BannerAction opens(const QString &text, DownloadSettingsDialog::Place place);

    session::Session &m_session;
    SegmentPage &m_page;
    BannerStack &m_banners;
    QAction *m_pause;
    QAction *m_tools;
    QAction *m_showWorkspace;
    QAction *m_exportManifest;
    QTimer m_second; ///< while the queue waits
};

} // namespace earmark::ui
