#pragma once

#include "base/async.h"
#include "base/result.h"
#include "export/exportjob.h"
#include "ui/widgets/progressbox.h"

#include <QObject>

#include <functional>
#include <memory>

class QAction;
class QWidget;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class BannerStack;
class SegmentPage;
class Settings;

/// Writes manifests and reports, away from the window's thread, and says what came of it.
class Exporter final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the exporter. `window` is what dialogs belong to.
    Exporter(session::Session &session, Settings &settings, SegmentPage &page, BannerStack &banners,
             ActionRegistry &actions, QWidget *window);

    /// The ready clips, but for rejected ones, as NeMo's JSON lines.
    void exportManifest(const QString &path);
    void run(const exports::ExportJob &job);
    /// See exports::exportCoverage() and exportMissing().
    void exportCoverage(const QString &path);
    void exportMissing(const QString &path);

private:
    struct Written
    {
        QString text;               ///< sentences that say what came of it
        std::vector<LostClip> lost; ///< clips whose files were met missing or damaged
    };
    /// Writes one file out of the workspace in that folder.
    using Writer = std::function<Result<Written>(const QString &folder, const std::stop_token &stop)>;
    /// `read`: how far it has got, when that is known.
    void write(
        const QString &path, Writer writer,
        ProgressBox::Read read = [] { return std::pair<qint64, qint64>(); });
    /// Asks where to write it and calls `write` with the path.
    void askFor(const QString &title, const QString &name, const QString &kinds,
                std::function<void(const QString &path)> write);
    /// Whether that file may be written, away from the window's thread; see exports::checkTarget().
    void check(const QString &path, std::function<void(const Result<void> &allowed)> then);
    /// Says why a file is not written before anything was, and asks again when the user wants to.
    void refuse(const QString &title, const QString &why, std::function<void()> askAgain);
    /// The open list of segments, as a card names it; there is one.
    exports::CardSource source() const;
    /// Where it lies: never written over. Empty while none is open.
    QStringList sources() const;
    /// Those of the clips left out for their file that are not known to be lost.
    void noteLost(const std::vector<LostClip> &lost);
    void openDialog();
    /// `selected`: the segments that are offered as chosen in the table; none: they are not offered.
    void openDialog(QSet<SegmentKey> selected);
    void updateActions();

    session::Session &m_session;
    Settings &m_settings;
    SegmentPage &m_page;
    BannerStack &m_banners;
    QWidget *m_window;
    QAction *m_exportManifest;
    QAction *m_exportAs;
    QAction *m_exportCoverage;
    QAction *m_exportMissing;
    QAction *m_checkClips; ///< another's
    ProgressBox m_progress;
    LatestTask m_task{this};
    LatestTask m_check{this};
    LatestTask m_gathering{this}; ///< of selected segments, for the dialog
};

} // namespace earmark::ui
