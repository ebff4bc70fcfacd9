#pragma once

#include "tools/ytdlpstore.h"

#include <QGroupBox>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace earmark::ui {

class Settings;

/// Fetches yt-dlp, goes back to the one before, and says where releases come from.
class UpdatePanel final : public QGroupBox
{
    Q_OBJECT

public:
    /// Both must outlive the panel.
    UpdatePanel(tools::YtDlpStore &store, Settings &settings, QWidget *parent = nullptr);

    /// There is a yt-dlp on PATH that can be gone back to.
    void setPathVersion(const QString &version);

private:
    QWidget *makeAddresses();
    void takeAddresses();
    void resetAddresses();
    void showAddresses();
    void update();
    tools::Channel channel() const;

    tools::YtDlpStore &m_store;
    Settings &m_settings;
    QString m_pathVersion;     ///< empty: none that will do
    bool m_isUpdating = false; ///< by the button of this panel, which the keyboard is to come back to
    QComboBox *m_channel;
    QPushButton *m_update;
    QPushButton *m_cancel;
    QPushButton *m_back;
    QProgressBar *m_bar;
    QLabel *m_said;
    QLineEdit *m_stable;
    QLineEdit *m_nightly;
    QLabel *m_addressProblem;
    QPushButton *m_reset;
};

} // namespace earmark::ui
