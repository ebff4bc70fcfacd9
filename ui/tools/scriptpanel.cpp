#include "ui/tools/scriptpanel.h"

#include "ui/tools/storerow.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QSignalBlocker>

namespace earmark::ui {

using namespace Qt::StringLiterals;

ScriptPanel::ScriptPanel(tools::ToolStore &denos, QWidget *parent)
    : QGroupBox(tr("JavaScript of YouTube"), parent)
    , m_row(new StoreRow(
          denos,
          {.start = tr("Fetch &deno"),
           .startTip = tr("Fetch the newest deno, check it and use it from now on"),
           .again = tr("Fetch &deno again"),
           .cancel = tr("Cancel"),
           .cancelName = tr("Cancel fetching deno"),
           .back = tr("Go back to deno %1"),
           .backOwn = tr("Go back to this computer's own %1"),
           .backNone = tr("Go back to the deno before"),
           .backTip = tr("Use what ran the JavaScript before the last fetch"),
           .progressName = tr("Progress of fetching deno"),
           .saidName = tr("What came of fetching deno"),
           .none = tr(
               "deno runs YouTube's JavaScript for yt-dlp. Earmark fetches the official release and checks "
               "its SHA-256; its makers publish no signature.")},
          this))
    , m_allow(
          new QCheckBox(tr("Let yt-dlp do&wnload its solver script from GitHub, where it has none"), this))
{
    m_allow->setToolTip(tr("Not needed with the yt-dlp that Earmark fetches, which brings the script"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_row);
    column->addWidget(m_allow);
    connect(m_row, &StoreRow::wanted, &denos, [&denos] { denos.update(tools::Channel::Stable); });
    connect(m_allow, &QCheckBox::toggled, this, &ScriptPanel::allowed);
}

void ScriptPanel::setOwnVersion(const QString &version)
{
    m_row->setOwnVersion(version);
}

void ScriptPanel::setAllowed(bool isAllowed)
{
    const QSignalBlocker blocker(m_allow);
    m_allow->setChecked(isAllowed);
}

void ScriptPanel::start()
{
    m_row->start();
}

} // namespace earmark::ui
