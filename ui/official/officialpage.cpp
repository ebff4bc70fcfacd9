#include "ui/official/officialpage.h"

#include "net/address.h"
#include "ui/official/officialdelegate.h"
#include "ui/settings/settings.h"
#include "ui/widgets/dialogbutton.h"
#include "ui/widgets/listtable.h"

#include <QBoxLayout>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QDir>
#include <QFormLayout>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using official::Kind;
using official::OfficialStore;
using Stage = OfficialStore::Stage;

OfficialPage::OfficialPage(OfficialStore &store, Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_store(store)
    , m_settings(settings)
    , m_model(store)
    , m_view(new QTableView(this))
    , m_details(new QLabel(this))
    , m_fetch(
          dialogButton(u"download"_s, tr("&Fetch"), tr("Fetch this file from its official address"), this))
    , m_cancel(
          dialogButton(u"close"_s, tr("Ca&ncel"), tr("Stop fetching this file; what came is kept"), this))
    , m_use(dialogButton(u"open"_s, tr("&Open"), tr("Work with this file"), this))
    , m_fetchMissing(dialogButton(u"downloadall"_s, tr("Fetch all that is &missing"),
                                  tr("Fetch every file that is not there yet"), this))
    , m_showFolder(
          dialogButton(u"folder"_s, tr("&Show folder"), tr("Show the files in the file manager"), this))
    , m_corpus(new QLineEdit(this))
    , m_ontology(new QLineEdit(this))
    , m_addressProblem(new QLabel(this))
    , m_reset(dialogButton(u"retry"_s, tr("R&eset"), tr("Go back to the official addresses"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Official files"));
    resize(1000, 660);

    m_view->setModel(&m_model);
    m_view->setItemDelegate(new OfficialDelegate(m_view));
    makeList(*m_view, tr("Official files"));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    auto *header = m_view->horizontalHeader();
    header->setSectionResizeMode(OfficialModel::Title, QHeaderView::ResizeToContents);
    header->resizeSection(OfficialModel::About, 300);
    header->resizeSection(OfficialModel::Size, fontMetrics().horizontalAdvance(u"888.8 MB"_s) + 24);
    m_view->selectRow(0);
    m_details->setAccessibleName(tr("About this file"));
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->setMinimumHeight(4 * fontMetrics().lineSpacing());
    m_details->setAlignment(Qt::AlignLeft | Qt::AlignTop);

    auto *row = new QHBoxLayout;
    for (QPushButton *button : {m_fetch, m_cancel, m_use})
        row->addWidget(button);
    row->addStretch(1);
    row->addWidget(m_fetchMissing);
    row->addWidget(m_showFolder);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addWidget(m_view, 1);
    column->addWidget(m_details);
    column->addLayout(row);
    column->addWidget(makeAddresses());
    column->addWidget(buttons);

    connect(&store, &OfficialStore::changed, this, &OfficialPage::update);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &OfficialPage::update);
    connect(m_view, &QAbstractItemView::activated, this, &OfficialPage::activate);
    connect(m_fetch, &QPushButton::clicked, this,
            [this] { m_store.fetch(static_cast<std::size_t>(current())); });
    connect(m_cancel, &QPushButton::clicked, this,
            [this] { m_store.cancel(static_cast<std::size_t>(current())); });
    connect(m_use, &QPushButton::clicked, this, &OfficialPage::use);
    connect(m_fetchMissing, &QPushButton::clicked, &store, &OfficialStore::fetchMissing);
    connect(m_showFolder, &QPushButton::clicked, this, [this] {
        QDir().mkpath(m_store.folder());
        QDesktopServices::openUrl(QUrl::fromLocalFile(m_store.folder()));
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    restoreGeometry(settings.officialGeometry());
    m_view->setFocus();
    update();
}

OfficialPage::~OfficialPage()
{
    m_settings.officialGeometry = saveGeometry();
}

QWidget *OfficialPage::makeAddresses()
{
    auto *box = new QGroupBox(tr("Addresses"), this);
    m_corpus->setAccessibleName(tr("Address of the corpus"));
    m_corpus->setToolTip(tr("Where the splits, the label map, the ratings and the strong labels are"));
    m_ontology->setAccessibleName(tr("Address of the ontology"));
    m_ontology->setToolTip(tr("Where ontology.json is"));
    m_addressProblem->setAccessibleName(tr("What is wrong with the addresses"));
    m_addressProblem->setWordWrap(true);
    auto *form = new QFormLayout(box);
    form->addRow(tr("Cor&pus:"), m_corpus);
    form->addRow(tr("On&tology:"), m_ontology);
    auto *last = new QHBoxLayout;
    last->addWidget(m_addressProblem, 1);
    last->addWidget(m_reset);
    form->addRow(last);
    showAddresses();
    for (QLineEdit *edit : {m_corpus, m_ontology})
        connect(edit, &QLineEdit::textChanged, this, &OfficialPage::takeAddresses);
    connect(m_reset, &QPushButton::clicked, this, &OfficialPage::resetAddresses);
    return box;
}

void OfficialPage::showAddresses()
{
    const official::Addresses shown = m_store.addresses(); // that of the first field is taken at once
    m_corpus->setText(shown.corpus.toString());
    m_ontology->setText(shown.ontology.toString());
    m_corpus->setCursorPosition(0);
    m_ontology->setCursorPosition(0);
    m_reset->setEnabled(m_store.addresses() != official::Addresses());
}

/// Taken over while they are typed, when they are good; the last good ones stay otherwise.
void OfficialPage::takeAddresses()
{
    QString problem = net::addressProblem(m_corpus->text());
    if (problem.isEmpty())
        problem = net::addressProblem(m_ontology->text());
    m_addressProblem->setText(problem);
    if (problem.isEmpty()) {
        m_store.setAddresses({QUrl(m_corpus->text().trimmed()), QUrl(m_ontology->text().trimmed())});
        m_settings.officialAddresses = m_store.addresses();
    }
    m_reset->setEnabled(!problem.isEmpty() || m_store.addresses() != official::Addresses());
    update();
}

void OfficialPage::resetAddresses()
{
    m_store.setAddresses({});
    showAddresses();
    m_corpus->setFocus(); // the button is of no more use
}

int OfficialPage::current() const
{
    return m_view->currentIndex().row();
}

void OfficialPage::update()
{
    const bool isAnyMissing = std::ranges::any_of(m_store.entries(), [](const OfficialStore::Entry &entry) {
        return entry.stage == Stage::Missing || entry.stage == Stage::Damaged;
    });
    const bool isGood = m_addressProblem->text().isEmpty();
    m_fetchMissing->setEnabled(isGood && isAnyMissing);
    if (current() < 0)
        return;
    const auto index = static_cast<std::size_t>(current());
    const OfficialStore::Entry &entry = m_store.entries()[index];
    const bool isFetching = m_store.isFetching(index);
    m_fetch->setEnabled(isGood && !isFetching && entry.stage != Stage::Looking);
    const bool isFailed = entry.stage == Stage::Missing && !entry.trouble.isEmpty();
    m_fetch->setText(isFailed                      ? tr("&Retry")
                     : entry.stage == Stage::There ? tr("&Fetch again")
                                                   : tr("&Fetch"));
    m_cancel->setEnabled(isFetching);
    m_use->setText(entry.file->kind == Kind::Segments ? tr("&Open") : tr("&Use"));
    m_use->setEnabled(entry.stage == Stage::There);

    QStringList lines{tr("%1 · %2 · %3").arg(entry.file->fileName, entry.file->about, entry.file->licence),
                      m_store.addresses().of(*entry.file).toDisplayString()};
    if (!entry.trouble.isEmpty())
        lines.append(entry.trouble);
    if (isFetching && !entry.progress.trouble.isEmpty())
        lines.append(entry.progress.trouble);
    if (!entry.finding.warning.isEmpty())
        lines.append(tr("%1 Perhaps AudioSet has published another edition.").arg(entry.finding.warning));
    m_details->setText(lines.join(u'\n'));
}

/// Return or a double click: what one wants of it most.
void OfficialPage::activate()
{
    const Stage stage = m_store.entries()[static_cast<std::size_t>(current())].stage;
    if (stage == Stage::There)
        use();
    else if (m_fetch->isEnabled())
        m_store.fetch(static_cast<std::size_t>(current()));
}

void OfficialPage::use()
{
    if (m_use->isEnabled())
        Q_EMIT useRequested(m_store.path(static_cast<std::size_t>(current())));
}

} // namespace earmark::ui
