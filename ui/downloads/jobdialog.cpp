#include "ui/downloads/jobdialog.h"

#include "base/format.h"
#include "session/session.h"
#include "ui/downloads/jobmodel.h"
#include "ui/widgets/formatting.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

JobDialog::JobDialog(session::Session &session, const SegmentKey &key, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_key(key)
    , m_state(new QLabel(this))
    , m_reason(new QLabel(this))
    , m_log(new QPlainTextEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Log of %1").arg(key.stem()));
    resize(860, 460);
    m_state->setAccessibleName(tr("State"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setWordWrap(true);
    m_log->setAccessibleName(tr("Log"));
    m_log->setReadOnly(true);
    m_log->setTabChangesFocus(true);
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_log->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_log->setPlaceholderText(
        tr("No log is kept of this clip: logs are kept of the last downloads and of those "
           "that failed."));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_copyCommand = buttons->addButton(tr("Copy &command"), QDialogButtonBox::ActionRole);
    m_copyCommand->setToolTip(tr("Copy the yt-dlp command that fetches the same section, for a shell"));
    auto *copyLog = buttons->addButton(tr("Copy &log"), QDialogButtonBox::ActionRole);
    copyLog->setToolTip(tr("Copy the whole log"));
    connect(m_copyCommand, &QPushButton::clicked, this, [this] {
        if (const auto *queue = m_session.queue())
            QGuiApplication::clipboard()->setText(queue->command(m_key));
    });
    connect(copyLog, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_log->toPlainText()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addWidget(m_state);
    column->addWidget(m_reason);
    column->addWidget(m_log, 1);
    column->addWidget(buttons);

    m_tick.setInterval(500ms);
    connect(&m_tick, &QTimer::timeout, this, &JobDialog::follow);
    connect(&session, &session::Session::workspaceChanged, this, &QDialog::close);
    connect(session.workspace(), &workspace::Workspace::clipChanged, this, [this](const SegmentKey &changed) {
        if (changed != m_key)
            return;
        follow();
        readDisk();
    });
    connect(session.workspace(), &workspace::Workspace::clipsReset, this, &JobDialog::follow);
    follow();
    readDisk();
}

void JobDialog::follow()
{
    showState();
    showLog();
    m_copyCommand->setEnabled(m_session.queue() != nullptr);
    if (isRunning(m_session.workspace()->record(m_key).progress.state) || waiting())
        m_tick.start();
    else
        m_tick.stop();
}

void JobDialog::readDisk()
{
    m_read.run([folder = m_session.workspace()->layout().logs(),
                key = m_key](std::stop_token) { return download::readLogs(folder, key); },
               [this](std::vector<download::JobLog> logs) {
                   m_onDisk = std::move(logs);
                   showLog();
               });
}

QString JobDialog::state() const
{
    const auto record = m_session.workspace()->record(m_key);
    QStringList parts{keyword(record.progress.state)};
    if (const auto *queue = m_session.queue(); queue && isRunning(record.progress.state)) {
        JobModel job; // says it as the panel does
        job.setJobs(queue->running(), {}, queue->now());
        const int row = job.rowOf(m_key);
        for (const int column : {JobModel::Progress, JobModel::Time, JobModel::Speed}) {
            if (row >= 0)
                parts.append(job.index(row, column).data().toString());
        }
    }
    if (const auto retry = waiting())
        parts = {retryText(*retry), failureText(retry->failure)};
    if (record.progress.state == ClipState::Failed)
        parts.append(failureText(record.progress.failure));
    if (record.progress.attempts > 0)
        parts.append(record.progress.attempts == 1 ? tr("1 try")
                                                   : tr("%1 tries").arg(record.progress.attempts));
    if (!record.origin.formatId.isEmpty())
        parts.append(tr("format %1").arg(record.origin.formatId));
    if (!record.origin.toolVersion.isEmpty())
        parts.append(tr("yt-dlp %1").arg(record.origin.toolVersion));
    if (record.audio.samples > 0)
        parts.append(spanText(static_cast<qint64>(record.audio.seconds() * 1000)));
    parts.removeAll(QString());
    return parts.join(u"  ·  "_s);
}

std::optional<download::WaitingClip> JobDialog::waiting() const
{
    const auto *queue = m_session.queue();
    return queue ? queue->waiting(m_key) : std::nullopt;
}

void JobDialog::showState()
{
    m_state->setText(state());
    const auto retry = waiting();
    const QString reason = retry ? retry->reason : m_session.workspace()->record(m_key).progress.reason;
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
}

void JobDialog::showLog()
{
    std::vector<download::JobLog> logs = m_onDisk;
    const auto *queue = m_session.queue();
    if (queue) {
        for (const auto &log : queue->logs().recent(m_key)) {
            // A failure may be here already and not yet, or not wholly, on the disk.
            const auto same = std::ranges::find(logs, log.title, &download::JobLog::title);
            if (same == logs.end())
                logs.push_back(log);
            else
                *same = log;
        }
        if (const QString now = queue->runningLog(m_key); !now.isEmpty())
            logs.push_back({m_key, tr("now"), now + u'\n'});
    }
    QString text;
    for (const auto &log : logs)
        text += u"── "_s + log.title + u'\n' + log.text + u'\n';
    if (text == m_log->toPlainText())
        return;
    auto *bar = m_log->verticalScrollBar();
    const bool isAtEnd = bar->value() == bar->maximum();
    const int place = bar->value();
    m_log->setPlainText(text);
    bar->setValue(isAtEnd ? bar->maximum() : place);
}

} // namespace earmark::ui
