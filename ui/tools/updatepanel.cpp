#include "ui/tools/updatepanel.h"

#include "net/address.h"
#include "ui/settings/settings.h"
#include "ui/tools/storerow.h"
#include "ui/widgets/dialogbutton.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <utility>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using tools::Channel;

UpdatePanel::UpdatePanel(tools::ToolStore &store, Settings &settings, QWidget *parent)
    : QGroupBox(tr("Update yt-dlp"), parent)
    , m_store(store)
    , m_settings(settings)
    , m_channel(new QComboBox(this))
    , m_row(new StoreRow(
          store,
          {.start = tr("&Update"),
           .startTip = tr("Fetch the newest yt-dlp, check it and use it from now on"),
           .again = tr("&Update again"),
           .cancel = tr("Ca&ncel"),
           .cancelName = tr("Cancel"),
           .back = tr("&Go back to %1"),
           .backOwn = tr("&Go back to this computer's own %1"),
           .backNone = tr("&Go back"),
           .backTip = tr("Use the yt-dlp from before the last update"),
           .progressName = tr("Progress of the update"),
           .saidName = tr("What came of the update"),
           .none =
               tr("Earmark uses this computer's own yt-dlp. It asks the network only when you press Update; "
                  "each file is checked against the release's list of SHA-256 before it is used.")},
          this))
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
    auto *label = new QLabel(tr("C&hannel:"), this);
    label->setBuddy(m_channel);
    m_row->addFirst(label);
    m_row->addFirst(m_channel);
    setTabOrder(m_channel, m_row);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_row);
    column->addWidget(makeAddresses());

    connect(&store, &tools::ToolStore::changed, this, [this] { m_channel->setEnabled(!m_store.isBusy()); });
    connect(m_channel, &QComboBox::currentIndexChanged, this,
            [this] { m_settings.releaseChannel = channel(); });
    connect(m_row, &StoreRow::wanted, this, [this] { m_store.update(channel()); });
    m_channel->setEnabled(!m_store.isBusy());
}

void UpdatePanel::start()
{
    m_row->start();
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
    auto *row = new QHBoxLayout;
    for (const auto &[text, edit] :
         {std::pair{tr("Sta&ble from:"), m_stable}, std::pair{tr("Nightly &from:"), m_nightly}}) {
        auto *label = new QLabel(text, box);
        label->setBuddy(edit);
        row->addWidget(label);
        row->addWidget(edit, 1);
    }
    row->addWidget(m_reset);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->addLayout(row);
    column->addWidget(m_addressProblem);
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
        m_settings.releaseAddresses = m_store.addresses();
    }
    m_reset->setEnabled(!problem.isEmpty() || m_store.addresses() != tools::Addresses());
    m_row->setStartable(problem.isEmpty());
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
    m_row->setOwnVersion(version);
}

} // namespace earmark::ui
