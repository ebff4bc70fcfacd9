#include "ui/tools/preflightgate.h"

#include "session/session.h"
#include "tools/preflight.h"
#include "ui/widgets/bannerstack.h"

#include <QAction>

namespace earmark::ui {

using namespace Qt::StringLiterals;

PreflightGate::PreflightGate(session::Session &session, BannerStack &banners, QAction &tools, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_banners(banners)
    , m_tools(tools)
{
}

QString PreflightGate::key() const
{
    const ytdlp::Tools &tools = m_session.tools();
    const ytdlp::FetchSettings &settings = m_session.engine().fetch;
    QStringList parts{m_session.source().addressTemplate(), settings.cookiesFile,
                      settings.allowsSolverScript ? u"script"_s : QString()};
    for (const ytdlp::Tool *tool : {&tools.ytdlp, &tools.ffmpeg, &tools.jsRuntime})
        parts += {tool->path, tool->version};
    return (parts + settings.arguments()).join(u'\n');
}

bool PreflightGate::isOpen(const std::function<void()> &go)
{
    if (!m_session.source().isYouTube() || m_passed == key())
        return true;
    m_asking.run(
        [question = tools::DoctorQuestion{m_session.tools(), m_session.source(), m_session.engine().fetch}](
            const std::stop_token &stop) { return tools::preflight(question, stop); },
        [this, go, asked = key()](const QString &problem) {
            if (!problem.isEmpty())
                return refuse(problem, go);
            m_passed = asked;
            go();
        });
    return false;
}

void PreflightGate::refuse(const QString &problem, const std::function<void()> &go)
{
    m_banners.show(Topic::Tools, Tone::Warning, tr("%1 Downloads would fail.").arg(problem),
                   {{tr("Tools…"), [this] { m_tools.trigger(); }}, {tr("Download anyway"), [this, go] {
                                                                        m_banners.dismiss(Topic::Tools);
                                                                        m_passed = key();
                                                                        go();
                                                                    }}});
}

} // namespace earmark::ui
