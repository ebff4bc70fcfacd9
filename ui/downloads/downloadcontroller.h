#pragma once

#include "base/async.h"
#include "clips/clip.h"
#include "segments/segmenttable.h"
#include "ui/tools/preflightgate.h"
#include "ui/widgets/debounce.h"

#include <QObject>

#include <memory>
#include <vector>

class QAction;
class QWidget;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class BannerStack;
class ClipStage;
class OpenController;
class SegmentPage;

/// Carries out what the user asks about downloads: which rows, into which workspace, pause, stop, try
/// again.
class DownloadController final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `window` is what dialogs belong to.
    DownloadController(session::Session &session, SegmentPage &page, ClipStage &stage, OpenController &files,
                       BannerStack &banners, ActionRegistry &actions, QWidget *window);

    /// Puts rows of the open split into the queue and begins; asks for a workspace first if there is none.
    /// `how` they were chosen, for the card of an export.
    void download(std::vector<segments::Row> rows, const QString &how);
    /// Shows how a clip's download went, or goes.
    void showLog(const SegmentKey &key);

private:
    void downloadFound();
    /// What so many clips mean at the pace, as a paragraph; empty without a pace.
    QString forecast(qint64 clips) const;
    void prepareSome();
    void enqueueSome(const std::vector<WantedClip> &wanted);
    bool isEnqueueing() const { return m_prepare.isRunning(); }
    void begin();
    /// Says once that yt-dlp is too old for YouTube, before the first download from there; true when it did.
    bool warnsOfAge();
    void pauseOrResume();
    void stop();
    void cancelSelected();
    void retrySelected();
    void retryFailed();
    /// The clip on the stage, whose file is missing or damaged.
    void downloadAgain();
    void checkClips();
    void takeQueue();
    void updateActions();
    bool isRunning() const;

    session::Session &m_session;
    SegmentPage &m_page;
    ClipStage &m_stage;
    OpenController &m_files;
    BannerStack &m_banners;
    QWidget *m_window;
    QAction *m_downloadSelected;
    QAction *m_downloadFound;
    QAction *m_cancelSelected;
    QAction *m_retrySelected;
    QAction *m_downloadAgain;
    QAction *m_pause;
    QAction *m_stop;
    QAction *m_retryFailed;
    QAction *m_showLog;
    QAction *m_checkClips;
    QAction *m_tools; ///< another's

    using Rows = std::shared_ptr<const std::vector<segments::Row>>;
    Rows m_pending;         ///< asked for, not yet in the queue; null when nothing is
    std::size_t m_next = 0; ///< of m_pending
    QString m_how;          ///< they were chosen; empty once it is noted
    qsizetype m_added = 0;
    bool m_hasWarned = false; ///< of an old yt-dlp
    PreflightGate m_gate;
    LatestTask m_prepare{this};
    Debounce m_update;
};

} // namespace earmark::ui
