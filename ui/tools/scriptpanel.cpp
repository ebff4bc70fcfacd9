#include "ui/tools/scriptpanel.h"

#include "ui/tools/storerow.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QSignalBlocker>

namespace earmark::ui {

using namespace Qt::StringLiterals;

ScriptPanel::ScriptPanel(tools::ToolStore &denos, QWidget *parent)
    : QGroupBox(tr("YouTube's JavaScript"), parent)
    , m_row(new StoreRow(
          denos,
          {.start = tr("Download &deno"),
           .startTip = tr("Download the newest deno, verify it and use it from now on"),
           .again = tr("Download &deno again"),
           .cancel = tr("Cancel"),
           .cancelName = tr("Cancel download of deno"),
           .back = tr("Go back to deno %1"),
           .backOwn = tr("Go back to this computer's own %1"),
           .backNone = tr("Go back to the previous deno"),
           .backTip = tr("Use the JavaScript runtime from before the last download"),
           .progressName = tr("Progress of the deno download"),
           .saidName = tr("Result of the deno download"),
           .none = tr("deno runs YouTube's JavaScript for yt-dlp. Earmark downloads the official release and "
                      "verifies its SHA-256 checksum; deno publishes no signature.")},
          this))
    , m_allow(new QCheckBox(tr("Let yt-dlp do&wnload its solver script from GitHub if it has none"), this))
{
    m_allow->setToolTip(tr("Not needed with the yt-dlp that Earmark installs, which includes the script"));
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
