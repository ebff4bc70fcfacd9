#pragma once

#include "base/async.h"
#include "clips/segmentkey.h"
#include "download/queue.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

/// What is known of the download of one clip: how it stands, what yt-dlp and ffmpeg printed for each try, and
/// the command to try it by hand. Follows while the clip is being fetched.
class JobDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The session has a workspace, and outlives the dialog; the dialog closes when it gets another.
    JobDialog(session::Session &session, const SegmentKey &key, QWidget *parent = nullptr);

private:
    void follow();
    void readDisk();
    void showState();
    void showLog();
    QString state() const;
    /// It failed before and is tried again.
    std::optional<download::WaitingClip> waiting() const;

    session::Session &m_session;
    const SegmentKey m_key;
    QLabel *m_state;
    QLabel *m_reason;
    QPlainTextEdit *m_log;
    QPushButton *m_copyCommand;
    std::vector<download::JobLog> m_onDisk;
    QTimer m_tick; ///< while it runs or waits for its next try
    LatestTask m_read{this};
};

} // namespace earmark::ui
