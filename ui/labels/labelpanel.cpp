#include "ui/labels/labelpanel.h"

#include "session/session.h"
#include "ui/labels/labelview.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentpage.h"
#include "ui/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/widgets/formatting.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStyle>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Change = query::LabelTicks::Change;

/// Counts need their split to stay.
struct LabelPanel::Counting
{
    Counting(std::shared_ptr<const readers::Split> ofSplit, const classes::Classes &classes)
        : split(std::move(ofSplit))
        , counts(split->table, classes)
    {
    }

    std::shared_ptr<const readers::Split> split;
    segments::LabelCounts counts;
};

LabelPanel::LabelPanel(session::Session &session, SegmentPage &page, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_page(page)
    , m_settings(settings)
    , m_search(new QLineEdit(this))
    , m_list(new QPushButton(tr("List"), this))
    , m_view(new LabelView(this))
    , m_refresh(40ms, [this] { refresh(); })
{
    m_search->setAccessibleName(tr("Search labels"));
    m_search->setPlaceholderText(tr("Search classes"));
    m_search->setToolTip(tr("Shows the classes whose names hold these words (Ctrl+Shift+L)"));
    m_search->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_list->setCheckable(true);
    m_list->setAutoDefault(true); // Return presses it: Space plays
    m_list->setAccessibleName(tr("List"));
    m_list->setAccessibleDescription(tr("All classes one below the other, without the tree"));
    m_list->setMaximumWidth(m_list->fontMetrics().horizontalAdvance(m_list->text()) + 28);
    m_list->setToolTip(
        tr("All classes one below the other, each counted for itself; off: the ontology as a tree"));

    m_filter.setSourceModel(&m_model);
    m_view->setModel(&m_filter);
    QHeaderView *header = m_view->header();
    header->setSectionResizeMode(LabelModel::Class, QHeaderView::Stretch);
    fitCounts();
    m_list->setChecked(settings.labelList());
    m_model.setList(settings.labelList());
    restoreOrder();

    auto *row = new QHBoxLayout;
    row->setContentsMargins(8, 6, 8, 6);
    row->addWidget(m_search, 1);
    row->addWidget(m_list);
    setMinimumWidth(fontMetrics().averageCharWidth() * 44);
    showReady();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_view, 1);

    connect(m_search, &QLineEdit::textChanged, this, &LabelPanel::search);
    connect(m_list, &QPushButton::toggled, this, &LabelPanel::setList);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &LabelPanel::saveOrder);
    connect(&m_model, &LabelModel::changeWanted, this, &LabelPanel::change);
    connect(m_view, &LabelView::tickWanted, this, &LabelPanel::tickCurrent);
    connect(m_view, &LabelView::excludeWanted, this, &LabelPanel::excludeCurrent);
    connect(m_view, &LabelView::searchWanted, this, &LabelPanel::focusSearch);
    connect(m_view, &QWidget::customContextMenuRequested, this, &LabelPanel::askForAction);

    connect(&page, &SegmentPage::foundChanged, this, [this] {
        m_isFoundStale = true;
        m_refresh.start(); // anew at each keystroke: it waits for a pause
    });
    const auto takeReady = [this] {
        m_isReadyStale = true;
        m_refresh.startOnce(); // in a long download states never stop changing
    };
    connect(&session, &session::Session::rowChanged, this, takeReady);
    connect(&session, &session::Session::rowsReset, this, takeReady);
    connect(&session, &session::Session::workspaceChanged, this, &LabelPanel::showReady);
    connect(&session, &session::Session::splitChanged, this, &LabelPanel::takeClasses);
    connect(&session, &session::Session::classesChanged, this, &LabelPanel::takeClasses);
    takeClasses();
}

LabelPanel::~LabelPanel() = default;

void LabelPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void LabelPanel::takeClasses()
{
    rememberUnfolded();
    m_counting.reset();
    m_countingTask.cancel();
    m_isFoundStale = m_isReadyStale = true;
    m_model.setClasses(m_session.classes(), m_session.split() ? &m_session.split()->table : nullptr);
    unfoldAgain();
    if (const QModelIndex others = m_model.onlyOthers(); others.isValid())
        m_view->expand(m_filter.mapFromSource(others));
    m_refresh.start();
}

void LabelPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_refresh.start();
}

void LabelPanel::refresh()
{
    if (!isVisible())
        return;
    // What cannot be read has no ticks, and none can be added to it.
    m_view->setEnabled(m_page.filter().query().has_value());
    m_model.setQuery(m_page.filter().text());
    if (m_counting) {
        count();
        return;
    }
    if (!m_session.split() || m_countingTask.isRunning())
        return;
    m_countingTask.run([split = m_session.split(), classes = m_session.classes()](
                           std::stop_token) { return std::make_shared<const Counting>(split, classes); },
                       [this](std::shared_ptr<const Counting> counting) {
                           m_counting = std::move(counting);
                           refresh();
                       });
}

void LabelPanel::count()
{
    if (!m_isFoundStale && !m_isReadyStale)
        return;
    LabelModel::Counts counts = m_model.counts();
    counts.split = m_counting->counts.all();
    if (std::exchange(m_isFoundStale, false))
        counts.found =
            m_page.filter().query() ? std::optional(m_counting->counts.of(m_page.found())) : std::nullopt;
    if (std::exchange(m_isReadyStale, false)) {
        std::vector<segments::Row> playable;
        const auto &table = m_counting->split->table;
        for (segments::Row row = 0; row < table.size(); ++row) {
            if (isPlayable(table.state(row)))
                playable.push_back(row);
        }
        counts.ready = m_counting->counts.of(playable);
    }
    m_model.setCounts(std::move(counts));
}

/// Counts are short, so that the names have the room. Their columns are as wide as they will ever have to be:
/// they must not dance while somebody types.
void LabelPanel::fitCounts()
{
    int width = 0;
    for (const QString &text :
         {shortCountText(88'800), shortCountText(8'880'000),
          m_model.headerData(LabelModel::Ready, Qt::Horizontal, Qt::DisplayRole).toString()})
        width = std::max(width, fontMetrics().horizontalAdvance(text));
    width += 2 * style()->pixelMetric(QStyle::PM_HeaderMargin, nullptr, m_view);
    for (const int column : {LabelModel::Split, LabelModel::Found, LabelModel::Ready}) {
        m_view->header()->setSectionResizeMode(column, QHeaderView::Fixed);
        m_view->header()->resizeSection(column, width);
    }
}

/// What there cannot be takes no room.
void LabelPanel::showReady()
{
    m_view->setColumnHidden(LabelModel::Ready, !m_session.workspace());
}

void LabelPanel::change(Change change, int number)
{
    FilterBar &filter = m_page.filter();
    if (!filter.query())
        return;
    m_model.setQuery(filter.text()); // it may be a moment behind
    filter.setText(m_model.ticks().changed(change, number, m_model.reach()));
    m_model.setQuery(filter.text());
}

void LabelPanel::tickCurrent()
{
    const QModelIndex index = m_view->currentIndex().siblingAtColumn(LabelModel::Class);
    const bool isTicked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    m_filter.setData(index, isTicked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

void LabelPanel::excludeCurrent()
{
    const QModelIndex index = m_view->currentIndex().siblingAtColumn(LabelModel::Class);
    if (!index.isValid() || index.data(LabelModel::NumberRole).toInt() < 0)
        return;
    const bool isExcluded = index.data(LabelModel::ExcludedRole).toBool();
    change(isExcluded ? Change::Include : Change::Exclude, index.data(LabelModel::NumberRole).toInt());
}

void LabelPanel::search()
{
    rememberUnfolded();
    m_filter.setSearch(m_search->text());
    m_view->collapseAll();
    unfoldAgain();
}

void LabelPanel::setList(bool isList)
{
    rememberUnfolded();
    m_model.setList(isList);
    m_settings.labelList = isList;
    unfoldAgain();
}

void LabelPanel::rememberUnfolded()
{
    if (!m_filter.isSearching() && !m_model.isList())
        m_unfolded = unfolded();
}

void LabelPanel::unfoldAgain()
{
    if (m_filter.isSearching())
        unfoldMatches({});
    else
        unfold({});
}

QSet<QString> LabelPanel::unfolded(const QModelIndex &index) const
{
    QSet<QString> mids;
    for (int row = 0; row < m_filter.rowCount(index); ++row) {
        const QModelIndex child = m_filter.index(row, 0, index);
        if (m_view->isExpanded(child)) {
            mids.insert(child.data(LabelModel::MidRole).toString());
            mids.unite(unfolded(child));
        }
    }
    return mids;
}

void LabelPanel::unfold(const QModelIndex &index)
{
    for (int row = 0; row < m_filter.rowCount(index); ++row) {
        const QModelIndex child = m_filter.index(row, 0, index);
        if (m_unfolded.contains(child.data(LabelModel::MidRole).toString())) {
            m_view->expand(child);
            unfold(child);
        }
    }
}

/// Opens what stands above a class that was searched for. True when there is one at or below the index.
bool LabelPanel::unfoldMatches(const QModelIndex &index)
{
    bool isBelow = false;
    for (int row = 0; row < m_filter.rowCount(index); ++row)
        isBelow = unfoldMatches(m_filter.index(row, 0, index)) || isBelow;
    if (isBelow)
        m_view->expand(index);
    return isBelow || (index.isValid() && m_filter.isMatch(index));
}

void LabelPanel::restoreOrder()
{
    const QString order = m_settings.labelOrder();
    const bool isDescending = order.startsWith(u'-');
    for (int column = 0; column < LabelModel::ColumnCount; ++column) {
        if (LabelModel::columnName(column) == order.mid(isDescending ? 1 : 0)) {
            m_view->sortByColumn(column, isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
            return;
        }
    }
    m_view->sortByColumn(-1, Qt::AscendingOrder); // the ontology's own
}

void LabelPanel::saveOrder()
{
    const QHeaderView *header = m_view->header();
    const int column = header->sortIndicatorSection();
    const QString sign = header->sortIndicatorOrder() == Qt::DescendingOrder ? u"-"_s : QString();
    m_settings.labelOrder = column < 0 ? QString() : sign + LabelModel::columnName(column);
}

void LabelPanel::askForAction(const QPoint &at)
{
    const QModelIndex index = m_view->indexAt(at).siblingAtColumn(LabelModel::Class);
    const int number = index.isValid() ? index.data(LabelModel::NumberRole).toInt() : -1;
    auto *menu = new QMenu(m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_model, &QAbstractItemModel::modelReset, menu, &QWidget::close); // other classes: other numbers
    const auto add = [&](const QString &text, auto action) {
        connect(menu->addAction(text), &QAction::triggered, this, action);
    };
    if (number >= 0) {
        const bool isTicked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        const bool isExcluded = index.data(LabelModel::ExcludedRole).toBool();
        add(isTicked ? tr("Un&tick") : tr("&Tick"),
            [=, this] { change(isTicked ? Change::Untick : Change::Tick, number); });
        add(tr("&Only this class"), [=, this] { change(Change::Only, number); });
        add(isExcluded ? tr("No longer &exclude") : tr("&Exclude"),
            [=, this] { change(isExcluded ? Change::Include : Change::Exclude, number); });
        menu->addSeparator();
    }
    if (!m_model.isList()) {
        const QPersistentModelIndex place = index;
        if (index.isValid() && m_filter.hasChildren(index))
            add(tr("E&xpand all below"), [this, place] { m_view->expandRecursively(place); });
        add(tr("&Collapse all"), [this] { m_view->collapseAll(); });
    }
    if (number >= 0) {
        menu->addSeparator();
        const auto copy = [](const QString &text) { QGuiApplication::clipboard()->setText(text); };
        add(tr("Copy &name"), [=, name = m_model.ticks().name(number)] { copy(name); });
        add(tr("Copy &id"), [=, mid = QString::fromUtf8(m_model.ticks().mid(number))] { copy(mid); });
    }
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

bool LabelPanel::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool isLeaving = key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter;
        if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
        if (isLeaving || key == Qt::Key_Escape) {
            m_view->setFocus(Qt::OtherFocusReason);
            if (!m_view->currentIndex().isValid())
                m_view->setCurrentIndex(m_filter.index(0, 0));
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

} // namespace earmark::ui
