#pragma once

#include "official/officialstore.h"

#include <QPointer>

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class OpenController;
class OfficialPage;
class Settings;

/// Keeps AudioSet's official files, shows the page of them, and lets the session use what has come.
class OfficialFiles final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `window` is what the page belongs to.
    OfficialFiles(session::Session &session, Settings &settings, OpenController &files,
                  ActionRegistry &actions, QWidget *window);
    ~OfficialFiles() override;

    /// Lets the session use the ontology and the ratings that are there.
    void begin();
    void showPage();

private:
    void useAtOnce(official::Kind kind, const QString &path);

    session::Session &m_session;
    Settings &m_settings;
    OpenController &m_files;
    QWidget *m_window;
    /// Made with the first page, as it reads all that is there; goes on when the page is closed.
    std::unique_ptr<official::OfficialStore> m_store;
    QPointer<OfficialPage> m_page;
};

} // namespace earmark::ui
