#include "ui/downloads/downloadsettingscontrol.h"

#include "session/session.h"
#include "ui/segments/segmentpage.h"
#include "ui/settings/settings.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/bannerstack.h"

namespace earmark::ui {

using namespace Qt::StringLiterals;

DownloadSettingsControl::DownloadSettingsControl(session::Session &session, SegmentPage &page,
                                                 Settings &settings, BannerStack &banners,
                                                 ActionRegistry &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_page(page)
    , m_settings(settings)
    , m_banners(banners)
    , m_window(window)
{
    actions.add("downloads.downloadSettings"_L1, tr("Download s&ettings…"),
                tr("How fast and from where clips are downloaded, with which cookies and proxy"),
                u"settings"_s, {Qt::CTRL | Qt::Key_Comma}, this,
                [this] { open(DownloadSettingsDialog::Place::RateLimiter); });
    connect(&session, &session::Session::queueChanged, this, [this] {
        if (!m_session.isRenewing())
            m_banners.dismiss(Topic::Engine);
    });
}

void DownloadSettingsControl::open(DownloadSettingsDialog::Place place)
{
    const qint64 queued = m_session.workspace() ? m_session.workspace()->counts().unfinished() : 0;
    // Before anything is queued, what is found is what one thinks of downloading.
    auto *dialog = new DownloadSettingsDialog(m_session.engine(), m_session.fixedSource(),
                                              queued > 0 ? queued : m_page.foundCount(), m_window);
    connect(dialog, &DownloadSettingsDialog::chosen, this, &DownloadSettingsControl::take);
    dialog->begin(place);
}

void DownloadSettingsControl::take(const session::DownloadSettings &engine)
{
    m_settings.setEngine(engine);
    m_session.setEngine(engine);
    if (m_session.isRenewing())
        m_banners.show(Topic::Engine, Tone::Info,
                       tr("The new settings hold as soon as the downloads that run are finished."));
}

} // namespace earmark::ui
