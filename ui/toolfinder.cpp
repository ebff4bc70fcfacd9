#include "ui/toolfinder.h"

#include "ui/actions.h"
#include "ui/session.h"
#include "ui/settings.h"
#include "ui/widgets/bannerstack.h"

#include <QAction>
#include <QFileDialog>

namespace earmark::ui {

using namespace Qt::StringLiterals;

ToolFinder::ToolFinder(Session &session, Settings &settings, BannerStack &banners, Actions &actions,
                       QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_banners(banners)
    , m_actions(actions)
    , m_window(window)
{
    connect(actions.lookForTools, &QAction::triggered, this, &ToolFinder::find);
    connect(actions.chooseYtDlp, &QAction::triggered, this, [this] { choose(true); });
    connect(actions.chooseFfmpeg, &QAction::triggered, this, [this] { choose(false); });
}

void ToolFinder::find()
{
    m_finding.run([paths = m_settings.toolPaths()](std::stop_token) { return ytdlp::findTools(paths); },
                  [this](const ytdlp::Tools &tools) { take(tools); });
}

void ToolFinder::take(const ytdlp::Tools &tools)
{
    m_session.setTools(tools);
    if (tools.areUsable()) {
        m_banners.dismiss(Topic::Tools);
    } else {
        QAction *chooser = tools.ytdlp.isUsable() ? m_actions.chooseFfmpeg : m_actions.chooseYtDlp;
        m_banners.show(Topic::Tools, Tone::Warning, tools.problem(),
                       {{tr("Look again"), [this] { find(); }},
                        {chooser->text().remove(u'&'), [chooser] { chooser->trigger(); }}});
    }
    Q_EMIT found();
}

void ToolFinder::choose(bool ytdlp)
{
    ytdlp::ToolPaths paths = m_settings.toolPaths();
    QString &path = ytdlp ? paths.ytdlp : paths.ffmpeg;
    const QString chosen =
        QFileDialog::getOpenFileName(m_window, ytdlp ? tr("Choose yt-dlp") : tr("Choose ffmpeg"), path);
    if (chosen.isEmpty())
        return;
    path = chosen;
    m_settings.setToolPaths(paths);
    find();
}

} // namespace earmark::ui
