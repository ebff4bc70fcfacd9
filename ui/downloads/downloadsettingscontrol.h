#pragma once

#include "ui/downloads/downloadsettingsdialog.h"

#include <QObject>

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class BannerStack;
class SegmentPage;
class Settings;

/// Lets the user say how downloads are done, remembers it and hands it to the session.
class DownloadSettingsControl final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `window` is what dialogs belong to.
    DownloadSettingsControl(session::Session &session, SegmentPage &page, Settings &settings,
                            BannerStack &banners, ActionRegistry &actions, QWidget *window);

    void open(DownloadSettingsDialog::Place place);

private:
    void take(const session::DownloadSettings &engine);

    session::Session &m_session;
    SegmentPage &m_page;
    Settings &m_settings;
    BannerStack &m_banners;
    QWidget *m_window;
};

} // namespace earmark::ui
