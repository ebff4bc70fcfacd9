#include "ui/tools/toolspage.h"

#include "session/session.h"
#include "ui/settings/settings.h"
#include "ui/tools/logdialog.h"
#include "ui/tools/scriptpanel.h"
#include "ui/tools/selftestpanel.h"
#include "ui/tools/toolsdelegate.h"
#include "ui/tools/updatepanel.h"
#include "ui/widgets/dialogbutton.h"
#include "ui/widgets/listtable.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

/// Shown of the table: at least the programs and what they lack; at most all that tools::diagnose() gives.
constexpr int LeastToolRows = 5, MostToolRows = 9;

} // namespace

ToolsPage::ToolsPage(ToolsController &finder, tools::ToolStore &store, tools::ToolStore &denos,
                     QWidget *parent)
    : QDialog(parent)
    , m_finder(finder)
    , m_view(new QTableView(this))
    , m_details(new QLabel(this))
    , m_fix(dialogButton(u"settings"_s, tr("Fi&x"), tr("Repair what Earmark can"), this))
    , m_choose(
          dialogButton(u"open"_s, tr("&Choose own…"), tr("Choose the program to use as this tool"), this))
    , m_forget(dialogButton(u"search"_s, tr("Find by &itself"),
                            tr("Forget the program that was chosen, and let Earmark find one"), this))
    , m_copyPlace(dialogButton(u"copy"_s, tr("Copy pl&ace"), tr("Copy where this tool is"), this))
    , m_lookAgain(dialogButton(u"retry"_s, tr("Loo&k again"), tr("Look for the tools again"), this))
    , m_update(new UpdatePanel(store, finder.settings(), this))
    , m_script(new ScriptPanel(denos, this))
    , m_selfTest(new SelfTestPanel([&finder] { return finder.fetchSettings(); }, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Tools"));
    resize(960, 900);

    m_view->setModel(&m_model);
    m_view->setItemDelegate(new ToolsDelegate(m_view));
    makeList(*m_view, tr("Tools"));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    const auto heightOf = [this](int rows) {
        return m_view->horizontalHeader()->sizeHint().height() +
               rows * m_view->verticalHeader()->defaultSectionSize() + 2 * m_view->frameWidth();
    };
    m_view->setMinimumHeight(heightOf(LeastToolRows)); // on a small screen it is scrolled
    m_view->setMaximumHeight(heightOf(MostToolRows));
    auto *header = m_view->horizontalHeader();
    for (const int column : {ToolsModel::Name, ToolsModel::Version, ToolsModel::Age})
        header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    header->resizeSection(ToolsModel::Place, 160);
    m_details->setAccessibleName(tr("About this tool"));
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->setMinimumHeight(4 * fontMetrics().lineSpacing());
    m_details->setAlignment(Qt::AlignLeft | Qt::AlignTop);

    auto *row = new QHBoxLayout;
    for (QPushButton *button : {m_fix, m_choose, m_forget, m_copyPlace})
        row->addWidget(button);
    row->addStretch(1);
    row->addWidget(m_lookAgain);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    auto *pasteLog =
        dialogButton(u"copy"_s, tr("Pas&te a log…"),
                     tr("Explain what a log of yt-dlp means: the causes and the remedies"), this);
    buttons->addButton(pasteLog, QDialogButtonBox::ActionRole);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addWidget(m_view, 100);
    column->addWidget(m_details);
    column->addLayout(row);
    column->addWidget(m_update);
    column->addWidget(m_script);
    column->addWidget(m_selfTest, 1);
    column->addWidget(buttons);

    connect(&finder, &ToolsController::started, this, &ToolsPage::update);
    connect(&finder, &ToolsController::found, this, &ToolsPage::onFound);
    connect(&finder, &ToolsController::examined, this, &ToolsPage::showReports);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ToolsPage::update);
    const auto choose = [this] {
        if (const auto each = kind())
            m_finder.choose(*each, this);
    };
    connect(m_view, &QAbstractItemView::activated, this, choose);
    connect(m_choose, &QPushButton::clicked, this, choose);
    connect(m_forget, &QPushButton::clicked, this, [this] {
        m_finder.forget(*kind());
        m_view->setFocus(); // the button is of no more use
    });
    connect(m_fix, &QPushButton::clicked, this, &ToolsPage::fix);
    connect(m_script, &ScriptPanel::allowed, &finder, &ToolsController::allowSolverScript);
    connect(m_copyPlace, &QPushButton::clicked, this, [this] {
        const auto &report = m_model.reports()[static_cast<std::size_t>(current())];
        QGuiApplication::clipboard()->setText(QDir::toNativeSeparators(report.path));
    });
    connect(m_lookAgain, &QPushButton::clicked, &finder, &ToolsController::find);
    connect(pasteLog, &QPushButton::clicked, this, [this] { (new LogDialog(this))->show(); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    restoreGeometry(finder.settings().toolsGeometry());
    m_view->setFocus();
    showReports();
    if (!finder.tools().ytdlp.name.isEmpty() && !finder.isFinding())
        onFound();
}

ToolsPage::~ToolsPage()
{
    m_finder.settings().toolsGeometry = saveGeometry();
}

void ToolsPage::onFound()
{
    const ytdlp::Tools &found = m_finder.tools();
    m_update->setPathVersion(found.pathYtDlp.isUsable() ? found.pathYtDlp.version : QString());
    m_selfTest->setTools(found);
    m_finder.examine();
    showReports();
}

void ToolsPage::showReports()
{
    const int row = current();
    m_model.setReports(m_finder.reports());
    if (m_model.rowCount() > 0 && current() < 0)
        m_view->selectRow(std::clamp(row, 0, m_model.rowCount() - 1));
    m_script->setAllowed(m_finder.fetchSettings().allowsSolverScript);
    update();
}

std::optional<ToolsController::Kind> ToolsPage::kind() const
{
    if (current() < 0 || current() >= ToolsController::Kinds)
        return {};
    return static_cast<ToolsController::Kind>(current());
}

void ToolsPage::fix()
{
    const auto &report = m_model.reports()[static_cast<std::size_t>(current())];
    if (report.fixes.empty())
        return;
    switch (report.fixes.front()) {
    case tools::Fix::UpdateYtDlp:
        return m_update->start();
    case tools::Fix::FetchDeno:
        return m_script->start();
    case tools::Fix::AllowSolverScript:
        return m_finder.allowSolverScript(true);
    }
}

int ToolsPage::current() const
{
    return m_view->currentIndex().row();
}

void ToolsPage::update()
{
    const bool isLooking = m_finder.isFinding() || m_finder.isExamining();
    m_lookAgain->setEnabled(!m_finder.isFinding());
    const bool isAny = current() >= 0;
    m_choose->setEnabled(kind().has_value());
    m_forget->setEnabled(kind() && m_finder.isChosen(*kind()));
    m_copyPlace->setEnabled(false);
    m_fix->setEnabled(false);
    m_fix->setText(tr("Fi&x"));
    if (!isAny) {
        m_details->setText(tr("Looking for yt-dlp, ffmpeg and a JavaScript runtime …"));
        return;
    }
    const auto &report = m_model.reports()[static_cast<std::size_t>(current())];
    m_copyPlace->setEnabled(!report.path.isEmpty());
    if (!report.fixes.empty()) {
        const tools::Fix fix = report.fixes.front();
        m_fix->setEnabled(true);
        m_fix->setText(fix == tools::Fix::UpdateYtDlp ? tr("Fi&x: update yt-dlp")
                       : fix == tools::Fix::FetchDeno ? tr("Fi&x: fetch deno")
                                                      : tr("Fi&x: allow the solver script"));
    }
    QStringList lines{tr("%1 %2.").arg(report.name, report.purpose)};
    if (!report.path.isEmpty())
        lines.append(report.origin.isEmpty()
                         ? QDir::toNativeSeparators(report.path)
                         : tr("%1 (%2)").arg(QDir::toNativeSeparators(report.path), report.origin));
    lines.append(isLooking ? tr("%1 Looking …").arg(report.sentence) : report.sentence);
    m_details->setText(lines.join(u'\n'));
}

} // namespace earmark::ui
