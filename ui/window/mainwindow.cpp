#include "ui/window/mainwindow.h"

#include "base/format.h"
#include "playback/player.h"
#include "session/session.h"
#include "ui/clip/clippanel.h"
#include "ui/clip/playeractions.h"
#include "ui/clip/spectrumpicture.h"
#include "ui/downloads/downloadcontroller.h"
#include "ui/downloads/downloadpanel.h"
#include "ui/downloads/downloadsettingscontrol.h"
#include "ui/downloads/endnotice.h"
#include "ui/downloads/failurepanel.h"
#include "ui/downloads/queuebanners.h"
#include "ui/export/exporter.h"
#include "ui/files/opencontroller.h"
#include "ui/labels/labelpanel.h"
#include "ui/official/officialfiles.h"
#include "ui/review/audition.h"
#include "ui/review/auditionmode.h"
#include "ui/review/auditionpage.h"
#include "ui/review/reviewactions.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/rowactions.h"
#include "ui/segments/segmentpage.h"
#include "ui/segments/segmentselection.h"
#include "ui/segments/selectactions.h"
#include "ui/settings/keysdialog.h"
#include "ui/settings/settings.h"
#include "ui/tools/logdialog.h"
#include "ui/tools/toolscontroller.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/bannerstack.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/formatting.h"
#include "ui/widgets/loadbar.h"
#include "ui/window/menus.h"
#include "ui/window/statusline.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QDockWidget>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTableView>
#include <QToolBar>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto FollowPause = 100ms;

} // namespace

MainWindow::MainWindow(session::Session &session, Settings &settings, Theme &theme, playback::Player &player,
                       const QString &fixedWorkspace)
    : m_session(session)
    , m_settings(settings)
    , m_theme(theme)
    , m_actions(new ActionRegistry(this))
    , m_banners(new BannerStack(this))
    , m_loadBar(new LoadBar(this))
    , m_page(new SegmentPage(session, settings, this))
    , m_stack(new QStackedWidget(this))
    , m_filterRow(new QToolBar(tr("Filter row"), this))
    , m_stage(new ClipStage(session, player, this))
    , m_follow(FollowPause, [this] { follow(); })
    , m_audition(new Audition(session, *m_stage, this))
    , m_files(new OpenController(session, settings, *m_banners, *m_actions, fixedWorkspace, this))
    , m_toolFinder(new ToolsController(session, settings, *m_banners, *m_actions, this))
{
    setAcceptDrops(true);
    resize(1280, 800);
    auto *selecting = new SelectActions(session, *m_page, settings, *m_actions, this);
    new RowActions(session, *m_page, *m_banners, *m_actions, this);
    m_downloads = new DownloadController(session, *m_page, *m_stage, *m_files, *m_banners, *m_actions, this);
    connect(selecting, &SelectActions::downloadRequested, m_downloads, &DownloadController::download);
    m_engine = new DownloadSettingsControl(session, *m_page, settings, *m_banners, *m_actions, this);
    m_official = new OfficialFiles(session, settings, *m_files, *m_actions, this);
    new PlayerActions(*m_stage, settings, *m_actions, this);
    m_review = new ReviewActions(session, *m_audition, *m_stage, *m_page, *m_actions, this);
    new Exporter(session, settings, *m_page, *m_banners, *m_actions, this);
    addOwnActions();
    connect(m_files, &OpenController::undoRequested, (*m_actions)["review.undoVerdict"_L1],
            &QAction::trigger);
    // What shows actions: not before there are all.
    m_clip = new ClipPanel(session, *m_stage, *m_actions, ClipPanel::Shape::Dock, this);
    m_auditionPage = new AuditionPage(session, *m_stage, *m_audition, settings, *m_actions, this);
    m_auditionMode = new AuditionMode(*this, *m_stack, *m_filterRow, session, settings, *m_page, *m_audition,
                                      *m_auditionPage, *m_actions);
    m_labels = new LabelPanel(session, *m_page, settings, this);
    m_downloadPanel = new DownloadPanel(session, *m_actions, this);
    m_failures = new FailurePanel(session, this);
    m_queueBanners = new QueueBanners(session, *m_page, *m_banners, *m_actions, this);
    m_status = new StatusLine(session, *m_page, *(*m_actions)["tools.tools"_L1], *statusBar());
    makeFilterRow();
    makeCentre();
    makeDocks();
    m_actions->setKeys(settings.keys());
    fillMenus(*this, *m_actions, *m_files, *m_auditionPage, *m_page->table().horizontalHeader(), m_settings,
              m_theme);
    connectReview();

    connect(&session, &session::Session::openingStarted, m_loadBar, &LoadBar::begin);
    connect(&session, &session::Session::openingProgressed, m_loadBar, &LoadBar::setProgress);
    connect(&session, &session::Session::openingEnded, m_loadBar, &LoadBar::end);
    connect(m_loadBar, &LoadBar::cancelled, &session, &session::Session::cancelOpening);
    connect(&session, &session::Session::splitChanged, this, [this] {
        m_stack->setCurrentWidget(m_page);
        m_filterRow->show();
        m_page->begin();
        updateTitle();
    });
    connect(m_downloadPanel, &DownloadPanel::refreshed, this, &MainWindow::updateTitle);
    connect(m_queueBanners, &QueueBanners::ended, new EndNotice(this), &EndNotice::tell);
    connect(m_queueBanners, &QueueBanners::settingsRequested, m_engine, &DownloadSettingsControl::open);
    connect(m_queueBanners, &QueueBanners::logRequested, m_downloads, &DownloadController::showLog);
    connect(m_queueBanners, &QueueBanners::explanationRequested, this,
            [this] { (new LogDialog(this))->show(); });
    connect(m_downloadPanel, &DownloadPanel::logRequested, m_downloads, &DownloadController::showLog);
    const auto showTools = [this] { m_status->showTools(m_toolFinder->reports()); };
    connect(m_toolFinder, &ToolsController::found, m_status, showTools);
    connect(m_toolFinder, &ToolsController::examined, m_status, showTools);
    connect(&session, &session::Session::queueChanged, m_status, showTools); // of another source, too

    restoreGeometry(settings.geometry());
    restoreState(settings.docks());
    m_filterRow->hide(); // until there is something to find
    updateTitle();
}

MainWindow::~MainWindow() = default;

void MainWindow::begin(const StartOptions &options)
{
    // The demo is to work wherever it is tried, whatever was set for YouTube.
    if (!options.demo)
        m_session.setEngine(m_settings.engine());
    m_toolFinder->find();
    m_official->begin();
    const QString labels = options.labels.isEmpty() ? m_settings.labelFile() : options.labels;
    if (!labels.isEmpty())
        m_session.openLabels(labels);
    if (!options.split.isEmpty())
        m_files->openSplit(options.split);
    else if (options.demo)
        m_files->openSample();
    else
        m_stack->currentWidget()->setFocus();
}

/// Across the whole window: what one looks for decides what all its parts show.
void MainWindow::makeFilterRow()
{
    FilterBar &filter = m_page->filter();
    using Show = ActionButton::Show;
    for (const auto &[id, show] : {std::pair("downloads.downloadSelected"_L1, Show::IconOnly),
                                   std::pair("downloads.downloadFound"_L1, Show::IconAndText),
                                   std::pair("review.auditionFound"_L1, Show::IconOnly),
                                   std::pair("export.exportManifest"_L1, Show::IconOnly)})
        filter.addButton(new ActionButton(*(*m_actions)[id], show, &filter));
    m_filterRow->setObjectName(u"filterRow"_s);
    m_filterRow->setMovable(false);
    m_filterRow->setContextMenuPolicy(Qt::PreventContextMenu);
    m_filterRow->toggleViewAction()->setVisible(false);
    m_filterRow->addWidget(&filter);
    addToolBar(m_filterRow);
}

void MainWindow::makeCentre()
{
    constexpr auto ContextMenu = // "|": a separator
        "downloads.downloadSelected downloads.cancelSelected downloads.retrySelected "
        "downloads.downloadAgain downloads.showLog | clip.play review.keep review.reject review.undecide "
        "review.flag segments.openInBrowser segments.likeThis | segments.copyLines segments.copyIds "
        "segments.copyAddresses"_L1;
    for (const QLatin1StringView id : ContextMenu.tokenize(u' ')) {
        if (id == "|"_L1) {
            auto *separator = new QAction(this);
            separator->setSeparator(true);
            m_page->table().addAction(separator);
        } else {
            m_page->table().addAction((*m_actions)[id]);
        }
    }

    m_stack->addWidget(
        new EmptyState({(*m_actions)["files.openSplit"_L1], (*m_actions)["files.openSample"_L1],
                        (*m_actions)["official.officialFiles"_L1]},
                       m_stack));
    m_stack->addWidget(m_page);
    m_stack->addWidget(m_auditionPage);
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_banners);
    column->addWidget(m_loadBar);
    column->addWidget(m_stack, 1);
    setCentralWidget(centre);
}

void MainWindow::makeDocks()
{
    const auto add = [this](const QString &name, const QString &title, QWidget *content,
                            Qt::DockWidgetArea area) {
        auto *dock = new QDockWidget(title, this);
        dock->setObjectName(name);
        dock->setAccessibleName(title);
        dock->setWidget(content);
        addDockWidget(area, dock);
        return dock;
    };
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    auto *clip = add(u"clip"_s, tr("Clip"), m_clip, Qt::RightDockWidgetArea);
    auto *labels = add(u"labelsDock"_s, tr("Labels"), m_labels, Qt::LeftDockWidgetArea);
    m_actions->add("labels.findLabel"_L1, tr("Find &label"), tr("Go to the search of the label panel"),
                   u"labels"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_L}, this, [this, labels] {
                       labels->show();
                       labels->raise();
                       m_labels->focusSearch();
                   });
    auto *downloads = add(u"downloads"_s, tr("Downloads"), m_downloadPanel, Qt::BottomDockWidgetArea);
    auto *failures = add(u"failuresDock"_s, tr("Failures"), m_failures, Qt::BottomDockWidgetArea);
    tabifyDockWidget(downloads, failures);
    downloads->raise();
    connect(m_downloadPanel, &DownloadPanel::showFailuresRequested, failures, [this, failures] {
        failures->show();
        failures->raise();
        m_failures->focusReasons();
    });
    connect(m_failures, &FailurePanel::showRequested, this,
            [this](const QString &query) { m_page->filter().setText(query); });
    resizeDocks({labels, clip}, {310, 300}, Qt::Horizontal);
    resizeDocks({downloads}, {170}, Qt::Vertical);
}

void MainWindow::addOwnActions()
{
    m_actions->add("window.quit"_L1, tr("&Quit"), tr("Close Earmark; downloads go on the next time"),
                   u"close"_s, {Qt::CTRL | Qt::Key_Q}, this, // QKeySequence::Quit is no key on some desktops
                   &QWidget::close);
    m_actions->add("settings.keys"_L1, tr("&Keys…"), tr("Show all keys, and change them"), u"keyboard"_s,
                   {Qt::Key_Question, Qt::Key_F1}, this, [this] {
                       auto *dialog = new KeysDialog(*m_actions, m_settings, this);
                       dialog->show();
                       dialog->select(m_audition->isOn() ? *(*m_actions)["review.keep"_L1]
                                                         : *m_actions->all().front());
                   });
    m_actions->add("window.about"_L1, tr("&About Earmark"), tr("What Earmark is, and which version this is"),
                   u"info"_s, {}, this, &MainWindow::showAbout);
}

/// What is shown stays while the filter has an error: half a condition hides every row for a moment.
void MainWindow::follow()
{
    if (!m_audition->isOn() && m_page->filter().query())
        m_stage->show(m_page->currentRow());
}

void MainWindow::connectReview()
{
    connect(m_page, &SegmentPage::currentChanged, this, [this] {
        m_follow.stop();
        if (m_page->selection().isChosen())
            follow();
        else // another first line at each key of a filter: nobody looks at its clip while typing
            m_follow.start();
    });
    const auto say = [this](const QString &text) {
        if (m_audition->isOn())
            m_auditionPage->say(text);
        else
            m_status->say(text);
    };
    connect(m_review, &ReviewActions::said, this, say);
    connect(m_auditionMode, &AuditionMode::refused, this, say);
    for (ClipPanel *panel : {m_clip, &m_auditionPage->clip()}) {
        panel->setLook(m_settings.spectrumLook());
        connect(panel, &ClipPanel::labelDoubted, m_review, &ReviewActions::doubt);
        connect(m_auditionPage, &AuditionPage::lookChanged, panel, &ClipPanel::setLook);
    }
}

void MainWindow::updateTitle()
{
    QString title = QGuiApplication::applicationDisplayName();
    if (m_session.split())
        title.prepend((m_session.isSample() ? tr("Sample") : nameOf(m_session.split()->path)) + u" – "_s);
    const auto *queue = m_session.queue();
    if (queue && queue->isActive()) {
        if (const auto done = m_downloadPanel->fraction())
            title.prepend(u"%1 % – "_s.arg(static_cast<int>(*done * 100)));
    }
    setWindowTitle(title);
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Earmark"));
    box->setIconPixmap(windowIcon().pixmap(64));
    box->setText(tr("Earmark %1").arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
        tr("Builds audio datasets from AudioSet: pick classes, download the clips, review them, export a "
           "manifest.\n\nThe class names are AudioSet's (CC BY 4.0). Earmark works with yt-dlp, "
           "FFmpeg, Qt and SQLite."));
    box->open();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_files->isDownloading() && !m_mayClose) {
        event->ignore();
        m_files->leave(tr("Quit Earmark?"), tr("Quit"), [this] {
            m_mayClose = true;
            close();
        });
        return;
    }
    m_page->saveColumns();
    m_settings.geometry = saveGeometry();
    m_settings.docks = m_auditionMode->docks();
    event->accept();
}

/// Qt takes a dock behind the tab of another one for visible, and all controls in it: it lies outside.
bool MainWindow::focusNextPrevChild(bool next)
{
    const QWidget *from = focusWidget();
    const auto isBehindTab = [this](const QWidget *widget) {
        while (widget && widget->parentWidget() != this)
            widget = widget->parentWidget();
        return widget && !widget->isWindow() && !rect().intersects(widget->geometry());
    };
    bool moved = QMainWindow::focusNextPrevChild(next);
    while (moved && focusWidget() != from && isBehindTab(focusWidget()))
        moved = QMainWindow::focusNextPrevChild(next);
    return moved;
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (OpenController::canDrop(*event->mimeData()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    m_files->openDropped(*event->mimeData());
}

} // namespace earmark::ui
