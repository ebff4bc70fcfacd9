#include "ui/downloads/downloadcontroller.h"

#include "base/format.h"
#include "download/forecast.h"
#include "segments/sampling.h"
#include "session/session.h"
#include "tools/toolreport.h"
#include "ui/clip/clipstage.h"
#include "ui/downloads/jobdialog.h"
#include "ui/files/checkdialog.h"
#include "ui/files/opencontroller.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentpage.h"
#include "ui/theme/icons.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/ask.h"
#include "ui/widgets/bannerstack.h"
#include "ui/widgets/formatting.h"

#include <QDateTime>
#include <QMessageBox>

#include <algorithm>
#include <array>
#include <utility>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Rows that are put into the queue at once: a few milliseconds, so that the window stays awake.
constexpr std::size_t RowsAtOnce = 4'000;
/// More than this is asked about first.
constexpr qint64 Many = 1'000;
/// As segments::choiceText() would say it.
const QString ByHand = u"selected by hand"_s;
/// Stopping throws the queue away; that is asked about when it took more than a moment to choose.
constexpr qint64 WorthAsking = 100;

} // namespace

DownloadController::DownloadController(session::Session &session, SegmentPage &page, ClipStage &stage,
                                       OpenController &files, BannerStack &banners, ActionRegistry &actions,
                                       QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_page(page)
    , m_stage(stage)
    , m_files(files)
    , m_banners(banners)
    , m_window(window)
    , m_tools(actions["tools.tools"_L1])
    , m_gate(session, banners, *m_tools)
    , m_update(50ms, [this] { updateActions(); })
{
    m_downloadSelected =
        actions.add("downloads.downloadSelected"_L1, tr("&Download selected"),
                    tr("Download the clips of the selected rows"), u"download"_s, {Qt::CTRL | Qt::Key_D},
                    this, [this] { download(m_page.selectedRows(), ByHand); });
    m_downloadFound =
        actions.add("downloads.downloadFound"_L1, tr("Download &found"),
                    tr("Download the clips of all rows that the filter finds"), u"downloadall"_s,
                    {Qt::CTRL | Qt::SHIFT | Qt::Key_D}, this, &DownloadController::downloadFound);
    m_cancelSelected = actions.add("downloads.cancelSelected"_L1, tr("&Cancel selected"),
                                   tr("Take the selected clips out of the queue"), u"close"_s,
                                   {Qt::Key_Delete}, this, &DownloadController::cancelSelected);
    m_retrySelected = actions.add("downloads.retrySelected"_L1, tr("&Retry selected"),
                                  tr("Try those of the selected clips again that failed"), u"retry"_s, {},
                                  this, &DownloadController::retrySelected);
    m_downloadAgain =
        actions.add("downloads.downloadAgain"_L1, tr("Do&wnload again"),
                    tr("Download the current clip again: its file is missing or damaged"), u"retry"_s,
                    {Qt::CTRL | Qt::SHIFT | Qt::Key_R}, this, &DownloadController::downloadAgain);
    m_pause =
        actions.add("downloads.pause"_L1, tr("&Pause"), tr("Begin no new downloads; finish those that run"),
                    u"pause"_s, {Qt::CTRL | Qt::Key_P}, this, &DownloadController::pauseOrResume);
    m_stop = actions.add("downloads.stop"_L1, tr("&Stop"), tr("End all downloads now and empty the queue"),
                         u"stop"_s, {}, this, &DownloadController::stop);
    m_retryFailed = actions.add("downloads.retryFailed"_L1, tr("Retry f&ailed"),
                                tr("Try again what failed and may work now"), u"retry"_s,
                                {Qt::CTRL | Qt::Key_R}, this, &DownloadController::retryFailed);
    m_showLog = actions.add("downloads.showLog"_L1, tr("Show lo&g…"),
                            tr("Show what yt-dlp said for the current row's download"), {},
                            {Qt::CTRL | Qt::Key_J}, this, [this] {
                                if (const auto row = m_page.currentRow())
                                    showLog(m_session.split()->table.key(*row));
                            });
    m_checkClips =
        actions.add("downloads.checkClips"_L1, tr("Check &clips…"),
                    tr("Compare the files of all finished clips with the ledger, and repair them"),
                    u"check"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_H}, this, &DownloadController::checkClips);

    connect(&page, &SegmentPage::currentChanged, &m_update, qOverload<>(&QTimer::start));
    connect(&page, &SegmentPage::selectionChanged, &m_update, qOverload<>(&QTimer::start));
    connect(&stage, &ClipStage::rowChanged, &m_update, qOverload<>(&QTimer::start));
    connect(&page, &SegmentPage::foundChanged, &m_update, qOverload<>(&QTimer::start));
    connect(&session, &session::Session::rowChanged, &m_update, qOverload<>(&QTimer::start));
    connect(&session, &session::Session::rowsReset, &m_update, qOverload<>(&QTimer::start));
    connect(&session, &session::Session::splitChanged, this, [this] {
        m_prepare.cancel();
        m_pending.reset();
        updateActions();
    });
    connect(&session, &session::Session::workspaceChanged, this, [this] {
        m_prepare.cancel();
        if (!m_session.workspace())
            m_pending.reset();
        m_next = 0;
        if (m_pending)
            prepareSome();
    });
    connect(&session, &session::Session::failed, this, [this](session::Session::Subject subject) {
        if (subject == session::Session::Subject::Workspace)
            m_pending.reset();
    });
    connect(&session, &session::Session::queueChanged, this, &DownloadController::takeQueue);
    connect(&files, &OpenController::workspaceDeclined, this, [this] { m_pending.reset(); });
    updateActions();
}

void DownloadController::downloadFound()
{
    // Those that the question counts, whatever happens while it is open. Rows mean something in this split
    // only.
    auto go = [this, rows = m_page.foundRows(), how = segments::choiceText(m_page.filter().text(), 0, 0, 0)] {
        download(rows, how);
    };
    const qint64 count = m_page.foundCount();
    if (count <= Many) {
        go();
        return;
    }
    const auto *box =
        ask(m_window, tr("Download found"), tr("Download %1?").arg(clipsText(count)),
            tr("They take about %1 on disk. You can pause or stop at any time, and go on another day.")
                    .arg(bytesText(count * 1'700'000)) +
                forecast(count),
            {{tr("Download"), std::move(go)}});
    connect(&m_session, &session::Session::splitChanged, box, &QDialog::reject);
}

QString DownloadController::forecast(qint64 clips) const
{
    const int perHour = m_session.engine().perHour(m_session.source());
    if (perHour == 0)
        return {};
    return u"\n\n"_s +
           download::forecastText(clips, perHour, download::pacedMs(clips, perHour),
                                  QDateTime::currentDateTime()) +
           u'.';
}

void DownloadController::download(std::vector<segments::Row> rows, const QString &how)
{
    if (!m_session.split() || rows.empty() || isEnqueueing())
        return;
    m_pending = std::make_shared<const std::vector<segments::Row>>(std::move(rows));
    m_next = 0;
    m_added = 0;
    m_how = how;
    if (m_session.workspace())
        prepareSome();
    else if (!m_session.isOpeningWorkspace())
        m_files.chooseWorkspace();
}

void DownloadController::prepareSome()
{
    m_prepare.run(
        [split = m_session.split(), rows = m_pending, from = m_next](std::stop_token) {
            std::vector<WantedClip> wanted;
            const std::size_t end = std::min(rows->size(), from + RowsAtOnce);
            wanted.reserve(end - from);
            for (std::size_t at = from; at < end; ++at) {
                const segments::Row row = (*rows)[at];
                wanted.push_back({split->table.key(row), row, split->table.midList(row)});
            }
            return wanted;
        },
        [this](const std::vector<WantedClip> &wanted) { enqueueSome(wanted); });
}

void DownloadController::enqueueSome(const std::vector<WantedClip> &wanted)
{
    m_session.workspace()->noteChoice(std::exchange(m_how, {}));
    m_next += wanted.size();
    m_added += m_session.workspace()->enqueue(wanted);
    if (m_next < m_pending->size()) {
        prepareSome();
        return;
    }
    m_pending.reset();
    updateActions();
    if (m_added == 0 && m_session.workspace()->counts().unfinished() == 0)
        m_banners.show(Topic::Queue, Tone::Info, tr("All of these clips are already downloaded."));
    else
        begin();
}

void DownloadController::begin()
{
    m_banners.dismiss(Topic::Queue);
    auto *queue = m_session.queue();
    if (!queue || warnsOfAge() || !m_gate.isOpen([this] { begin(); }))
        return;
    queue->start();
}

bool DownloadController::warnsOfAge()
{
    const QString warning = tools::ageWarning(m_session.tools(), QDate::currentDate());
    if (m_hasWarned || warning.isEmpty() || !m_session.source().isYouTube())
        return false;
    m_hasWarned = true;
    m_banners.show(Topic::Tools, Tone::Warning, warning,
                   {{tr("Update yt-dlp"), [this] { m_tools->trigger(); }}, {tr("Download anyway"), [this] {
                                                                                m_banners.dismiss(
                                                                                    Topic::Tools);
                                                                                begin();
                                                                            }}});
    return true;
}

void DownloadController::pauseOrResume()
{
    auto *queue = m_session.queue();
    if (!queue)
        return;
    if (isRunning())
        queue->pause();
    else
        begin();
}

void DownloadController::stop()
{
    if (!m_session.queue())
        return;
    const auto go = [this] {
        m_banners.dismiss(Topic::Queue);
        if (auto *queue = m_session.queue()) // new settings may have brought another one
            queue->stop();
    };
    const qint64 left = m_session.workspace()->counts().unfinished();
    if (left <= WorthAsking) {
        go();
        return;
    }
    const auto *box =
        ask(m_window, tr("Stop"), tr("Stop and empty the queue?"),
            tr("%1 to go. Finished clips stay. To go on later instead, choose Pause.").arg(clipsText(left)),
            {{tr("Stop"), go}});
    connect(&m_session, &session::Session::workspaceChanged, box, &QDialog::reject);
}

void DownloadController::cancelSelected()
{
    auto *queue = m_session.queue();
    if (!queue)
        return;
    const auto &table = m_session.split()->table;
    for (const segments::Row row : m_page.selectedRows()) {
        const ClipState state = table.state(row);
        if (state == ClipState::Queued || earmark::isRunning(state))
            queue->cancel(table.key(row));
    }
}

void DownloadController::retrySelected()
{
    std::vector<segments::Row> rows = m_page.selectedRows();
    std::erase_if(
        rows, [this](segments::Row row) { return m_session.split()->table.state(row) != ClipState::Failed; });
    download(std::move(rows), {}); // chosen they were before
}

void DownloadController::retryFailed()
{
    auto *queue = m_session.queue();
    if (!queue)
        return;
    const auto &counts = m_session.workspace()->counts();
    if (counts[ClipState::Failed] > counts[FailureClass::Permanent]) {
        m_banners.dismiss(Topic::Queue);
        queue->retryFailed(false);
        return;
    }
    m_banners.show(
        Topic::Queue, Tone::Info,
        tr("What failed is gone for good: removed, private or closed. Trying again is hardly of use."),
        {{tr("Try anyway"), [this] {
              m_banners.dismiss(Topic::Queue);
              if (auto *now = m_session.queue())
                  now->retryFailed(true);
          }}});
}

void DownloadController::downloadAgain()
{
    auto *queue = m_session.queue();
    if (!queue || !m_session.split() || !m_stage.row())
        return;
    m_banners.dismiss(Topic::Queue);
    queue->retry(std::array{m_session.split()->table.key(*m_stage.row())});
}

void DownloadController::checkClips()
{
    auto *dialog = m_window->findChild<CheckDialog *>();
    if (!dialog)
        dialog = new CheckDialog(m_session, m_window);
    dialog->show();
    dialog->activateWindow();
}

void DownloadController::showLog(const SegmentKey &key)
{
    if (m_session.workspace())
        (new JobDialog(m_session, key, m_window))->show();
}

void DownloadController::takeQueue()
{
    if (auto *queue = m_session.queue())
        connect(queue, &download::Queue::stateChanged, this, &DownloadController::updateActions);
    updateActions();
}

bool DownloadController::isRunning() const
{
    return m_session.queue() && m_session.queue()->isActive();
}

void DownloadController::updateActions()
{
    const bool hasTools = m_session.tools().areUsable() && !m_session.tools().ytdlp.path.isEmpty();
    const bool canDownload = hasTools && m_session.split() && !isEnqueueing();
    const qint64 selected = m_page.selectedCount();
    const auto *queue = m_session.queue();
    const ClipCounts counts = m_session.workspace() ? m_session.workspace()->counts() : ClipCounts();
    m_downloadSelected->setEnabled(canDownload && selected > 0);
    m_downloadFound->setEnabled(canDownload && m_page.foundCount() > 0);
    m_cancelSelected->setEnabled(queue && selected > 0 && counts.unfinished() > 0);
    m_retrySelected->setEnabled(canDownload && selected > 0 && counts[ClipState::Failed] > 0);
    m_downloadAgain->setEnabled(queue && m_session.split() && m_stage.row() &&
                                isLost(m_session.split()->table.state(*m_stage.row())));
    m_checkClips->setEnabled(counts.playable() + counts.lost() > 0);
    m_showLog->setEnabled(m_session.workspace() && m_session.split() && m_page.currentRow());
    m_pause->setEnabled(queue && (isRunning() || counts.unfinished() > 0));
    m_stop->setEnabled(queue && counts.unfinished() > 0);
    m_retryFailed->setEnabled(queue && counts[ClipState::Failed] > 0);

    const bool resume = !isRunning() && counts.unfinished() > 0;
    m_pause->setText(resume ? tr("&Resume") : tr("&Pause"));
    m_pause->setStatusTip(resume ? tr("Go on downloading what is queued")
                                 : tr("Begin no new downloads; finish those that run"));
    m_pause->setIcon(icon(resume ? u"play"_s : u"pause"_s));
}

} // namespace earmark::ui
