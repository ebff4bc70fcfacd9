#pragma once

#include "base/async.h"
#include "base/result.h"

#include <QObject>

#include <functional>

class QWidget;

namespace earmark::ui {

class Actions;
class BannerStack;
class Session;

/// Writes manifests and reports, away from the window's thread, and says what came of it.
class Exporter final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the exporter. `window` is what dialogs belong to.
    Exporter(Session &session, BannerStack &banners, Actions &actions, QWidget *window);

    void exportManifest(const QString &path);
    /// See manifest::exportCoverage() and exportMissing().
    void exportCoverage(const QString &path);
    void exportMissing(const QString &path);

private:
    /// Writes one file out of the workspace in that folder; gives a sentence without its end.
    using Writer = std::function<Result<QString>(const QString &folder, const std::stop_token &stop)>;
    void write(const QString &path, Writer writer);
    /// Where the person wants it; empty when nowhere.
    QString askFor(const QString &title, const QString &name, const QString &kinds);
    void updateActions();

    Session &m_session;
    BannerStack &m_banners;
    Actions &m_actions;
    QWidget *m_window;
    LatestTask m_task{this};
};

} // namespace earmark::ui
