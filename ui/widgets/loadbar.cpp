#include "ui/widgets/loadbar.h"

#include <QBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace earmark::ui {

using namespace std::chrono_literals;

LoadBar::LoadBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_delay(500ms, [this] { show(); })
{
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(true);
    cancel->setAccessibleDescription(tr("Stops reading; what was open stays open"));
    m_bar->setFixedHeight(12);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Reading progress"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(10);
    row->addWidget(m_text);
    row->addWidget(m_bar, 1);
    row->addWidget(cancel);
    hide();

    connect(cancel, &QPushButton::clicked, this, &LoadBar::cancelled);
}

void LoadBar::begin(const QString &name)
{
    m_text->setText(tr("Reading %1 …").arg(name));
    m_bar->setRange(0, 0);
    m_delay.start();
}

void LoadBar::setProgress(qint64 done, qint64 total)
{
    if (total <= 0)
        return;
    // In thousandths: bytes of a large file do not fit a progress bar's int.
    m_bar->setRange(0, 1000);
    m_bar->setValue(static_cast<int>(1000 * done / total));
}

void LoadBar::end()
{
    m_delay.stop();
    hide();
}

} // namespace earmark::ui
