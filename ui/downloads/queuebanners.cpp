#include "ui/downloads/queuebanners.h"

#include "base/format.h"
#include "session/session.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentpage.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/formatting.h"

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using download::Queue;

QueueBanners::QueueBanners(session::Session &session, SegmentPage &page, BannerStack &banners,
                           ActionRegistry &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_page(page)
    , m_banners(banners)
    , m_pause(actions["downloads.pause"_L1])
    , m_tools(actions["tools.tools"_L1])
    , m_showWorkspace(actions["files.showWorkspace"_L1])
    , m_exportManifest(actions["export.exportManifest"_L1])
{
    m_second.setInterval(500ms); // each second is shown, however the two clocks drift
    connect(&m_second, &QTimer::timeout, this, &QueueBanners::countDown);
    connect(&session, &session::Session::queueChanged, this, &QueueBanners::takeQueue);
}

void QueueBanners::takeQueue()
{
    auto *queue = m_session.queue();
    if (!queue)
        return;
    connect(queue, &Queue::stateChanged, this, &QueueBanners::takeState);
    connect(queue, &Queue::idle, this, &QueueBanners::reportEnd);
    if (const qint64 left = m_session.workspace()->counts().unfinished(); left > 0)
        m_banners.show(Topic::Queue, Tone::Info,
                       left == 1 ? tr("1 clip is still queued.")
                                 : tr("%1 clips are still queued.").arg(countText(left)),
                       {{tr("Resume"), [this] { m_pause->trigger(); }}});
}

void QueueBanners::takeState()
{
    const Queue *queue = m_session.queue();
    const auto state = queue ? queue->state() : Queue::State::Idle;
    std::vector<BannerAction> actions;
    if (state == Queue::State::Paused && !queue->pauseReason().isEmpty()) {
        addHelp(actions);
        actions.push_back({tr("Resume"), [this] { m_pause->trigger(); }});
        m_banners.show(Topic::Queue, Tone::Warning, queue->pauseReason(), actions);
        Q_EMIT ended(queue->pauseReason());
    } else if (state == Queue::State::Waiting) {
        addHelp(actions);
        actions.push_back({tr("Try now"), [this] {
                               if (auto *now = m_session.queue())
                                   now->tryNow();
                           }});
        m_banners.show(Topic::Queue, Tone::Warning, queue->pauseReason(), actions);
        m_second.start();
        countDown();
    } else if (state == Queue::State::Running) {
        m_banners.dismiss(Topic::Queue);
    }
}

void QueueBanners::countDown()
{
    const Queue *queue = m_session.queue();
    if (!queue || queue->state() != Queue::State::Waiting) {
        m_second.stop();
        return;
    }
    const qint64 seconds = (queue->waitMs() + 999) / 1000;
    m_banners.setNote(Topic::Queue, seconds > 0 ? tr("Next try in %1").arg(clockText(seconds * 1000))
                                    : queue->running().empty() ? QString()
                                                               : tr("One clip is being tried."));
}

BannerAction QueueBanners::opens(const QString &text, DownloadSettingsDialog::Place place)
{
    return {text, [this, place] { Q_EMIT settingsRequested(place); }};
}

void QueueBanners::addHelp(std::vector<BannerAction> &actions)
{
    using Place = DownloadSettingsDialog::Place;
    const Queue &queue = *m_session.queue();
    const auto triggers = [&actions](QAction *action, const QString &text) {
        actions.push_back({text, [action] { action->trigger(); }});
    };
    switch (queue.pauseHelp()) {
    case ytdlp::Remedy::Tools:
        triggers(m_tools, tr("Tools…"));
        break;
    case ytdlp::Remedy::Cookies:
        actions.push_back(opens(tr("Cookies…"), Place::Cookies));
        actions.push_back(opens(tr("Pace…"), Place::RateLimiter));
        break;
    case ytdlp::Remedy::Proxy:
        actions.push_back(opens(tr("Proxy…"), Place::Proxy));
        break;
    case ytdlp::Remedy::Folder:
        triggers(m_showWorkspace, tr("Show folder"));
        break;
    case ytdlp::Remedy::None:
        if (queue.pauseClass() == FailureClass::Unknown) {
            actions.push_back({tr("Show log…"), [this] { showUnknownLog(); }});
            actions.push_back({tr("Paste a log…"), [this] { Q_EMIT explanationRequested(); }});
        }
        // What is wrong with this computer, and neither its programs nor its disk, was set.
        if (queue.pauseClass() == FailureClass::Environment)
            actions.push_back(opens(tr("Download settings…"), Place::Source));
        break;
    case ytdlp::Remedy::Network:
        break;
    }
}

void QueueBanners::showUnknownLog()
{
    // Looked up when the user asks: the banner comes before the log of the last clip.
    const Queue *queue = m_session.queue();
    if (const auto key = queue ? queue->logs().lastFailed(FailureClass::Unknown) : std::nullopt)
        Q_EMIT logRequested(*key);
}

void QueueBanners::reportEnd()
{
    const auto &counts = m_session.workspace()->counts();
    QStringList parts{tr("%1 ready").arg(clipsText(counts.playable()))};
    std::vector<BannerAction> actions;
    if (const qint64 failed = counts[ClipState::Failed]; failed > 0) {
        parts.append(tr("%1 failed").arg(countText(failed)));
        actions.push_back({tr("Show failed"), [this] { m_page.filter().setText(u"state:failed"_s); }});
    }
    if (counts.playable() > 0)
        actions.push_back({tr("Export manifest"), [this] { m_exportManifest->trigger(); }});
    const QString text = tr("Downloads are done: %1.").arg(parts.join(u", "_s));
    m_banners.show(Topic::Queue, Tone::Success, text, actions);
    Q_EMIT ended(text);
}

} // namespace earmark::ui
