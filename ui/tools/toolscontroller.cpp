#include "ui/tools/toolscontroller.h"

#include "session/session.h"
#include "ui/settings/settings.h"
#include "ui/tools/toolspage.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/ask.h"
#include "ui/widgets/bannerstack.h"

#include <algorithm>
#include <utility>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using Paths = ytdlp::ToolPaths;

namespace {

QString Paths::*placeOf(ToolsController::Kind kind)
{
    switch (kind) {
    case ToolsController::Kind::YtDlp:
        return &Paths::ytdlp;
    case ToolsController::Kind::Ffmpeg:
        return &Paths::ffmpeg;
    case ToolsController::Kind::JsRuntime:
        break;
    }
    return &Paths::jsRuntime;
}

} // namespace

ToolsController::ToolsController(session::Session &session, Settings &settings, BannerStack &banners,
                                 ActionRegistry &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_banners(banners)
    , m_window(window)
{
    actions.add("tools.tools"_L1, tr("&Tools…"),
                tr("Look at yt-dlp, ffmpeg and the JavaScript runtime; update yt-dlp"), {},
                {Qt::CTRL | Qt::SHIFT | Qt::Key_T}, this, &ToolsController::showPage);
}

ToolsController::~ToolsController()
{
    delete m_page; // it shows the store
}

void ToolsController::find()
{
    m_finding.run([paths = m_settings.toolPaths(), folder = m_settings.dataFolder()](
                      std::stop_token) { return tools::findTools(paths, folder); },
                  [this](const ytdlp::Tools &tools) { take(tools); });
    Q_EMIT started();
}

const ytdlp::Tools &ToolsController::tools() const
{
    return m_session.tools();
}

const ytdlp::FetchSettings &ToolsController::fetchSettings() const
{
    return m_session.engine().fetch;
}

tools::ToolInstallations ToolsController::shelf(const tools::Ware &ware) const
{
    return tools::ToolInstallations(tools::ToolInstallations::folderIn(m_settings.dataFolder(), ware), ware);
}

void ToolsController::examine()
{
    tools::DoctorQuestion question{m_session.tools(), m_session.source(), fetchSettings()};
    question.perHour = m_session.engine().perHour(question.source);
    if (const auto *workspace = m_session.workspace()) {
        question.folder = workspace->layout().root();
        question.queued = workspace->counts().unfinished();
    }
    m_examining.run(
        [question](const std::stop_token &stop) {
            return tools::diagnose(question, tools::examine(question, stop));
        },
        [this](std::vector<tools::ToolReport> reports) {
            m_reports = std::move(reports);
            Q_EMIT examined();
        });
}

void ToolsController::allowSolverScript(bool isAllowed)
{
    session::DownloadSettings engine = m_session.engine();
    engine.fetch.allowsSolverScript = isAllowed;
    m_settings.setEngine(engine);
    m_session.setEngine(engine);
    examine();
}

void ToolsController::take(const ytdlp::Tools &tools)
{
    m_session.setTools(tools);
    // The rest is what was found out last, until it is looked at again.
    auto known = tools::reportOf(tools, QDate::currentDate());
    if (m_reports.size() > known.size())
        std::ranges::move(known, m_reports.begin());
    else
        m_reports = std::move(known);
    if (tools.areUsable())
        m_banners.dismiss(Topic::Tools);
    else
        m_banners.show(Topic::Tools, Tone::Warning, tools.problem(),
                       {{tr("Look again"), [this] { find(); }}, {tr("Tools…"), [this] { showPage(); }}});
    Q_EMIT found();
}

void ToolsController::choose(Kind kind, QWidget *parent)
{
    const QString titles[] = {tr("Choose yt-dlp"), tr("Choose ffmpeg"), tr("Choose deno, node, qjs or bun")};
    askForFile(parent, FileChoice::Open, titles[static_cast<int>(kind)],
               m_settings.toolPaths().*placeOf(kind), {},
               [this, kind](const QString &path) { set(kind, path); });
}

void ToolsController::forget(Kind kind)
{
    set(kind, {});
}

bool ToolsController::isChosen(Kind kind) const
{
    return !(m_settings.toolPaths().*placeOf(kind)).isEmpty();
}

void ToolsController::set(Kind kind, const QString &path)
{
    Paths paths = m_settings.toolPaths();
    paths.*placeOf(kind) = absolutePath(path);
    m_settings.toolPaths = paths;
    find();
}

void ToolsController::showPage()
{
    if (!m_store) {
        const tools::Addresses addresses = m_settings.releaseAddresses();
        m_store = std::make_unique<tools::ToolStore>(shelf(tools::ytDlpWare()), addresses);
        m_denos = std::make_unique<tools::ToolStore>(shelf(tools::denoWare()), addresses.forDeno());
        // Whoever fetches one, or goes back to one, wants to use it.
        connect(m_store.get(), &tools::ToolStore::taken, this, [this] { forget(Kind::YtDlp); });
        connect(m_denos.get(), &tools::ToolStore::taken, this, [this] { forget(Kind::JsRuntime); });
    }
    if (!m_page)
        m_page = new ToolsPage(*this, *m_store, *m_denos, m_window);
    m_page->show();
    m_page->raise();
    m_page->activateWindow();
}

} // namespace earmark::ui
