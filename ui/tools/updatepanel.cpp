#include "ui/tools/updatepanel.h"

#include "net/address.h"
#include "ui/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dialogbutton.h"
#include "ui/words.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>

#include <utility>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using tools::Channel;
using Stage = tools::YtDlpStore::Stage;

UpdatePanel::UpdatePanel(tools::YtDlpStore &store, Settings &settings, QWidget *parent)
    : QGroupBox(tr("Update yt-dlp"), parent)
    , m_store(store)
    , m_settings(settings)
    , m_channel(new QComboBox(this))
    , m_update(dialogButton(u"download"_s, tr("&Update"),
                            tr("Fetch the newest yt-dlp, check it and use it from now on"), this))
    , m_cancel(dialogButton(u"close"_s, tr("Ca&ncel"), tr("Stop fetching; what came is kept"), this))
    , m_back(dialogButton(u"undo"_s, tr("&Go back"), tr("Use the yt-dlp from before the last update"), this))
    , m_bar(new QProgressBar(this))
    , m_said(new QLabel(this))
    , m_stable(new QLineEdit(this))
    , m_nightly(new QLineEdit(this))
    , m_addressProblem(new QLabel(this))
    , m_reset(dialogButton(u"retry"_s, tr("R&eset"), tr("Go back to the official addresses"), this))
{
    m_channel->addItem(tr("Stable releases"), static_cast<int>(Channel::Stable));
    m_channel->addItem(tr("Nightly releases"), static_cast<int>(Channel::Nightly));
    m_channel->setCurrentIndex(m_channel->findData(static_cast<int>(settings.releaseChannel())));
    m_channel->setAccessibleName(tr("Channel"));
    m_channel->setToolTip(tr("Nightly releases have what was put right since the last stable one"));
    m_bar->setAccessibleName(tr("Progress of the update"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(120);
    m_said->setAccessibleName(tr("What came of the update"));
    m_said->setWordWrap(true);
    m_said->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_said->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_said->setAlignment(Qt::AlignLeft | Qt::AlignTop);

    auto *label = new QLabel(tr("C&hannel:"), this);
    label->setBuddy(m_channel);
    auto *row = new QHBoxLayout;
    for (QWidget *widget : std::initializer_list<QWidget *>{label, m_channel, m_update, m_cancel, m_bar})
        row->addWidget(widget);
    row->addStretch(1);
    row->addWidget(m_back);
    auto *column = new QVBoxLayout(this);
    column->addLayout(row);
    column->addWidget(m_said);
    column->addWidget(makeAddresses());

    connect(&store, &tools::YtDlpStore::changed, this, &UpdatePanel::update);
    connect(m_channel, &QComboBox::currentIndexChanged, this,
            [this] { m_settings.setReleaseChannel(channel()); });
    connect(m_update, &QPushButton::clicked, this, [this] {
        m_store.update(channel());
        m_isUpdating = true;
        m_cancel->setFocus(); // the keyboard stays where the work goes on
    });
    connect(m_cancel, &QPushButton::clicked, &store, &tools::YtDlpStore::cancel);
    connect(m_back, &QPushButton::clicked, &store, &tools::YtDlpStore::goBack);
    update();
}

QWidget *UpdatePanel::makeAddresses()
{
    auto *box = new QWidget(this);
    m_stable->setAccessibleName(tr("Address of the stable releases"));
    m_nightly->setAccessibleName(tr("Address of the nightly releases"));
    for (QLineEdit *edit : {m_stable, m_nightly})
        edit->setToolTip(tr("Where the file and its SHA2-256SUMS are; a mirror has the same files"));
    m_addressProblem->setAccessibleName(tr("What is wrong with the addresses of releases"));
    m_addressProblem->setWordWrap(true);
    auto *form = new QFormLayout(box);
    form->setContentsMargins({});
    form->addRow(tr("Sta&ble from:"), m_stable);
    auto *last = new QHBoxLayout;
    last->addWidget(m_nightly, 1);
    last->addWidget(m_reset);
    auto *nightlyLabel = new QLabel(tr("Nightly &from:"), box);
    nightlyLabel->setBuddy(m_nightly);
    form->addRow(nightlyLabel, last);
    form->addRow(m_addressProblem);
    showAddresses();
    for (QLineEdit *edit : {m_stable, m_nightly})
        connect(edit, &QLineEdit::textChanged, this, &UpdatePanel::takeAddresses);
    connect(m_reset, &QPushButton::clicked, this, &UpdatePanel::resetAddresses);
    return box;
}

void UpdatePanel::showAddresses()
{
    const tools::Addresses shown = m_store.addresses(); // that of the first field is taken at once
    m_stable->setText(shown.stable.toString());
    m_nightly->setText(shown.nightly.toString());
    m_stable->setCursorPosition(0);
    m_nightly->setCursorPosition(0);
    m_reset->setEnabled(m_store.addresses() != tools::Addresses());
    m_addressProblem->setVisible(!m_addressProblem->text().isEmpty());
}

/// Taken over while they are typed, when they are good; the last good ones stay otherwise.
void UpdatePanel::takeAddresses()
{
    QString problem = net::addressProblem(m_stable->text());
    if (problem.isEmpty())
        problem = net::addressProblem(m_nightly->text());
    m_addressProblem->setText(problem);
    m_addressProblem->setVisible(!problem.isEmpty());
    if (problem.isEmpty()) {
        tools::Addresses addresses = m_store.addresses();
        addresses.stable = QUrl(m_stable->text().trimmed());
        addresses.nightly = QUrl(m_nightly->text().trimmed());
        m_store.setAddresses(addresses);
        m_settings.setReleaseAddresses(m_store.addresses());
    }
    m_reset->setEnabled(!problem.isEmpty() || m_store.addresses() != tools::Addresses());
    update();
}

void UpdatePanel::resetAddresses()
{
    m_store.setAddresses({});
    showAddresses();
    m_stable->setFocus(); // the button is of no more use
}

Channel UpdatePanel::channel() const
{
    return static_cast<Channel>(m_channel->currentData().toInt());
}

void UpdatePanel::setPathVersion(const QString &version)
{
    m_pathVersion = version;
    update();
}

void UpdatePanel::update()
{
    const bool isBusy = m_store.isBusy();
    const tools::ShelfRecord &record = m_store.record();
    const QString before = record.previous.isEmpty() ? m_pathVersion : record.previous;
    m_update->setEnabled(!isBusy && m_addressProblem->text().isEmpty());
    m_update->setText(m_store.hasFailed() ? tr("&Update again") : tr("&Update"));
    m_channel->setEnabled(!isBusy);
    m_cancel->setEnabled(isBusy && m_store.stage() != Stage::Trying);
    if (!isBusy && std::exchange(m_isUpdating, false) && isAncestorOf(window()->focusWidget()))
        m_update->setFocus();
    m_back->setEnabled(!isBusy && record.hasPrevious && !before.isEmpty());
    m_back->setText(!m_back->isEnabled()        ? tr("&Go back")
                    : record.previous.isEmpty() ? tr("&Go back to this computer's own %1").arg(before)
                                                : tr("&Go back to %1").arg(before));

    const net::FetchProgress &progress = m_store.progress();
    m_bar->setVisible(isBusy);
    m_bar->setRange(0, progress.total > 0 ? 1000 : 0);
    if (progress.total > 0)
        m_bar->setValue(static_cast<int>(progress.bytes * 1000 / progress.total));
    QString said = m_store.said();
    switch (m_store.stage()) {
    case Stage::Idle:
        break;
    case Stage::Preparing:
        said = tr("Looking at what is here …");
        break;
    case Stage::Listing:
        said = tr("Fetching the list of checksums …");
        break;
    case Stage::Fetching:
        said = tr("Fetching yt-dlp: %1").arg(progressText(progress));
        break;
    case Stage::Trying:
        said = tr("Trying out yt-dlp …");
        break;
    }
    if (isBusy && !progress.trouble.isEmpty())
        said = progress.trouble + u'.';
    if (said.isEmpty())
        said =
            record.current.isEmpty()
                ? tr("Earmark has fetched none that is in use. It asks the network only when you press "
                     "Update; each file is checked against the release's list of SHA-256 before it is used.")
                : tr("Earmark has fetched yt-dlp %1. The one before is kept for going back.")
                      .arg(record.current);
    m_said->setText(said);
    QPalette palette = this->palette();
    if (m_store.hasFailed() && !isBusy)
        palette.setColor(QPalette::WindowText, coloursFor(palette).error);
    m_said->setPalette(palette);
}

} // namespace earmark::ui
