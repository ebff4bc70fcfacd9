#include "ui/downloads/failurepanel.h"

#include "query/lexer.h"
#include "session/session.h"
#include "ui/theme/icons.h"
#include "ui/widgets/listtable.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include <algorithm>
#include <utility>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Clips that are put into the queue at once: some milliseconds, so that the window stays awake.
constexpr std::size_t ClipsAtOnce = 2'000;

} // namespace

FailurePanel::FailurePanel(session::Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_view(new QTableView(this))
    , m_empty(new QLabel(tr("Nothing has failed."), this))
    , m_retry(new QPushButton(icon(u"retry"_s), tr("Retry this group"), this))
    , m_show(new QPushButton(icon(u"search"_s), tr("Show these"), this))
    , m_refresh(1s, [this] { gather(); })
    , m_next(0ms, [this] { retrySome(); })
{
    m_view->setModel(&m_model);
    makeList(*m_view, tr("Failures by reason"));
    m_view->setColumnWidth(FailureModel::Count, 84);
    m_view->setColumnWidth(FailureModel::Class, 130);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_retry->setAutoDefault(true);
    m_retry->setToolTip(tr("Put the clips that failed for the selected reasons into the queue again"));
    m_show->setAutoDefault(true);
    m_show->setToolTip(tr("Filter the table by the selected reasons"));

    auto *buttons = new QVBoxLayout;
    buttons->addWidget(m_show);
    buttons->addWidget(m_retry);
    buttons->addStretch(1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(10);
    row->addWidget(m_view, 1);
    row->addWidget(m_empty, 1);
    row->addLayout(buttons);

    connect(&session, &session::Session::rowChanged, &m_refresh, &Debounce::startOnce);
    connect(&session, &session::Session::rowsReset, &m_refresh, &Debounce::startOnce);
    connect(&session, &session::Session::queueChanged, this, &FailurePanel::updateButtons);
    connect(&session, &session::Session::workspaceChanged, this, [this] {
        m_finding.cancel();
        m_again.clear();
        gather();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &FailurePanel::updateButtons);
    connect(m_view, &QAbstractItemView::activated, this, &FailurePanel::show);
    connect(m_show, &QPushButton::clicked, this, &FailurePanel::show);
    connect(m_retry, &QPushButton::clicked, this, &FailurePanel::retry);
    take({});
}

void FailurePanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    gather();
}

void FailurePanel::focusReasons()
{
    m_wantsFocus = m_view->isHidden(); // the keyboard must not go where nobody sees it
    if (m_wantsFocus)
        gather();
    else
        m_view->setFocus(Qt::OtherFocusReason);
}

void FailurePanel::gather()
{
    if (!isVisible())
        return; // it is done when somebody looks
    if (!m_session.workspace()) {
        m_gathering.cancel();
        take({});
        return;
    }
    m_gathering.run([clips = m_session.workspace()->clips()](
                        const std::stop_token &stop) { return groupFailures(clips, stop); },
                    [this](const std::vector<FailureGroup> &groups) { take(groups); });
}

void FailurePanel::take(const std::vector<FailureGroup> &groups)
{
    const auto before = selected();
    const bool isReset = m_model.setGroups(groups);
    m_view->setVisible(!groups.empty());
    m_empty->setVisible(groups.empty());
    if (isReset && !groups.empty())
        select(before);
    if (std::exchange(m_wantsFocus, false) && !groups.empty())
        m_view->setFocus(Qt::OtherFocusReason);
    updateButtons();
}

std::vector<FailureGroup> FailurePanel::selected() const
{
    std::vector<FailureGroup> groups;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        groups.push_back(m_model.row(index.row()));
    return groups;
}

void FailurePanel::select(const std::vector<FailureGroup> &groups)
{
    QItemSelection rows;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const bool isIn = std::ranges::any_of(
            groups, [&](const FailureGroup &group) { return group.isSameReason(m_model.row(row)); });
        if (isIn)
            rows.select(m_model.index(row, 0), m_model.index(row, 0));
    }
    if (rows.isEmpty())
        rows.select(m_model.index(0, 0), m_model.index(0, 0));
    m_view->setCurrentIndex(rows.indexes().first());
    m_view->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void FailurePanel::updateButtons()
{
    const bool any = m_view->selectionModel()->hasSelection() && m_model.rowCount() > 0;
    m_show->setEnabled(any);
    m_retry->setEnabled(any && m_session.queue() && m_again.empty());
}

void FailurePanel::show()
{
    QStringList reasons;
    for (const FailureGroup &group : selected())
        reasons += u"reason:"_s + query::quotedIfNeeded(keyword(group.failure) + u": "_s + group.reason);
    if (!reasons.isEmpty())
        Q_EMIT showRequested(reasons.join(u" | "_s));
}

void FailurePanel::retry()
{
    if (!m_session.workspace())
        return;
    m_finding.run([groups = selected(), clips = m_session.workspace()->clips()](
                      const std::stop_token &stop) { return clipsOf(groups, clips, stop); },
                  [this](std::vector<SegmentKey> clips) {
                      m_again = std::move(clips);
                      retrySome();
                  });
}

void FailurePanel::retrySome()
{
    auto *queue = m_session.queue();
    if (!queue)
        m_again.clear();
    const std::size_t count = std::min(m_again.size(), ClipsAtOnce);
    const std::vector<SegmentKey> some(m_again.end() - static_cast<std::ptrdiff_t>(count), m_again.end());
    m_again.resize(m_again.size() - count);
    if (!some.empty())
        queue->retry(some);
    if (!m_again.empty())
        m_next.start();
    updateButtons();
}

} // namespace earmark::ui
