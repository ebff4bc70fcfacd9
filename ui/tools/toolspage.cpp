#include "ui/tools/toolspage.h"

#include "ui/session.h"
#include "ui/settings.h"
#include "ui/toolfinder.h"
#include "ui/tools/logdialog.h"
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

namespace earmark::ui {

using namespace Qt::StringLiterals;

ToolsPage::ToolsPage(ToolFinder &finder, tools::YtDlpStore &store, QWidget *parent)
    : QDialog(parent)
    , m_finder(finder)
    , m_view(new QTableView(this))
    , m_details(new QLabel(this))
    , m_choose(
          dialogButton(u"open"_s, tr("&Choose own…"), tr("Choose the program to use as this tool"), this))
    , m_forget(dialogButton(u"search"_s, tr("Find by &itself"),
                            tr("Forget the program that was chosen, and let Earmark find one"), this))
    , m_copyPlace(dialogButton(u"copy"_s, tr("Copy pl&ace"), tr("Copy where this tool is"), this))
    , m_lookAgain(dialogButton(u"retry"_s, tr("Loo&k again"), tr("Look for the tools again"), this))
    , m_update(new UpdatePanel(store, finder.settings(), this))
    , m_selfTest(new SelfTestPanel([&finder] { return finder.fetchSettings(); }, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Tools"));
    resize(960, 700);

    m_view->setModel(&m_model);
    m_view->setItemDelegate(new ToolsDelegate(m_view));
    makeList(*m_view, tr("Tools"));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setFixedHeight(m_view->horizontalHeader()->sizeHint().height() +
                           3 * m_view->verticalHeader()->defaultSectionSize() + 2 * m_view->frameWidth());
    auto *header = m_view->horizontalHeader();
    for (const int column : {ToolsModel::Name, ToolsModel::Version, ToolsModel::Age})
        header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    header->resizeSection(ToolsModel::Place, 240);
    m_details->setAccessibleName(tr("About this tool"));
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->setMinimumHeight(4 * fontMetrics().lineSpacing());
    m_details->setAlignment(Qt::AlignLeft | Qt::AlignTop);

    auto *row = new QHBoxLayout;
    for (QPushButton *button : {m_choose, m_forget, m_copyPlace})
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
    column->addWidget(m_view);
    column->addWidget(m_details);
    column->addLayout(row);
    column->addWidget(m_update);
    column->addWidget(m_selfTest, 1);
    column->addWidget(buttons);

    connect(&finder, &ToolFinder::started, this, &ToolsPage::update);
    connect(&finder, &ToolFinder::found, this, &ToolsPage::showTools);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ToolsPage::update);
    const auto kind = [this] { return static_cast<ToolFinder::Kind>(current()); };
    connect(m_view, &QAbstractItemView::activated, this, [this, kind] { m_finder.choose(kind(), this); });
    connect(m_choose, &QPushButton::clicked, this, [this, kind] { m_finder.choose(kind(), this); });
    connect(m_forget, &QPushButton::clicked, this, [this, kind] {
        m_finder.forget(kind());
        m_view->setFocus(); // the button is of no more use
    });
    connect(m_copyPlace, &QPushButton::clicked, this, [this] {
        const auto &report = m_model.reports()[static_cast<std::size_t>(current())];
        QGuiApplication::clipboard()->setText(QDir::toNativeSeparators(report.path));
    });
    connect(m_lookAgain, &QPushButton::clicked, &finder, &ToolFinder::find);
    connect(pasteLog, &QPushButton::clicked, this, [this] { (new LogDialog(this))->show(); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    restoreGeometry(finder.settings().toolsGeometry());
    m_view->setFocus();
    showTools();
}

ToolsPage::~ToolsPage()
{
    m_finder.settings().setToolsGeometry(saveGeometry());
}

void ToolsPage::showTools()
{
    const ytdlp::Tools &found = m_finder.tools();
    if (!found.ytdlp.name.isEmpty()) {
        m_model.setReports(tools::reportOf(found, QDate::currentDate()));
        if (current() < 0)
            m_view->selectRow(0);
        m_update->setPathVersion(found.pathYtDlp.isUsable() ? found.pathYtDlp.version : QString());
        m_selfTest->setTools(found);
    }
    update();
}

int ToolsPage::current() const
{
    return m_view->currentIndex().row();
}

void ToolsPage::update()
{
    m_lookAgain->setEnabled(!m_finder.isFinding());
    const bool isAny = current() >= 0;
    for (QPushButton *button : {m_choose, m_forget, m_copyPlace})
        button->setEnabled(isAny);
    if (!isAny) {
        m_details->setText(tr("Looking for yt-dlp, ffmpeg and a JavaScript runtime …"));
        return;
    }
    const auto &report = m_model.reports()[static_cast<std::size_t>(current())];
    m_forget->setEnabled(m_finder.isChosen(static_cast<ToolFinder::Kind>(current())));
    m_copyPlace->setEnabled(!report.path.isEmpty());
    QStringList lines{tr("%1 %2.").arg(report.name, report.purpose)};
    if (!report.path.isEmpty())
        lines.append(tr("%1 (%2)").arg(QDir::toNativeSeparators(report.path), report.origin));
    lines.append(m_finder.isFinding() ? tr("Looking …") : report.sentence);
    m_details->setText(lines.join(u'\n'));
}

} // namespace earmark::ui
