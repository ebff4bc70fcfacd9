#include "ui/tools/storerow.h"

#include "ui/theme/theme.h"
#include "ui/widgets/dialogbutton.h"
#include "ui/widgets/formatting.h"

#include <QBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <utility>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using Stage = tools::ToolStore::Stage;

StoreRow::StoreRow(tools::ToolStore &store, StoreTexts texts, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_texts(std::move(texts))
    , m_row(new QHBoxLayout)
    , m_start(dialogButton(u"download"_s, m_texts.start, m_texts.startTip, this))
    , m_cancel(dialogButton(u"close"_s, m_texts.cancel, tr("Stop fetching; what has come is kept"), this))
    , m_back(dialogButton(u"undo"_s, m_texts.backNone, m_texts.backTip, this))
    , m_bar(new QProgressBar(this))
    , m_said(new QLabel(this))
{
    m_cancel->setAccessibleName(m_texts.cancelName);
    m_bar->setAccessibleName(m_texts.progressName);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(120);
    m_said->setAccessibleName(m_texts.saidName);
    m_said->setWordWrap(true);
    m_said->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_said->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_said->setAlignment(Qt::AlignLeft | Qt::AlignTop);

    for (QWidget *widget : std::initializer_list<QWidget *>{m_start, m_cancel, m_bar})
        m_row->addWidget(widget);
    m_row->addStretch(1);
    m_row->addWidget(m_back);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addLayout(m_row);
    column->addWidget(m_said);

    connect(&store, &tools::ToolStore::changed, this, &StoreRow::update);
    connect(m_start, &QPushButton::clicked, this, &StoreRow::start);
    connect(m_cancel, &QPushButton::clicked, &store, &tools::ToolStore::cancel);
    connect(m_back, &QPushButton::clicked, &store, &tools::ToolStore::goBack);
    update();
}

void StoreRow::addFirst(QWidget *widget)
{
    m_row->insertWidget(m_first++, widget);
}

void StoreRow::setOwnVersion(const QString &version)
{
    m_ownVersion = version;
    update();
}

void StoreRow::setStartable(bool isStartable)
{
    m_isStartable = isStartable;
    update();
}

void StoreRow::start()
{
    if (!m_start->isEnabled())
        return;
    m_isStarted = true;
    Q_EMIT wanted();
    m_cancel->setFocus(); // the keyboard stays where the work goes on
}

void StoreRow::update()
{
    const bool isBusy = m_store.isBusy();
    const tools::InstalledVersions &record = m_store.record();
    const QString before = record.previous.isEmpty() ? m_ownVersion : record.previous;
    m_start->setEnabled(!isBusy && m_isStartable);
    m_start->setText(m_store.hasFailed() ? m_texts.again : m_texts.start);
    m_cancel->setEnabled(isBusy && m_store.stage() != Stage::Trying);
    // What is disabled loses the focus to its neighbour, beside or below.
    if (!isBusy && std::exchange(m_isStarted, false) && parentWidget()->isAncestorOf(window()->focusWidget()))
        m_start->setFocus();
    m_back->setEnabled(!isBusy && record.hasPrevious && !before.isEmpty());
    m_back->setText(!m_back->isEnabled()        ? m_texts.backNone
                    : record.previous.isEmpty() ? m_texts.backOwn.arg(before)
                                                : m_texts.back.arg(before));

    const net::FetchProgress &progress = m_store.progress();
    m_bar->setVisible(isBusy);
    m_bar->setRange(0, progress.total > 0 ? 1000 : 0);
    if (progress.total > 0)
        m_bar->setValue(static_cast<int>(progress.bytes * 1000 / progress.total));
    m_said->setText(sentence());
    QPalette palette = this->palette();
    if (m_store.hasFailed() && !isBusy)
        palette.setColor(QPalette::WindowText, coloursFor(palette).error);
    m_said->setPalette(palette);
}

QString StoreRow::sentence() const
{
    const QString &name = m_store.ware().name;
    if (m_store.isBusy() && !m_store.progress().trouble.isEmpty())
        return m_store.progress().trouble + u'.';
    switch (m_store.stage()) {
    case Stage::Idle:
        break;
    case Stage::Preparing:
        return tr("Looking at what is here …");
    case Stage::Listing:
        return tr("Fetching the list of checksums …");
    case Stage::Fetching:
        return tr("Fetching %1: %2").arg(name, progressText(m_store.progress()));
    case Stage::Trying:
        return tr("Trying out %1 …").arg(name);
    }
    if (!m_store.said().isEmpty())
        return m_store.said();
    const QString &current = m_store.record().current;
    return current.isEmpty()
               ? m_texts.none
               : tr("Earmark has fetched %1 %2. The one before is kept for going back.").arg(name, current);
}

} // namespace earmark::ui
