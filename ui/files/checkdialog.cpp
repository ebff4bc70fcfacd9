#include "ui/files/checkdialog.h"

#include "base/format.h"
#include "session/session.h"
#include "ui/theme/icons.h"
#include "ui/widgets/formatting.h"
#include "ui/widgets/listtable.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using verify::Finding;

namespace {

/// Clips that are queued at once: a few milliseconds, so that the window stays awake.
constexpr std::size_t FindingsAtOnce = 1'000;
constexpr int CheckSteps = 1'000;

} // namespace

CheckDialog::CheckDialog(session::Session &session, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_deep(new QCheckBox(tr("Read &every file and compare checksums (slower)"), this))
    , m_text(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_view(new QTableView(this))
    , m_check(new QPushButton(icon(u"check"_s), tr("&Check"), this))
    , m_repair(new QPushButton(icon(u"retry"_s), tr("&Repair"), this))
    , m_turn(0ms, [this] { repairSome(); })
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Check clips"));
    layOut();

    m_poll.setInterval(100ms);
    connect(&m_poll, &QTimer::timeout, this, &CheckDialog::showProgress);
    connect(m_check, &QPushButton::clicked, this, &CheckDialog::checkOrCancel);
    connect(m_repair, &QPushButton::clicked, this, &CheckDialog::repair);
    connect(&session, &session::Session::workspaceChanged, this, &QDialog::close);
    connect(&session, &session::Session::queueChanged, this, &CheckDialog::showButtons);
    connect(&session, &session::Session::filesNoted, this, &CheckDialog::showButtons);
    m_text->setText(tr("Compares every finished clip with the ledger: missing files, headers and lengths."));
    showButtons();
}

void CheckDialog::layOut()
{
    resize(820, 420);
    m_deep->setToolTip(tr("Also find files whose length is right and whose content changed"));
    m_text->setAccessibleName(tr("Result"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_bar->setAccessibleName(tr("Progress of the check"));
    m_bar->setRange(0, CheckSteps);
    m_bar->setTextVisible(false);
    m_view->setModel(&m_model);
    makeList(*m_view, tr("Problems"));
    auto *header = m_view->horizontalHeader();
    header->resizeSection(FindingModel::File, fontMetrics().averageCharWidth() * 42);
    header->resizeSection(FindingModel::Problem, fontMetrics().averageCharWidth() * 50);
    for (QPushButton *button : {m_check, m_repair})
        button->setAutoDefault(true);
    m_check->setDefault(true);
    m_repair->setToolTip(tr("Download missing and damaged clips again, or convert them again where the "
                            "downloaded section is kept. Damaged files are kept under another name. "
                            "Earmark's own leftovers are removed; other files are left alone."));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    buttons->addButton(m_check, QDialogButtonBox::ActionRole);
    buttons->addButton(m_repair, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(8);
    column->addWidget(m_text);
    column->addWidget(m_bar);
    column->addWidget(m_view, 1);
    column->addWidget(m_deep);
    column->addWidget(buttons);
    m_check->setFocus();
}

void CheckDialog::checkOrCancel()
{
    if (!m_progress) {
        check();
        return;
    }
    m_task.cancel();
    m_poll.stop();
    m_progress.reset();
    m_text->setText(tr("Check cancelled."));
    showButtons();
}

void CheckDialog::check()
{
    m_turn.stop();
    m_isRepairing = false;
    m_model.setFindings({});
    m_progress = std::make_shared<verify::Progress>();
    // The workspace goes along, and comes back: it must not go away in another thread.
    struct Outcome
    {
        std::shared_ptr<workspace::Workspace> workspace;
        Report report;
    };
    m_task.run(
        [workspace = m_session.sharedWorkspace(), progress = m_progress,
         depth = m_deep->isChecked() ? verify::Depth::Deep
                                     : verify::Depth::Shallow](const std::stop_token &stop) mutable {
            auto report = workspace->flush().and_then(
                [&] { return verify::check(workspace->layout().root(), depth, *progress, stop); });
            return Outcome{std::move(workspace), std::move(report)};
        },
        [this](const Outcome &outcome) { take(outcome.report); });
    m_poll.start();
    showProgress();
    showButtons();
}

void CheckDialog::take(const Report &report)
{
    m_poll.stop();
    m_progress.reset();
    if (report) {
        m_model.setFindings(report->bad);
        m_view->selectRow(0);
        m_text->setText(resultText(*report));
        m_session.noteFiles(verify::lostClips(*report), report->found);
    } else {
        m_text->setText(report.error().text);
    }
    showButtons();
}

QString CheckDialog::resultText(const verify::Report &report) const
{
    qint64 clips = 0;
    qint64 leftovers = 0;
    qint64 strangers = 0;
    for (const Finding &finding : report.bad) {
        clips += finding.kind == Finding::Kind::Clip ? 1 : 0;
        leftovers += finding.kind == Finding::Kind::Leftover ? 1 : 0;
        strangers += finding.kind == Finding::Kind::Stranger ? 1 : 0;
    }
    QStringList sentences{
        clips == 0
            ? tr("%1 checked: no problems.").arg(clipsText(report.checked))
            : tr("%1 checked: %2 missing or damaged.").arg(clipsText(report.checked), countText(clips))};
    if (!report.found.empty())
        sentences.append(
            tr("Missing or damaged before and ready again: %1.").arg(clipsText(std::ssize(report.found))));
    if (leftovers > 0)
        sentences.append(
            tr("Unfinished files left by a program that was stopped: %1.").arg(countText(leftovers)));
    if (strangers > 0)
        sentences.append(tr("Other files, which Repair leaves alone: %1.").arg(countText(strangers)));
    return sentences.join(u' ');
}

void CheckDialog::repair()
{
    m_next = 0;
    m_queuedAgain = 0;
    m_isRepairing = true;
    repairSome();
}

void CheckDialog::repairSome()
{
    auto *queue = m_session.queue();
    std::vector<SegmentKey> again;
    for (const int end = m_model.rowCount(); m_next < end && again.size() < FindingsAtOnce; ++m_next) {
        const Finding &finding = m_model.finding(m_next);
        if (finding.kind == Finding::Kind::Stranger)
            m_model.setDone(m_next, tr("left alone"));
        if (finding.kind != Finding::Kind::Clip)
            continue;
        // The list may be old: what the clip is now decides.
        if (!isLost(m_session.workspace()->record(*finding.key).progress.state)) {
            m_model.setDone(m_next, tr("nothing to do any more"));
        } else if (queue) {
            m_model.setDone(m_next, tr("queued again"));
            again.push_back(*finding.key);
        } else {
            m_model.setDone(m_next, tr("not queued: %1").arg(m_session.tools().problem()));
        }
    }
    if (!again.empty())
        queue->retry(again);
    m_queuedAgain += std::ssize(again);
    if (m_next < m_model.rowCount()) {
        m_turn.start();
    } else {
        m_isRepairing = false;
        if (m_queuedAgain > 0)
            m_text->setText(tr("%1 queued again.").arg(clipsText(m_queuedAgain)));
        repairLeftovers();
    }
    showButtons();
}

void CheckDialog::repairLeftovers()
{
    using Done = std::vector<std::pair<int, QString>>;
    std::vector<std::pair<int, Finding>> leftovers;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.finding(row).kind == Finding::Kind::Leftover)
            leftovers.emplace_back(row, m_model.finding(row));
    }
    if (leftovers.empty())
        return;
    struct Outcome
    {
        std::shared_ptr<workspace::Workspace> workspace;
        Done done;
    };
    m_task.run(
        [workspace = m_session.sharedWorkspace(),
         leftovers = std::move(leftovers)](const std::stop_token &stop) mutable {
            Done done;
            for (const auto &[row, finding] : leftovers) {
                if (stop.stop_requested())
                    break;
                done.emplace_back(row, verify::repair(*workspace, finding).what);
            }
            return Outcome{std::move(workspace), std::move(done)};
        },
        [this](const Outcome &outcome) {
            for (const auto &[row, what] : outcome.done)
                m_model.setDone(row, what);
            showButtons();
        });
}

void CheckDialog::showProgress()
{
    const qint64 done = m_progress->done;
    const qint64 total = m_progress->total;
    m_bar->setValue(total > 0 ? static_cast<int>(done * CheckSteps / total) : 0);
    m_text->setText(tr("%1 of %2 clips checked").arg(countText(done), countText(total)));
}

void CheckDialog::showButtons()
{
    const bool isChecking = m_progress != nullptr;
    const bool isFree = !m_task.isRunning() && !m_isRepairing && !m_session.isNotingFiles();
    m_check->setText(isChecking ? tr("&Cancel") : tr("&Check"));
    m_check->setIcon(icon(isChecking ? u"close"_s : u"check"_s));
    m_check->setEnabled(isChecking || isFree);
    m_deep->setEnabled(!isChecking);
    m_bar->setVisible(isChecking);
    bool isRepairable = false;
    for (int row = 0; row < m_model.rowCount() && !isRepairable; ++row)
        isRepairable = m_model.finding(row).kind != Finding::Kind::Stranger;
    m_repair->setEnabled(isFree && isRepairable);
}

} // namespace earmark::ui
