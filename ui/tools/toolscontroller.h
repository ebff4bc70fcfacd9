#pragma once

#include "base/async.h"
#include "tools/doctor.h"
#include "tools/toolstore.h"
#include "ytdlp/fetchsettings.h"

#include <QPointer>

class QWidget;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class BannerStack;
class Settings;
class ToolsPage;

/// Finds the programs that Earmark works with, says what is wrong with them, lets the user choose others,
/// and shows the page of them.
class ToolsController final : public QObject
{
    Q_OBJECT

public:
    /// In the order of tools::reportOf().
    enum class Kind { YtDlp, Ffmpeg, JsRuntime };
    static constexpr int Kinds = 3;

    /// All must outlive the finder. `window` is what dialogs belong to.
    ToolsController(session::Session &session, Settings &settings, BannerStack &banners,
                    ActionRegistry &actions, QWidget *window);
    ~ToolsController() override;

    void find();
    bool isFinding() const { return m_finding.isRunning(); }
    /// As they were found last; without names before.
    const ytdlp::Tools &tools() const;
    /// Looks at all that downloads need, as tools::diagnose() tells; `examined` follows. Not before the tools
    /// were found.
    void examine();
    bool isExamining() const { return m_examining.isRunning(); }
    /// What came of it; what is known of the tools alone before.
    const std::vector<tools::ToolReport> &reports() const { return m_reports; }
    Settings &settings() { return m_settings; }
    /// How downloads ask YouTube.
    const ytdlp::FetchSettings &fetchSettings() const;

    /// Lets the user choose the program. `parent`: what the dialog belongs to.
    void choose(Kind kind, QWidget *parent);
    /// Lets Earmark find it again.
    void forget(Kind kind);
    bool isChosen(Kind kind) const;
    /// Lets yt-dlp download its solver script, or no longer.
    void allowSolverScript(bool isAllowed);
    void showPage();

Q_SIGNALS:
    void started();
    void found();
    void examined();

private:
    void take(const ytdlp::Tools &tools);
    void set(Kind kind, const QString &path);
    tools::ToolInstallations shelf(const tools::Ware &ware) const;

    session::Session &m_session;
    Settings &m_settings;
    BannerStack &m_banners;
    QWidget *m_window;
    /// Made with the first page; goes on when the page is closed.
    std::unique_ptr<tools::ToolStore> m_store;
    std::unique_ptr<tools::ToolStore> m_denos; ///< likewise
    std::vector<tools::ToolReport> m_reports;
    QPointer<ToolsPage> m_page;
    LatestTask m_finding{this};
    LatestTask m_examining{this};
};

} // namespace earmark::ui
