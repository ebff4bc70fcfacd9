#pragma once

#include "tools/toolstore.h"

#include <QGroupBox>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace earmark::ui {

class Settings;
class StoreRow;

/// Fetches yt-dlp, goes back to the one before, and says where releases come from.
class UpdatePanel final : public QGroupBox
{
    Q_OBJECT

public:
    /// Both must outlive the panel.
    UpdatePanel(tools::ToolStore &store, Settings &settings, QWidget *parent = nullptr);

    /// The version of a yt-dlp on PATH that can be gone back to; empty: there is none.
    void setPathVersion(const QString &version);
    /// Fetches the newest release, as by the button.
    void start();

private:
    QWidget *makeAddresses();
    void takeAddresses();
    void resetAddresses();
    void showAddresses();
    tools::Channel channel() const;

    tools::ToolStore &m_store;
    Settings &m_settings;
    QComboBox *m_channel;
    StoreRow *m_row;
    QLineEdit *m_stable;
    QLineEdit *m_nightly;
    QLabel *m_addressProblem;
    QPushButton *m_reset;
};

} // namespace earmark::ui
