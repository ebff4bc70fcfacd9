#include "ui/window/mainwindow.h"

#include "base/format.h"
#include "playback/player.h"
#include "session/session.h"
#include "ui/clip/clippanel.h"
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
#include "ui/segments/columns.h"
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
#include "ui/widgets/bannerstack.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/formatting.h"
#include "ui/widgets/loadbar.h"
#include "ui/window/actions.h"
#include "ui/window/menus.h"
#include "ui/window/statusline.h"

#include <QAction>
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

#include <algorithm>

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
    , m_actions(new Actions(this))
    , m_banners(new BannerStack(this))
    , m_loadBar(new LoadBar(this))
    , m_page(new SegmentPage(session, settings, this))
    , m_stack(new QStackedWidget(this))
    , m_filterRow(new QToolBar(tr("Filter row"), this))
    , m_stage(new ClipStage(session, player, this))
    , m_clip(new ClipPanel(session, *m_stage, *m_actions, ClipPanel::Shape::Dock, this))
    , m_audition(new Audition(session, *m_stage, this))
    , m_auditionPage(new AuditionPage(session, *m_stage, *m_audition, settings, *m_actions, this))
    , m_auditionMode(new AuditionMode(*this, *m_stack, *m_filterRow, session, settings, *m_page, *m_audition,
                                      *m_auditionPage, *m_actions))
    , m_labels(new LabelPanel(session, *m_page, settings, this))
    , m_downloadPanel(new DownloadPanel(session, *m_actions, this))
    , m_failures(new FailurePanel(session, this))
    , m_files(new OpenController(session, settings, *m_banners, *m_actions, fixedWorkspace, this))
    , m_official(new OfficialFiles(session, settings, *m_files, *m_actions, this))
    , m_downloads(new DownloadController(session, *m_page, *m_stage, *m_files, *m_banners, *m_actions, this))
    , m_engine(new DownloadSettingsControl(session, *m_page, settings, *m_banners, *m_actions, this))
    , m_queueBanners(new QueueBanners(session, *m_page, *m_banners, *m_actions, this))
    , m_exporter(new Exporter(session, settings, *m_page, *m_banners, *m_actions, this))
    , m_toolFinder(new ToolsController(session, settings, *m_banners, *m_actions, this))
    , m_status(new StatusLine(session, *m_page, *m_actions->tools, *statusBar()))
{
    setAcceptDrops(true);
    resize(1280, 800);
    makeFilterRow();
    makeCentre();
    makeDocks();
    new RowActions(session, *m_page, *m_banners, *m_actions, this);
    auto *selecting = new SelectActions(session, *m_page, settings, *m_actions, this);
    connect(selecting, &SelectActions::downloadRequested, m_downloads, &DownloadController::download);
    m_actions->setKeys(settings.keys());
    fillMenus(*this, *m_actions, *m_files, *m_auditionPage, *m_page->table().horizontalHeader(), m_settings,
              m_theme);
    connectActions();
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
    for (QAction *action : {m_actions->downloadSelected, m_actions->downloadFound, m_actions->auditionFound,
                            m_actions->exportManifest})
        filter.addButton(new ActionButton(*action,
                                          action == m_actions->downloadFound ? ActionButton::Show::IconAndText
                                                                             : ActionButton::Show::IconOnly,
                                          &filter));
    m_filterRow->setObjectName(u"filterRow"_s);
    m_filterRow->setMovable(false);
    m_filterRow->setContextMenuPolicy(Qt::PreventContextMenu);
    m_filterRow->toggleViewAction()->setVisible(false);
    m_filterRow->addWidget(&filter);
    addToolBar(m_filterRow);
}

void MainWindow::makeCentre()
{
    auto *first = new QAction(this); // separators in the table's context menu
    first->setSeparator(true);
    auto *second = new QAction(this);
    second->setSeparator(true);
    m_page->table().addActions({m_actions->downloadSelected, m_actions->cancelSelected,
                                m_actions->retrySelected, m_actions->downloadAgain, m_actions->showLog, first,
                                m_actions->play, m_actions->keep, m_actions->reject, m_actions->undecide,
                                m_actions->flag, m_actions->openInBrowser, m_actions->likeThis, second,
                                m_actions->copyLines, m_actions->copyIds, m_actions->copyAddresses});

    m_stack->addWidget(
        new EmptyState({m_actions->openSplit, m_actions->openSample, m_actions->officialFiles}, m_stack));
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
    connect(m_actions->findLabel, &QAction::triggered, this, [this, labels] {
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

void MainWindow::connectActions()
{
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->find, &QAction::triggered, this, [this] { m_page->filter().focusFilter(); });
    connect(m_actions->clearFilter, &QAction::triggered, this, [this] { m_page->filter().setText({}); });
    connect(m_actions->play, &QAction::triggered, m_stage, &ClipStage::toggle);
    connect(m_actions->nextClip, &QAction::triggered, this, [this] { moveCurrent(+1); });
    connect(m_actions->previousClip, &QAction::triggered, this, [this] { moveCurrent(-1); });
    connect(m_actions->sortByColumn, &QAction::triggered, this,
            [this] { sortOn(*m_page->table().horizontalHeader(), currentColumn()); });
    connect(m_actions->columnLeft, &QAction::triggered, this,
            [this] { moveColumn(*m_page->table().horizontalHeader(), currentColumn(), -1); });
    connect(m_actions->columnRight, &QAction::triggered, this,
            [this] { moveColumn(*m_page->table().horizontalHeader(), currentColumn(), +1); });
    connect(m_actions->keys, &QAction::triggered, this, [this] {
        auto *dialog = new KeysDialog(*m_actions, m_settings, this);
        dialog->show();
        dialog->select(m_audition->isOn() ? *m_actions->keep : *m_actions->all().front());
    });
    connect(m_actions->about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::connectReview()
{
    auto *review = new ReviewActions(m_session, *m_audition, *m_stage, *m_page, m_settings, *m_actions, this);
    const auto follow = [this] {
        // What is shown stays while the filter has an error: half a condition hides every row for a moment.
        if (!m_audition->isOn() && m_page->filter().query())
            m_stage->show(m_page->currentRow());
    };
    m_follow.setSingleShot(true);
    m_follow.setInterval(FollowPause);
    connect(&m_follow, &QTimer::timeout, this, follow);
    connect(m_page, &SegmentPage::currentChanged, this, [this, follow] {
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
    connect(review, &ReviewActions::said, this, say);
    connect(m_auditionMode, &AuditionMode::refused, this, say);
    for (ClipPanel *panel : {m_clip, &m_auditionPage->clip()}) {
        panel->setLook(m_settings.spectrumLook());
        connect(panel, &ClipPanel::labelDoubted, review, &ReviewActions::doubt);
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

void MainWindow::moveCurrent(int by)
{
    QTableView &table = m_page->table();
    const QModelIndex current = table.currentIndex();
    const int row = current.isValid() ? current.row() + by : 0;
    if (row >= 0 && row < table.model()->rowCount())
        table.selectRow(row);
}

int MainWindow::currentColumn() const
{
    return std::max(0, m_page->table().currentIndex().column());
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
