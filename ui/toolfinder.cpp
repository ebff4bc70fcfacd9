#include "ui/toolfinder.h"

#include "ui/actions.h"
#include "ui/dialogs/ask.h"
#include "ui/session.h"
#include "ui/settings.h"
#include "ui/tools/toolspage.h"
#include "ui/widgets/bannerstack.h"

#include <QAction>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using Paths = ytdlp::ToolPaths;

namespace {

QString Paths::*placeOf(ToolFinder::Kind kind)
{
    switch (kind) {
    case ToolFinder::Kind::YtDlp:
        return &Paths::ytdlp;
    case ToolFinder::Kind::Ffmpeg:
        return &Paths::ffmpeg;
    case ToolFinder::Kind::JsRuntime:
        break;
    }
    return &Paths::jsRuntime;
}

} // namespace

ToolFinder::ToolFinder(Session &session, Settings &settings, BannerStack &banners, Actions &actions,
                       QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_banners(banners)
    , m_actions(actions)
    , m_window(window)
{
    connect(actions.tools, &QAction::triggered, this, &ToolFinder::showPage);
}

ToolFinder::~ToolFinder()
{
    delete m_page; // it shows the store
}

void ToolFinder::find()
{
    m_finding.run([paths = m_settings.toolPaths(),
                   folder = shelfFolder()](std::stop_token) { return tools::findTools(paths, folder); },
                  [this](const ytdlp::Tools &tools) { take(tools); });
    Q_EMIT started();
}

const ytdlp::Tools &ToolFinder::tools() const
{
    return m_session.tools();
}

const ytdlp::FetchSettings &ToolFinder::fetchSettings() const
{
    return m_session.engine().fetch;
}

QString ToolFinder::shelfFolder() const
{
    return tools::Shelf::folderIn(m_settings.dataFolder());
}

void ToolFinder::take(const ytdlp::Tools &tools)
{
    m_session.setTools(tools);
    if (tools.areUsable())
        m_banners.dismiss(Topic::Tools);
    else
        m_banners.show(Topic::Tools, Tone::Warning, tools.problem(),
                       {{tr("Look again"), [this] { find(); }}, {tr("Tools…"), [this] { showPage(); }}});
    Q_EMIT found();
}

void ToolFinder::choose(Kind kind, QWidget *parent)
{
    const QString titles[] = {tr("Choose yt-dlp"), tr("Choose ffmpeg"), tr("Choose deno, node, qjs or bun")};
    askForFile(parent, FileChoice::Open, titles[static_cast<int>(kind)],
               m_settings.toolPaths().*placeOf(kind), {},
               [this, kind](const QString &path) { set(kind, path); });
}

void ToolFinder::forget(Kind kind)
{
    set(kind, {});
}

bool ToolFinder::isChosen(Kind kind) const
{
    return !(m_settings.toolPaths().*placeOf(kind)).isEmpty();
}

void ToolFinder::set(Kind kind, const QString &path)
{
    Paths paths = m_settings.toolPaths();
    paths.*placeOf(kind) = path;
    m_settings.setToolPaths(paths);
    find();
}

void ToolFinder::showPage()
{
    if (!m_store) {
        m_store = std::make_unique<tools::YtDlpStore>(shelfFolder(), m_settings.releaseAddresses());
        // Whoever fetches one, or goes back to one, wants to use it.
        connect(m_store.get(), &tools::YtDlpStore::taken, this, [this] { forget(Kind::YtDlp); });
    }
    if (!m_page)
        m_page = new ToolsPage(*this, *m_store, m_window);
    m_page->show();
    m_page->raise();
    m_page->activateWindow();
}

} // namespace earmark::ui
