#include "ui/downloads/downloadpanel.h"

#include "base/format.h"
#include "download/forecast.h"
#include "session/session.h"
#include "ui/downloads/jobdelegate.h"
#include "ui/theme/icons.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/formatting.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QTableView>
#include <QToolButton>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int BarSteps = 1000;
constexpr int LeastRows = 2; ///< of room for running jobs: the panel does not jump when one ends

} // namespace

DownloadPanel::DownloadPanel(session::Session &session, const ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_bar(new QProgressBar(this))
    , m_text(new QLabel(this))
    , m_view(new QTableView(this))
    , m_idle(new QLabel(this))
    , m_failures(new QLabel(this))
    , m_showFailures(new QPushButton(tr("Show failures"), this))
    , m_refresh(100ms, [this] { refresh(); })
{
    m_bar->setAccessibleName(tr("Overall progress"));
    m_bar->setRange(0, BarSteps);
    m_bar->setTextVisible(false);
    m_bar->setMinimumWidth(160);
    m_bar->setFixedHeight(14);
    m_text->setAccessibleName(tr("Download counts"));
    m_text->setMinimumWidth(fontMetrics().averageCharWidth() * 24); // a narrow window cuts it off
    m_failures->setAccessibleName(tr("Failures by kind"));
    m_failures->setForegroundRole(QPalette::PlaceholderText);
    m_showFailures->setAutoDefault(true);
    m_showFailures->setToolTip(tr("Show all reasons, to try clips again or see which they are"));
    m_idle->setForegroundRole(QPalette::PlaceholderText);
    m_idle->setAlignment(Qt::AlignCenter);

    makeJobs();
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_bar, 1);
    head->addWidget(m_text);
    for (const auto id : {"downloads.pause"_L1, "downloads.stop"_L1, "downloads.retryFailed"_L1})
        head->addWidget(new ActionButton(*actions[id], ActionButton::Show::IconAndText, this));
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_failures, 1);
    foot->addWidget(m_showFailures);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(6);
    column->addLayout(head);
    column->addWidget(m_view, 1);
    column->addWidget(m_idle, 1);
    column->addLayout(foot);

    connect(&session, &session::Session::rowChanged, &m_refresh, &Debounce::startOnce);
    connect(&session, &session::Session::rowsReset, &m_refresh, &Debounce::startOnce);
    connect(&session, &session::Session::workspaceChanged, &m_refresh, &Debounce::startOnce);
    connect(&session, &session::Session::queueChanged, this, &DownloadPanel::takeQueue);
    connect(m_showFailures, &QPushButton::clicked, this, &DownloadPanel::showFailuresRequested);
    connect(&m_jobs, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { addCancelButtons(first, last); });
    refresh();
}

void DownloadPanel::makeJobs()
{
    m_view->setModel(&m_jobs);
    m_view->setItemDelegate(new JobDelegate(m_view));
    m_view->setAccessibleName(tr("Running downloads"));
    m_view->setWordWrap(false);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setToolTip(tr("Return or a double click shows the log of a download"));
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setMinimumSectionSize(1);
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    auto *header = m_view->horizontalHeader();
    header->hide();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(JobModel::Progress, QHeaderView::Stretch);
    const QFontMetrics fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    header->resizeSection(JobModel::Segment, fixed.horizontalAdvance(u"Y-0RWZT-miFs_420_430.5"_s) + 16);
    header->resizeSection(JobModel::Stage, fontMetrics().horizontalAdvance(u"formatting"_s) + 20);
    header->resizeSection(JobModel::Time, fontMetrics().horizontalAdvance(u"88 min 88 s"_s) + 16);
    header->resizeSection(JobModel::Speed, fontMetrics().horizontalAdvance(u"888.8 kB/s"_s) + 16);
    header->resizeSection(JobModel::Try, fontMetrics().horizontalAdvance(u"try 88"_s) + 20);
    header->resizeSection(JobModel::Cancel, 34);
    m_view->setMinimumHeight(LeastRows * m_view->verticalHeader()->defaultSectionSize());
    connect(m_view, &QAbstractItemView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT logRequested(m_jobs.key(index.row())); });
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &DownloadPanel::takeJobs);
}

void DownloadPanel::takeJobs()
{
    const auto *queue = m_session.queue();
    if (queue)
        m_jobs.setJobs(queue->running(), queue->waiting(), queue->now());
    else
        m_jobs.setJobs({}, {}, {});
    if (m_jobs.rowCount() == 0)
        m_second.stop();
    else if (!m_second.isActive())
        m_second.start();
    m_refresh.startOnce();
}

void DownloadPanel::takeQueue()
{
    m_jobs.setJobs({}, {}, {});
    if (auto *queue = m_session.queue()) {
        connect(queue, &download::Queue::runningChanged, this, &DownloadPanel::takeJobs);
        connect(queue, &download::Queue::stateChanged, this, &DownloadPanel::takeJobs);
    }
    refresh();
}

void DownloadPanel::addCancelButtons(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const SegmentKey key = m_jobs.key(row);
        auto *button = new QToolButton(m_view);
        button->setIcon(icon(u"close"_s));
        button->setAutoRaise(true);
        button->setAccessibleName(tr("Cancel %1").arg(key.stem()));
        button->setToolTip(tr("Take this clip out of the queue"));
        connect(button, &QToolButton::clicked, this, [this, key] {
            if (auto *queue = m_session.queue())
                queue->cancel(key);
        });
        m_view->setIndexWidget(m_jobs.index(row, JobModel::Cancel), button);
    }
}

std::optional<double> DownloadPanel::fraction() const
{
    const auto *workspace = m_session.workspace();
    if (!workspace || workspace->counts().total() == 0)
        return std::nullopt;
    const auto &counts = workspace->counts();
    auto done = static_cast<double>(counts.settled());
    if (m_session.queue()) {
        for (const auto &job : m_session.queue()->running())
            done += job.fraction;
    }
    return std::min(1.0, done / static_cast<double>(counts.total()));
}

void DownloadPanel::refresh()
{
    const auto done = fraction();
    const bool running = m_jobs.rowCount() > 0;
    m_bar->setValue(static_cast<int>(done.value_or(0) * BarSteps));
    m_text->setText(progressText());
    m_text->setToolTip(forecast());
    m_bar->setToolTip(forecast());
    m_bar->setAccessibleDescription(m_text->text());
    m_view->setVisible(running);
    m_idle->setText(idleText());
    m_idle->setVisible(!running);
    const QString failures = failureSummary();
    m_failures->setText(failures);
    m_failures->setVisible(!failures.isEmpty());
    m_showFailures->setVisible(!failures.isEmpty());
    Q_EMIT refreshed();
}

QString DownloadPanel::progressText() const
{
    const auto *workspace = m_session.workspace();
    if (!workspace || workspace->counts().total() == 0)
        return tr("No clips yet");
    const auto &counts = workspace->counts();
    QStringList parts{tr("%1 of %2").arg(countText(counts.settled()), countText(counts.total()))};
    const auto add = [&](const QString &text, ClipState state) {
        if (counts[state] > 0)
            parts.append(text.arg(countText(counts[state])));
    };
    add(tr("%1 failed"), ClipState::Failed);
    add(tr("%1 missing"), ClipState::Missing);
    add(tr("%1 damaged"), ClipState::Damaged);
    const auto *queue = m_session.queue();
    if (!queue)
        return parts.join(u"  ·  "_s);
    if (queue->perHour() > 0 && counts.unfinished() > 0)
        parts.append(tr("%1/h").arg(countText(queue->perHour())));
    if (queue->state() == download::Queue::State::Paused)
        parts.append(tr("paused"));
    else if (queue->state() == download::Queue::State::Waiting)
        parts.append(tr("waiting"));
    else if (queue->state() == download::Queue::State::Running && queue->remainingMs() >= 0)
        parts.append(download::endText(queue->remainingMs(), QDateTime::currentDateTime()));
    return parts.join(u"  ·  "_s);
}

QString DownloadPanel::idleText() const
{
    const auto *workspace = m_session.workspace();
    const qint64 left = workspace ? workspace->counts().unfinished() : 0;
    if (left == 0)
        return tr("No active downloads");
    const auto *queue = m_session.queue();
    const QString count = countText(left);
    if (queue && queue->state() == download::Queue::State::Paused)
        return tr("Paused: %1 queued").arg(count);
    if (queue && queue->state() == download::Queue::State::Waiting)
        return tr("Waiting to retry: %1 queued").arg(count);
    if (queue && queue->state() == download::Queue::State::Running)
        return tr("Waiting for the next download: %1 queued").arg(count);
    return tr("Not started: %1 queued").arg(count);
}

QString DownloadPanel::forecast() const
{
    const auto *queue = m_session.queue();
    const qint64 left = queue ? m_session.workspace()->counts().unfinished() : 0;
    const qint64 remaining = left > 0 ? queue->remainingMs() : -1;
    return remaining < 0
               ? QString()
               : download::forecastText(left, queue->perHour(), remaining, QDateTime::currentDateTime());
}

QString DownloadPanel::failureSummary() const
{
    const auto *workspace = m_session.workspace();
    if (!workspace || workspace->counts()[ClipState::Failed] == 0)
        return {};
    std::vector<std::pair<qint64, QString>> reasons;
    for (const FailureClass failure : AllFailureClasses) {
        if (const qint64 count = workspace->counts()[failure]; count > 0)
            reasons.emplace_back(count, failureText(failure));
    }
    std::ranges::sort(reasons, std::greater());
    QStringList parts;
    for (const auto &[count, reason] : reasons)
        parts.append(u"%1 %2"_s.arg(reason, countText(count)));
    return tr("Failed:  %1").arg(parts.join(u"  ·  "_s));
}

} // namespace earmark::ui
