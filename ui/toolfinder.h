#pragma once

#include "base/async.h"
#include "tools/ytdlpstore.h"
#include "ytdlp/fetchsettings.h"

#include <QPointer>

class QWidget;

namespace earmark::ui {

class Actions;
class BannerStack;
class Session;
class Settings;
class ToolsPage;

/// Finds the programs that Earmark works with, says what is wrong with them, lets the person choose others,
/// and shows the page of them.
class ToolFinder final : public QObject
{
    Q_OBJECT

public:
    /// In the order of tools::reportOf().
    enum class Kind { YtDlp, Ffmpeg, JsRuntime };

    /// All must outlive the finder. `window` is what dialogs belong to.
    ToolFinder(Session &session, Settings &settings, BannerStack &banners, Actions &actions, QWidget *window);
    ~ToolFinder() override;

    void find();
    bool isFinding() const { return m_finding.isRunning(); }
    /// As they were found last; without names before.
    const ytdlp::Tools &tools() const;
    Settings &settings() { return m_settings; }
    /// How downloads ask YouTube.
    const ytdlp::FetchSettings &fetchSettings() const;

    /// Lets the person choose the program. `parent`: what the dialog belongs to.
    void choose(Kind kind, QWidget *parent);
    /// Lets Earmark find it again.
    void forget(Kind kind);
    bool isChosen(Kind kind) const;
    void showPage();

Q_SIGNALS:
    void started();
    void found();

private:
    void take(const ytdlp::Tools &tools);
    void set(Kind kind, const QString &path);
    QString shelfFolder() const;

    Session &m_session;
    Settings &m_settings;
    BannerStack &m_banners;
    Actions &m_actions;
    QWidget *m_window;
    /// Made with the first page; goes on when the page is closed.
    std::unique_ptr<tools::YtDlpStore> m_store;
    QPointer<ToolsPage> m_page;
    LatestTask m_finding{this};
};

} // namespace earmark::ui
