#pragma once

#include "base/async.h"
#include "base/result.h"
#include "manifest/exportjob.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>

class QProgressDialog;
class QWidget;

namespace earmark::ui {

class Actions;
class BannerStack;
class SegmentPage;
class Session;

/// Writes manifests and reports, away from the window's thread, and says what came of it.
class Exporter final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the exporter. `window` is what dialogs belong to.
    Exporter(Session &session, SegmentPage &page, BannerStack &banners, Actions &actions, QWidget *window);
    ~Exporter() override;

    /// The ready clips as NeMo's JSON lines.
    void exportManifest(const QString &path);
    void run(const manifest::ExportJob &job);
    /// See manifest::exportCoverage() and exportMissing().
    void exportCoverage(const QString &path);
    void exportMissing(const QString &path);

private:
    /// Writes one file out of the workspace in that folder; gives a sentence without its end.
    using Writer = std::function<Result<QString>(const QString &folder, const std::stop_token &stop)>;
    void write(const QString &path, Writer writer);
    /// Where the person wants it; empty when nowhere.
    QString askFor(const QString &title, const QString &name, const QString &kinds);
    void openDialog();
    void showProgress();
    void hideProgress();
    void updateActions();

    Session &m_session;
    SegmentPage &m_page;
    BannerStack &m_banners;
    Actions &m_actions;
    QWidget *m_window;
    /// Written by the thread that exports.
    struct Progress
    {
        std::atomic<qint64> done = 0;
        std::atomic<qint64> total = 0;
    };
    std::shared_ptr<Progress> m_progress;
    std::unique_ptr<QProgressDialog> m_dialog; ///< while clips are exported
    QTimer m_poll;
    LatestTask m_task{this};
};

} // namespace earmark::ui
