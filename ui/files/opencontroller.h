#pragma once

#include "base/async.h"
#include "review/judgementimport.h"

#include <QObject>

class QAction;
class QMenu;
class QMimeData;
class QWidget;

namespace earmark::session {
class Session;
}

namespace earmark::ui {

class ActionRegistry;
class BannerStack;
class Settings;

/// Opens splits, label files and workspaces as the user asks, remembers them, and says what went wrong.
class OpenController final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this. `fixedWorkspace`: the folder for every split, from the command line; empty:
    /// each split has its own. `window` is what dialogs belong to.
    OpenController(session::Session &session, Settings &settings, BannerStack &banners,
                   ActionRegistry &actions, QString fixedWorkspace, QWidget *window);

    void openSplit(const QString &path);
    void openSample();
    /// A file of segments, a label file, the ontology or quality ratings, as its content tells; says what
    /// came of it.
    void open(const QString &path);
    void openDropped(const QMimeData &data);
    static bool canDrop(const QMimeData &data);
    /// Asks for the workspace folder of the open split and opens it.
    void chooseWorkspace();
    void fillRecent(QMenu &menu);
    /// Something is being downloaded, so that leave() asks.
    bool isDownloading() const;
    /// Calls `go` at once when nothing is being downloaded, else when the user does not mind that it stops
    /// for now.
    void leave(const QString &question, const QString &yes, std::function<void()> go);

Q_SIGNALS:
    /// The person was asked for a workspace folder and gave none.
    void workspaceDeclined();
    /// What was read along with the split is not wanted.
    void undoRequested();

private:
    void askForSplit();
    void askForLabels();
    void askForWorkspace();
    void useLabels(const QString &path);
    void takeSplit();
    void tellOfJudgements(const review::JudgementImport &takeover);
    void showProblems();
    QString proposedWorkspace() const;

    session::Session &m_session;
    Settings &m_settings;
    BannerStack &m_banners;
    QString m_fixedWorkspace;
    QAction *m_builtInLabels;
    QAction *m_chooseWorkspace;
    QAction *m_showWorkspace;
    QWidget *m_window;
    QString m_taken; ///< what to say when a file on classes has been read
    LatestTask m_lookTask{this};
};

} // namespace earmark::ui
