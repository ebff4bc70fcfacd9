#include "ui/exporter.h"

#include "ui/actions.h"
#include "ui/session.h"
#include "ui/widgets/bannerstack.h"
#include "ui/words.h"

#include <QAction>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

Exporter::Exporter(Session &session, BannerStack &banners, Actions &actions, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_banners(banners)
    , m_actions(actions)
    , m_window(window)
{
    connect(actions.exportManifest, &QAction::triggered, this, &Exporter::exportManifest);
    connect(actions.exportAs, &QAction::triggered, this, &Exporter::exportAs);
    connect(&session, &Session::workspaceChanged, this, &Exporter::updateActions);
    connect(&session, &Session::rowChanged, this, &Exporter::updateActions);
    connect(&session, &Session::rowsReset, this, &Exporter::updateActions);
    updateActions();
}

void Exporter::exportManifest()
{
    if (m_session.workspace())
        exportTo(m_session.workspace()->layout().manifest());
}

void Exporter::exportAs()
{
    if (!m_session.workspace())
        return;
    const QString path = QFileDialog::getSaveFileName(m_window, tr("Export manifest"),
                                                      m_session.workspace()->layout().manifest(),
                                                      tr("Manifest, JSON lines (*.json *.jsonl)"));
    if (!path.isEmpty())
        exportTo(path);
}

void Exporter::exportTo(const QString &path)
{
    // The workspace goes along, and comes back: it must not go away under the writer, nor in the writer's
    // thread.
    struct Outcome
    {
        std::shared_ptr<workspace::Workspace> workspace;
        Result<manifest::ExportReport> result;
    };
    m_task.run(
        [workspace = m_session.sharedWorkspace(), path](std::stop_token stop) mutable {
            auto result = workspace->flush().and_then(
                [&] { return manifest::exportNemo(workspace->layout().root(), path, stop); });
            return Outcome{std::move(workspace), std::move(result)};
        },
        [this](const Outcome &outcome) {
            report(outcome.result);
            updateActions();
        });
    updateActions();
}

void Exporter::report(const Result<manifest::ExportReport> &result)
{
    if (!result) {
        m_banners.show(Topic::Export, Tone::Error, result.error().text);
        return;
    }
    QStringList leftOut;
    for (auto skipped = result->skipped.begin(); skipped != result->skipped.end(); ++skipped)
        leftOut.append(u"%1 %2"_s.arg(skipped.value()).arg(skipped.key()));
    leftOut.sort();
    const QString without = leftOut.isEmpty() ? QString() : tr("; left out: %1").arg(leftOut.join(u", "_s));
    const QString folder = QFileInfo(result->path).absolutePath();
    m_banners.show(
        Topic::Export, Tone::Success,
        tr("%1 written to %2%3.").arg(clipsText(result->written), result->path, without),
        {{tr("Show in folder"), [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); }}});
}

void Exporter::updateActions()
{
    const bool can =
        m_session.workspace() && m_session.workspace()->counts().playable() > 0 && !m_task.isRunning();
    m_actions.exportManifest->setEnabled(can);
    m_actions.exportAs->setEnabled(can);
}

} // namespace earmark::ui
