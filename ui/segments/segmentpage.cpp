#include "ui/segments/segmentpage.h"

#include "session/session.h"
#include "ui/segments/columns.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentdelegate.h"
#include "ui/segments/segmentselection.h"
#include "ui/segments/segmentview.h"
#include "ui/settings/settings.h"

#include <QBoxLayout>
#include <QFontDatabase>
#include <QHeaderView>
#include <QMenu>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Widths that show what the columns usually hold. Nearly all segments last ten seconds: the labels need the
/// room more than the durations do.
void setUsualWidths(QHeaderView &header, const QFontMetrics &metrics)
{
    const QFontMetrics fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    header.resizeSection(SegmentModel::State,
                         metrics.horizontalAdvance(u"retry in 10:00, try 2 of 3: …"_s) + 34);
    header.resizeSection(SegmentModel::Segment, fixed.horizontalAdvance(u"-0RWZT-miFs"_s) + 24);
    for (const int column : {SegmentModel::Start, SegmentModel::End, SegmentModel::Duration})
        header.resizeSection(column, metrics.horizontalAdvance(u"0:00:00.0"_s) + 16);
    header.resizeSection(SegmentModel::Verdict, metrics.horizontalAdvance(u"reject"_s) + 56);
    for (const int column :
         {SegmentModel::Loudness, SegmentModel::Peak, SegmentModel::Silence, SegmentModel::Bandwidth}) {
        header.resizeSection(column, metrics.horizontalAdvance(u"−100.0 LUFS"_s) + 16);
        header.hideSection(column);
    }
    header.hideSection(SegmentModel::Duration);
}

} // namespace

SegmentPage::SegmentPage(session::Session &session, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_settings(settings)
    , m_filter(new FilterBar(settings, this))
    , m_view(new SegmentView(this))
    , m_delegate(new SegmentDelegate(m_model, m_view))
    , m_findAgain(250ms, [this] { find(); })
{
    m_view->setModel(&m_model);
    m_view->setItemDelegate(m_delegate);
    m_selection = new SegmentSelection(m_model, *m_view);
    QHeaderView *header = m_view->horizontalHeader();
    setUsualWidths(*header, fontMetrics());
    restoreColumns(*header, settings.columns());
    m_view->setSortingEnabled(true); // and sorts at once by what was remembered

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_filter);
    column->addWidget(m_view, 1);

    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &SegmentPage::takeJobs);
    connect(m_filter, &FilterBar::queryChanged, this, [this] {
        find();
        if (!m_selection->current()) // where one was is no place in other rows
            m_view->scrollToTop();
    });
    connect(m_filter, &FilterBar::errorChanged, this, &SegmentPage::explainEmpty);
    connect(m_filter, &FilterBar::left, this, &SegmentPage::focusTable);
    connect(m_view, &SegmentView::escaped, m_filter, [this] { m_filter->setText({}); });
    connect(m_selection, &SegmentSelection::rowsChanged, this, &SegmentPage::selectionChanged);
    connect(m_selection, &SegmentSelection::segmentChanged, this, &SegmentPage::currentChanged);
    connect(header, &QWidget::customContextMenuRequested, this, [header](const QPoint &at) {
        auto *menu = new QMenu(header);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillColumnMenu(*menu, *header);
        menu->popup(header->mapToGlobal(at));
    });

    connect(&session, &session::Session::splitChanged, this, [this] {
        m_selection->forget();
        takeSplit();
    });
    connect(&session, &session::Session::classesChanged, this, &SegmentPage::takeSplit);
    connect(&session, &session::Session::workspaceChanged, this,
            [this] { m_model.setWorkspace(m_session.workspace()); });
    connect(&session, &session::Session::queueChanged, this, [this] {
        takeJobs();
        if (auto *queue = m_session.queue()) {
            connect(queue, &download::Queue::runningChanged, this, &SegmentPage::takeJobs);
            connect(queue, &download::Queue::stateChanged, this, &SegmentPage::takeJobs);
        }
    });
    connect(&session, &session::Session::rowChanged, this, &SegmentPage::refreshState);
    connect(&session, &session::Session::rowsReset, this, [this] {
        if (changesWithClips())
            find();
        else
            m_model.refreshAll();
    });
}

SegmentPage::~SegmentPage()
{
    delete m_view; // before the model, which it looks at to the last
}

std::vector<segments::Row> SegmentPage::foundRows() const
{
    const auto found = m_model.found();
    return {found.begin(), found.end()};
}

std::vector<segments::Row> SegmentPage::selectedRows() const
{
    return m_selection->rows();
}

qint64 SegmentPage::foundCount() const
{
    return m_model.rowCount();
}

qint64 SegmentPage::selectedCount() const
{
    return m_selection->count();
}

std::optional<segments::Row> SegmentPage::currentRow() const
{
    return m_selection->current();
}

std::optional<segments::LabelNumber> SegmentPage::labelAt(const QPoint &at) const
{
    const QModelIndex index = m_view->indexAt(at);
    if (!index.isValid() || index.column() != SegmentModel::Labels)
        return std::nullopt;
    const auto label = m_delegate->labelAt(at, m_view->visualRect(index), m_view->font(), index);
    if (!label)
        return std::nullopt;
    return m_session.split()->table.labels(m_model.row(index.row()))[static_cast<std::size_t>(*label)];
}

QTableView &SegmentPage::table()
{
    return *m_view;
}

void SegmentPage::focusTable()
{
    m_view->setFocus(Qt::OtherFocusReason);
    m_selection->settle();
}

void SegmentPage::begin()
{
    m_view->setFocus(Qt::OtherFocusReason);
    m_selection->begin();
}

void SegmentPage::saveColumns()
{
    m_settings.columns = ui::saveColumns(*m_view->horizontalHeader());
}

void SegmentPage::takeJobs()
{
    const auto *queue = m_session.queue();
    const auto waiting = queue ? queue->waiting() : std::vector<download::WaitingClip>();
    m_model.setRunning(queue ? queue->running() : std::vector<download::RunningJob>());
    m_model.setWaiting(waiting);
    if (waiting.empty())
        m_second.stop();
    else if (!m_second.isActive())
        m_second.start();
}

void SegmentPage::takeSplit()
{
    m_filter->setClasses(m_session.classes());
    m_findAgain.stop();
    m_view->setMostRows(static_cast<int>(m_session.split() ? m_session.split()->table.size() : 0));
    m_filter->setCheck([searchable = m_session.searchable()](const query::QueryNode &query) {
        return searchable ? searchable->filter.check(query) : std::nullopt;
    });
    m_model.setSplit(m_session.searchable(), m_filter->query());
    takeFound();
}

void SegmentPage::find()
{
    m_findAgain.stop();
    m_model.find(m_filter->query());
    takeFound();
}

void SegmentPage::takeFound()
{
    const bool isQuery = m_filter->query().has_value();
    m_filter->setFound(isQuery ? std::optional<qint64>(m_model.rowCount()) : std::nullopt);
    explainEmpty();
    Q_EMIT foundChanged();
}

void SegmentPage::explainEmpty()
{
    const QString error = m_filter->errorText();
    m_view->setPlaceholder(error.isEmpty() ? tr("No matches. Press Esc to clear the filter.")
                                           : tr("The filter has an error. %1\n"
                                                "Correct the filter, or press Esc to clear it.")
                                                 .arg(error));
}

bool SegmentPage::changesWithClips() const
{
    return m_model.isSortedByClips() || (m_filter->query() && m_filter->query()->clipTerm() != nullptr);
}

void SegmentPage::refreshState(segments::Row row)
{
    m_model.refreshRow(row);
    // Throttled, not debounced: in a long download states never stop changing.
    if (changesWithClips())
        m_findAgain.startOnce();
}

} // namespace earmark::ui
