#pragma once

#include "base/async.h"
#include "manifest/nemo.h"

#include <QObject>

class QWidget;

namespace earmark::ui {

class Actions;
class BannerStack;
class Session;

/// Writes the manifest, away from the window's thread, and says what came of it.
class Exporter final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the exporter. `window` is what dialogs belong to.
    Exporter(Session &session, BannerStack &banners, Actions &actions, QWidget *window);

    /// To manifest.json in the workspace.
    void exportManifest();
    void exportTo(const QString &path);

private:
    void exportAs();
    void report(const Result<manifest::ExportReport> &result);
    void updateActions();

    Session &m_session;
    BannerStack &m_banners;
    Actions &m_actions;
    QWidget *m_window;
    LatestTask m_task{this};
};

} // namespace earmark::ui
