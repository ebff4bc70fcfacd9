#include "ui/exporter.h"

#include "manifest/coverage.h"
#include "ui/actions.h"
#include "ui/export/exportdialog.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentpage.h"
#include "ui/session.h"
#include "ui/widgets/bannerstack.h"
#include "ui/words.h"

#include <QAction>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QUrl>

#include <utility>

namespace earmark::ui {

using namespace Qt::StringLiterals;

Exporter::Exporter(Session &session, Settings &settings, SegmentPage &page, BannerStack &banners,
                   Actions &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_page(page)
    , m_banners(banners)
    , m_actions(actions)
    , m_window(window)
    , m_progress(window)
{
    connect(&m_progress, &ProgressBox::cancelled, this, [this] {
        m_task.cancel();
        updateActions();
    });
    connect(actions.exportManifest, &QAction::triggered, this, [this] {
        if (m_session.workspace())
            exportManifest(m_session.workspace()->layout().manifest());
    });
    connect(actions.exportAs, &QAction::triggered, this, &Exporter::openDialog);
    connect(actions.exportCoverage, &QAction::triggered, this, [this] {
        exportCoverage(askFor(tr("Coverage report"), u"coverage.csv"_s, tr("CSV (*.csv);;JSON (*.json)")));
    });
    connect(actions.exportMissing, &QAction::triggered, this, [this] {
        exportMissing(askFor(tr("List of missing clips"), u"missing.csv"_s, tr("CSV (*.csv)")));
    });
    connect(&session, &Session::workspaceChanged, this, &Exporter::updateActions);
    connect(&session, &Session::rowChanged, this, &Exporter::updateActions);
    connect(&session, &Session::rowsReset, this, &Exporter::updateActions);
    updateActions();
}

void Exporter::openDialog()
{
    if (!m_session.workspace())
        return;
    ExportTable table{m_page.filter().text(), {}};
    if (m_page.selectedCount() > 1) {
        for (const dataset::Row row : m_page.selectedRows())
            table.selected.insert(m_session.split()->table.key(row));
    }
    auto *dialog = new ExportDialog(m_session.sharedWorkspace(), m_session.classes(), std::move(table),
                                    m_settings, m_window);
    connect(dialog, &ExportDialog::exportRequested, this, [this](manifest::ExportJob job) {
        const QString path = m_session.split()->path;
        job.facts.sources = {{QFileInfo(path).fileName(), m_session.split()->table.size(), {}, path}};
        run(job);
    });
    dialog->open();
}

void Exporter::exportManifest(const QString &path)
{
    run({.what = {.out = path}});
}

void Exporter::run(const manifest::ExportJob &job)
{
    const auto progress = std::make_shared<Progress>();
    const auto tell = [progress](qint64 done, qint64 total) {
        progress->done = done;
        progress->total = total;
    };
    const auto read = [progress] { return std::pair<qint64, qint64>(progress->done, progress->total); };
    write(
        job.what.out,
        [job, tell](const QString &folder, const std::stop_token &stop) {
            return manifest::runExport(folder, job, stop, tell).map([](const manifest::ExportReport &report) {
                QStringList leftOut;
                for (const auto &[reason, count] : report.skipped)
                    leftOut.append(u"%1 %2"_s.arg(count).arg(reason));
                const QString without =
                    leftOut.isEmpty() ? QString() : tr("; left out: %1").arg(leftOut.join(u", "_s));
                return tr("%1 written to %2%3").arg(clipsText(report.written), report.path, without);
            });
        },
        read);
}

void Exporter::exportCoverage(const QString &path)
{
    write(path, [path](const QString &folder, const std::stop_token &stop) {
        return manifest::exportCoverage(folder, path, stop).map([&] {
            return tr("The coverage report was written to %1").arg(path);
        });
    });
}

void Exporter::exportMissing(const QString &path)
{
    write(path, [path](const QString &folder, const std::stop_token &stop) {
        return manifest::exportMissing(folder, path, stop).map([&](qint64 count) {
            return tr("%1 listed in %2").arg(clipsText(count), path);
        });
    });
}

QString Exporter::askFor(const QString &title, const QString &name, const QString &kinds)
{
    if (!m_session.workspace())
        return {};
    return QFileDialog::getSaveFileName(m_window, title, m_session.workspace()->layout().root() + u'/' + name,
                                        kinds);
}

void Exporter::write(const QString &path, Writer writer, ProgressBox::Read read)
{
    if (path.isEmpty() || !m_session.workspace())
        return;
    // The workspace goes along, and comes back: it must not go away under the writer, nor in the writer's
    // thread.
    struct Outcome
    {
        std::shared_ptr<workspace::Workspace> workspace;
        Result<QString> result;
    };
    m_task.run(
        [workspace = m_session.sharedWorkspace(), writer = std::move(writer)](std::stop_token stop) mutable {
            auto result =
                workspace->flush().and_then([&] { return writer(workspace->layout().root(), stop); });
            return Outcome{std::move(workspace), std::move(result)};
        },
        [this, path](const Outcome &outcome) {
            m_progress.hide();
            updateActions();
            if (!outcome.result) {
                m_banners.show(Topic::Export, Tone::Error, outcome.result.error().text);
                return;
            }
            const QUrl folder = QUrl::fromLocalFile(QFileInfo(path).absolutePath());
            m_banners.show(Topic::Export, Tone::Success, *outcome.result + u'.',
                           {{tr("Show in folder"), [folder] { QDesktopServices::openUrl(folder); }}});
        });
    m_progress.show(tr("Writing …"), std::move(read));
    updateActions();
}

void Exporter::updateActions()
{
    const workspace::ClipCounts counts =
        m_session.workspace() ? m_session.workspace()->counts() : workspace::ClipCounts();
    const bool isFree = !m_task.isRunning();
    m_actions.exportManifest->setEnabled(isFree && counts.playable() > 0);
    m_actions.exportAs->setEnabled(isFree && counts.playable() > 0);
    m_actions.exportCoverage->setEnabled(isFree && counts.total() > 0);
    m_actions.exportMissing->setEnabled(isFree && counts[ClipState::Failed] + counts.lost() > 0);
}

} // namespace earmark::ui
