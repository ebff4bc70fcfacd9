#include "ui/files/opencontroller.h"

#include "base/format.h"
#include "readers/fileformat.h"
#include "session/session.h"
#include "ui/files/problemdialog.h"
#include "ui/files/workspacedialog.h"
#include "ui/settings/settings.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/ask.h"
#include "ui/widgets/bannerstack.h"
#include "ui/widgets/formatting.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QStandardPaths>
#include <QUrl>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

Topic topicOf(session::Session::Subject subject)
{
    switch (subject) {
    case session::Session::Subject::Split:
        return Topic::Split;
    case session::Session::Subject::Labels:
        return Topic::Labels;
    case session::Session::Subject::Workspace:
        return Topic::Workspace;
    case session::Session::Subject::Ledger:
        return Topic::Ledger;
    case session::Session::Subject::Rules:
        return Topic::Tools;
    }
    return Topic::Split;
}

} // namespace

OpenController::OpenController(session::Session &session, Settings &settings, BannerStack &banners,
                               ActionRegistry &actions, QString fixedWorkspace, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_banners(banners)
    , m_fixedWorkspace(std::move(fixedWorkspace))
    , m_window(window)
{
    actions.add("files.openSplit"_L1, tr("&Open split…"),
                tr("Open a list of segments: a split such as balanced_train_segments.csv, strong labels, "
                   "VGGSound, AudioCaps, MusicCaps, or a former manifest.json"),
                u"open"_s, {QKeySequence::Open}, this, &OpenController::askForSplit);
    actions.add("files.openSample"_L1, tr("Open the &sample"), tr("Open the sample that comes with Earmark"),
                u"sample"_s, {}, this, &OpenController::openSample);
    actions.add("files.openLabels"_L1, tr("Open &label file…"),
                tr("Take class names from a file, such as class_labels_indices.csv"), u"labels"_s,
                {Qt::CTRL | Qt::Key_L}, this, &OpenController::askForLabels);
    m_builtInLabels =
        actions.add("files.builtInLabels"_L1, tr("Use &built-in labels"),
                    tr("Take class names from Earmark's own table"), {}, {}, this, [this] { useLabels({}); });
    m_chooseWorkspace = actions.add("files.chooseWorkspace"_L1, tr("Choose &workspace folder…"),
                                    tr("Choose where the clips of this split are kept"), u"folder"_s, {},
                                    this, &OpenController::chooseWorkspace);
    m_showWorkspace = actions.add(
        "files.showWorkspace"_L1, tr("Show wor&kspace folder"), tr("Show the clips in the file manager"), {},
        {}, this,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_session.workspace()->layout().root())); });
    for (QAction *action : {m_builtInLabels, m_chooseWorkspace, m_showWorkspace})
        action->setEnabled(false);

    connect(&session, &session::Session::failed, this,
            [this](session::Session::Subject subject, const QString &text) {
                m_taken.clear();
                m_banners.show(topicOf(subject), Tone::Error, text);
            });
    connect(&session, &session::Session::recovered, this,
            [this](session::Session::Subject subject) { m_banners.dismiss(topicOf(subject)); });
    connect(&session, &session::Session::splitChanged, this, &OpenController::takeSplit);
    connect(&session, &session::Session::judgementsTaken, this, &OpenController::tellOfJudgements);
    connect(&session, &session::Session::classesChanged, this, [this] {
        m_banners.dismiss(Topic::Labels);
        m_settings.labelFile = absolutePath(m_session.labelFile());
        m_builtInLabels->setEnabled(!m_session.labelFile().isEmpty());
        if (!m_taken.isEmpty())
            m_banners.show(Topic::Labels, Tone::Success, std::exchange(m_taken, {}));
    });
    connect(&session, &session::Session::workspaceChanged, this, [this] {
        m_banners.dismiss(Topic::Workspace);
        m_showWorkspace->setEnabled(m_session.workspace() != nullptr);
    });
}

void OpenController::askForSplit()
{
    const QStringList recent = m_settings.recentSplits();
    const QString folder = recent.isEmpty() ? QString() : QFileInfo(recent.first()).absolutePath();
    askForFile(m_window, FileChoice::Open, tr("Open split"), folder,
               tr("Segments (*.csv *.tsv *.txt *.json *.jsonl);;All files (*)"),
               [this](const QString &path) { open(path); });
}

void OpenController::openSplit(const QString &path)
{
    leave(tr("Open another split?"), tr("Open"),
          [this, path = QFileInfo(path).absoluteFilePath()] { m_session.openSplit(path); });
}

void OpenController::openSample()
{
    leave(tr("Open another split?"), tr("Open"), [this] { m_session.openSample(); });
}

void OpenController::askForLabels()
{
    askForFile(m_window, FileChoice::Open, tr("Open label file"), m_settings.labelFile(),
               tr("Label files (*.csv *.tsv *.txt);;All files (*)"),
               [this](const QString &path) { useLabels(path); });
}

void OpenController::useLabels(const QString &path)
{
    m_taken = path.isEmpty() ? tr("Class names come from Earmark’s own table from now on.")
                             : tr("Class names come from %1 from now on.").arg(path);
    m_session.openLabels(path);
}

bool OpenController::canDrop(const QMimeData &data)
{
    return data.urls().size() == 1 && data.urls().first().isLocalFile();
}

void OpenController::openDropped(const QMimeData &data)
{
    open(data.urls().first().toLocalFile());
}

void OpenController::open(const QString &path)
{
    m_lookTask.run([path](std::stop_token) { return readers::detectFileFormat(path); },
                   [this, path](const Result<readers::FileFormat> &form) {
                       switch (form ? form->kind : readers::FileKind::Split) {
                       case readers::FileKind::LabelFile:
                           useLabels(path);
                           break;
                       case readers::FileKind::Ontology:
                           m_taken = tr("The ontology %1 is used from now on.").arg(path);
                           m_session.openOntology(path);
                           break;
                       case readers::FileKind::QualityRatings:
                           m_taken = tr("The quality ratings %1 are used from now on; filter with "
                                        "quality:>=0.8, for example.")
                                         .arg(path);
                           m_session.openRatings(path);
                           break;
                       default: // a file of segments, or one of which its reader says what is wrong
                           openSplit(path);
                       }
                   });
}

void OpenController::takeSplit()
{
    const auto &split = *m_session.split();
    m_banners.dismiss(Topic::Split);
    m_banners.dismiss(Topic::Problems);
    m_banners.dismiss(Topic::Judgements);
    m_banners.dismiss(Topic::Queue);
    m_banners.dismiss(Topic::Export);
    if (!m_session.isSample())
        m_settings.addRecentSplit(split.path);
    if (split.isUsualLength)
        m_banners.show(
            Topic::Split, Tone::Info,
            tr("%1 names no ends: each segment is taken to be 10 s long.").arg(nameOf(split.path)));
    if (split.problemCount > 0) {
        const QString text =
            split.problemCount == 1
                ? tr("1 line does not fit and was left out.")
                : tr("%1 lines do not fit and were left out.").arg(countText(split.problemCount));
        m_banners.show(Topic::Problems, Tone::Warning, text, {{tr("Show"), [this] { showProblems(); }}});
    }
    m_chooseWorkspace->setEnabled(m_fixedWorkspace.isEmpty());
    QString folder = m_fixedWorkspace.isEmpty() ? m_settings.workspaceOf(split.path) : m_fixedWorkspace;
    // A manifest that lies in a workspace tells of its clips.
    const QString around = QFileInfo(split.path).absolutePath();
    if (folder.isEmpty() && split.kind == readers::FileKind::Manifest &&
        QFileInfo::exists(workspace::Layout(around).ledger()))
        folder = around;
    // A remembered folder that is gone is not made again behind the user's back.
    if (!folder.isEmpty() && (!m_fixedWorkspace.isEmpty() || QFileInfo(folder).isDir()))
        m_session.openWorkspace(folder);
    else
        m_session.closeWorkspace();
}

void OpenController::tellOfJudgements(const review::JudgementImport &takeover)
{
    const QString text = review::describe(takeover, nameOf(m_session.split()->path));
    if (text.isEmpty())
        return;
    std::vector<BannerAction> actions;
    if (const auto step = m_session.workspace()->journal().toUndo(); !takeover.fresh.empty())
        actions.push_back({tr("Undo"), [this, step] {
                               // Not what was judged since.
                               auto *workspace = m_session.workspace();
                               if (workspace && workspace->journal().toUndo() == step)
                                   Q_EMIT undoRequested();
                               m_banners.dismiss(Topic::Judgements);
                           }});
    m_banners.show(Topic::Judgements, takeover.fresh.empty() ? Tone::Info : Tone::Success, text, actions);
}

void OpenController::showProblems()
{
    auto *dialog = new ProblemDialog(*m_session.split(), m_window);
    dialog->show();
}

void OpenController::chooseWorkspace()
{
    if (m_session.split())
        leave(tr("Change the workspace folder?"), tr("Change"), [this] { askForWorkspace(); });
}

void OpenController::askForWorkspace()
{
    if (!m_session.split())
        return;
    auto *dialog = new WorkspaceDialog(
        m_session.workspace() ? m_session.workspace()->layout().root() : proposedWorkspace(), m_window);
    connect(dialog, &WorkspaceDialog::chosen, this,
            [this, split = m_session.split()->path](const QString &folder) {
                m_settings.setWorkspaceOf(split, folder);
                m_session.openWorkspace(folder);
            });
    connect(dialog, &QDialog::rejected, this, &OpenController::workspaceDeclined);
    connect(&m_session, &session::Session::splitChanged, dialog,
            &QDialog::reject); // it asks for the clips of the one before
    dialog->open();
}

QString OpenController::proposedWorkspace() const
{
    const QFileInfo split(m_session.split()->path);
    if (m_session.isSample() || !QFileInfo(split.absolutePath()).isWritable())
        return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + u"/Earmark/"_s +
               split.completeBaseName() + u" clips"_s;
    return split.absolutePath() + u'/' + split.completeBaseName() + u" clips"_s;
}

void OpenController::fillRecent(QMenu &menu)
{
    menu.clear();
    for (const QString &path : m_settings.recentSplits()) {
        QString text = path;
        const QString home = QDir::homePath() + u'/';
        if (text.startsWith(home))
            text.replace(0, home.size(), u"~/"_s);
        menu.addAction(text.replace(u'&', u"&&"_s), this, [this, path] {
            if (!QFileInfo::exists(path))
                m_settings.removeRecentSplit(path); // the banner will say that it is gone
            openSplit(path);
        });
    }
    if (menu.isEmpty())
        menu.addAction(tr("Nothing opened yet"))->setEnabled(false);
}

bool OpenController::isDownloading() const
{
    const auto *queue = m_session.queue();
    return queue && queue->isActive();
}

void OpenController::leave(const QString &question, const QString &yes, std::function<void()> go)
{
    if (!isDownloading()) {
        go();
        return;
    }
    ask(m_window, tr("Downloads are running"), question,
        tr("%1 to go. They stay in the queue, and you can go on with them when you open this split again.")
            .arg(clipsText(m_session.workspace()->counts().unfinished())),
        {{yes, std::move(go)}});
}

} // namespace earmark::ui
