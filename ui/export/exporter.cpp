#include "ui/export/exporter.h"

#include "export/exporttarget.h"
#include "export/report/coverage.h"
#include "session/session.h"
#include "ui/export/exportdialog.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentpage.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/ask.h"
#include "ui/widgets/bannerstack.h"
#include "ui/widgets/formatting.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QUrl>

#include <utility>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

std::vector<LostClip> lostClips(const exports::ExportReport &report)
{
    std::vector<LostClip> lost;
    for (const auto &[key, why] : report.unfit) {
        const bool isMissing = why == keyword(ClipState::Missing);
        const QString reason = isMissing ? u"The file is missing."_s
                               : why == keyword(ClipState::Damaged)
                                   ? u"The file differs from the ledger."_s
                                   : u"The file cannot be used: %1."_s.arg(why);
        lost.push_back({key, isMissing ? ClipState::Missing : ClipState::Damaged, reason});
    }
    return lost;
}

} // namespace

Exporter::Exporter(session::Session &session, Settings &settings, SegmentPage &page, BannerStack &banners,
                   ActionRegistry &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_page(page)
    , m_banners(banners)
    , m_window(window)
    , m_checkClips(actions["downloads.checkClips"_L1])
    , m_progress(window)
{
    connect(&m_progress, &ProgressBox::cancelled, this, [this] {
        m_task.cancel();
        updateActions();
    });
    m_exportManifest =
        actions.add("export.exportManifest"_L1, tr("&Export manifest"),
                    tr("Write manifest.json of all ready clips but rejected ones into the workspace"),
                    u"export"_s, {Qt::CTRL | Qt::Key_E}, this, [this] {
                        if (m_session.workspace())
                            exportManifest(m_session.workspace()->layout().manifest());
                    });
    m_exportAs = actions.add("export.exportAs"_L1, tr("Export &as…"),
                             tr("Choose clips, format, labels and parts, look at the first lines, and write "
                                "them"),
                             u"export"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_E}, this,
                             qOverload<>(&Exporter::openDialog));
    m_exportCoverage = actions.add(
        "export.exportCoverage"_L1, tr("&Coverage report…"),
        tr("Write what was asked for, what came and what is missing by reason, for a paper's appendix"), {},
        {}, this, [this] {
            askFor(tr("Coverage report"), u"coverage.csv"_s, tr("CSV (*.csv);;JSON (*.json)"),
                   [this](const QString &path) { exportCoverage(path); });
        });
    m_exportMissing =
        actions.add("export.exportMissing"_L1, tr("&List of missing clips…"),
                    tr("Write every failed, missing or damaged clip, with its labels and why, as CSV"), {},
                    {}, this, [this] {
                        askFor(tr("List of missing clips"), u"missing.csv"_s, tr("CSV (*.csv)"),
                               [this](const QString &path) { exportMissing(path); });
                    });
    connect(&session, &session::Session::workspaceChanged, this, [this] {
        m_check.cancel(); // what it was about to write is of the former one
        m_gathering.cancel();
        updateActions();
    });
    connect(&session, &session::Session::splitChanged, this, [this] { m_gathering.cancel(); });
    connect(&session, &session::Session::rowChanged, this, &Exporter::updateActions);
    connect(&session, &session::Session::rowsReset, this, &Exporter::updateActions);
    updateActions();
}

void Exporter::openDialog()
{
    if (!m_session.workspace())
        return;
    if (m_page.selectedCount() <= 1) {
        openDialog({});
        return;
    }
    // Millions may be selected: their keys are gathered elsewhere.
    m_gathering.run(
        [rows = m_page.selectedRows(),
         split = std::shared_ptr<const readers::Split>(m_session.split())](const std::stop_token &stop) {
            QSet<SegmentKey> keys;
            keys.reserve(std::ssize(rows));
            for (auto row = rows.cbegin(); row != rows.cend() && !stop.stop_requested(); ++row)
                keys.insert(split->table.key(*row));
            return keys;
        },
        [this](QSet<SegmentKey> keys) { openDialog(std::move(keys)); });
}

void Exporter::openDialog(QSet<SegmentKey> selected)
{
    ExportSelection table{source(), m_page.filter().query() ? m_page.filter().text() : QString(),
                          std::move(selected)};
    auto *dialog = new ExportDialog(m_session.sharedWorkspace(), m_session.classes(), std::move(table),
                                    m_settings, m_window);
    connect(dialog, &ExportDialog::exportRequested, this, &Exporter::run);
    connect(&m_session, &session::Session::workspaceChanged, dialog, &QDialog::reject);
    connect(&m_session, &session::Session::splitChanged, dialog, &QDialog::reject);
    dialog->open();
}

QStringList Exporter::sources() const
{
    const QString path = m_session.split() ? m_session.split()->path : QString();
    return path.isEmpty() ? QStringList() : QStringList(path); // the sample is no file
}

exports::CardSource Exporter::source() const
{
    const QString path = m_session.split()->path;
    return {QFileInfo(path).fileName(), m_session.split()->table.size(), {}, path};
}

void Exporter::exportManifest(const QString &path)
{
    run({.options = {.out = path}});
}

void Exporter::run(const exports::ExportJob &job)
{
    const auto progress = std::make_shared<TaskProgress>();
    const auto tell = [progress](qint64 done, qint64 total) {
        progress->done = done;
        progress->total = total;
    };
    const auto read = [progress] { return std::pair<qint64, qint64>(progress->done, progress->total); };
    write(
        job.options.out,
        [job, tell](const QString &folder, const std::stop_token &stop) {
            return exports::runExport(folder, job, stop, tell).map([](const exports::ExportReport &report) {
                const QString written = tr("%1 written to %2.").arg(clipsText(report.written), report.path);
                return Written{(QStringList(written) + report.warnings).join(u' '), lostClips(report)};
            });
        },
        read);
}

void Exporter::exportCoverage(const QString &path)
{
    write(path, [path](const QString &folder, const std::stop_token &stop) {
        return exports::exportCoverage(folder, path, stop).map([&] {
            return Written{tr("The coverage report was written to %1.").arg(path), {}};
        });
    });
}

void Exporter::exportMissing(const QString &path)
{
    write(path, [path](const QString &folder, const std::stop_token &stop) {
        return exports::exportMissing(folder, path, stop).map([&](qint64 count) {
            return Written{tr("%1 listed in %2.").arg(clipsText(count), path), {}};
        });
    });
}

void Exporter::askFor(const QString &title, const QString &name, const QString &kinds,
                      std::function<void(const QString &path)> write)
{
    if (!m_session.workspace())
        return;
    const auto *dialog =
        askForFile(m_window, FileChoice::Save, title, m_session.workspace()->layout().root() + u'/' + name,
                   kinds, [this, title, name, kinds, write = std::move(write)](const QString &path) {
                       check(path, [this, title, name, kinds, write, path](const Result<void> &allowed) {
                           if (allowed)
                               write(path);
                           else
                               refuse(title, allowed.error().text, [this, title, name, kinds, write] {
                                   askFor(title, name, kinds, write);
                               });
                       });
                   });
    connect(&m_session, &session::Session::workspaceChanged, dialog, &QDialog::reject);
}

void Exporter::check(const QString &path, std::function<void(const Result<void> &allowed)> then)
{
    if (!m_session.workspace())
        return;
    m_check.run([path, layout = m_session.workspace()->layout(), sources = sources()](
                    std::stop_token) { return exports::checkTarget(path, layout, sources); },
                [then = std::move(then)](const Result<void> &allowed) { then(allowed); });
}

void Exporter::refuse(const QString &title, const QString &why, std::function<void()> askAgain)
{
    const auto *box = ask(m_window, title, why, {}, {{tr("Choose another name…"), std::move(askAgain)}});
    connect(&m_session, &session::Session::workspaceChanged, box, &QDialog::reject);
}

void Exporter::write(const QString &path, Writer writer, ProgressBox::Read read)
{
    if (!m_session.workspace())
        return;
    // The workspace goes along, and comes back: it must not go away under the writer, nor in the writer's
    // thread.
    struct Outcome
    {
        std::shared_ptr<workspace::Workspace> workspace;
        Result<Written> result;
    };
    m_task.run(
        [workspace = m_session.sharedWorkspace(), writer = std::move(writer), path,
         sources = sources()](std::stop_token stop) mutable {
            auto result = exports::checkTarget(path, workspace->layout(), sources)
                              .and_then([&] { return workspace->flush(); })
                              .and_then([&] { return writer(workspace->layout().root(), stop); });
            return Outcome{std::move(workspace), std::move(result)};
        },
        [this, path](const Outcome &outcome) {
            m_progress.hide();
            updateActions();
            if (!outcome.result) {
                std::vector<BannerAction> elsewhere;
                if (path == outcome.workspace->layout().manifest())
                    elsewhere.push_back({tr("Export as…"), [this] { m_exportAs->trigger(); }});
                m_banners.show(Topic::Export, Tone::Error, outcome.result.error().text, elsewhere);
                return;
            }
            const QUrl folder = QUrl::fromLocalFile(QFileInfo(path).absolutePath());
            if (outcome.workspace == m_session.sharedWorkspace())
                noteLost(outcome.result->lost);
            std::vector<BannerAction> next;
            if (!outcome.result->lost.empty())
                next.push_back({tr("Check clips…"), [this] { m_checkClips->trigger(); }});
            next.push_back({tr("Show in folder"), [folder] { QDesktopServices::openUrl(folder); }});
            m_banners.show(Topic::Export, Tone::Success, outcome.result->text, next);
        });
    m_progress.show(tr("Writing …"), std::move(read));
    updateActions();
}

void Exporter::noteLost(const std::vector<LostClip> &lost)
{
    std::vector<LostClip> news;
    for (const auto &clip : lost) {
        // Of those that are lost already the ledger knows more than an export does.
        if (isPlayable(m_session.workspace()->record(clip.key).progress.state))
            news.push_back(clip);
    }
    if (!news.empty())
        m_session.noteFiles(std::move(news));
}

void Exporter::updateActions()
{
    const ClipCounts counts = m_session.workspace() ? m_session.workspace()->counts() : ClipCounts();
    const bool isFree = !m_task.isRunning();
    m_exportManifest->setEnabled(isFree && counts.playable() > 0);
    m_exportAs->setEnabled(isFree && counts.playable() > 0);
    m_exportCoverage->setEnabled(isFree && counts.total() > 0);
    m_exportMissing->setEnabled(isFree && counts[ClipState::Failed] + counts.lost() > 0);
}

} // namespace earmark::ui
