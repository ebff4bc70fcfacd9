#include "ui/segments/segmentselection.h"

#include "ui/segments/segmentmodel.h"

#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>
#include <memory>

namespace earmark::ui {

namespace {

/// More lines than any screen shows at once.
constexpr int LinesToMirror = 256;
/// So many rows are looked up one by one; more are found in one pass over all that is shown.
constexpr std::size_t Few = 4'096;

} // namespace

SegmentSelection::SegmentSelection(SegmentModel &model, QTableView &view)
    : QItemSelectionModel(&model, &view)
    , m_segments(model)
    , m_view(view)
{
    const std::unique_ptr<QItemSelectionModel> former(view.selectionModel());
    view.setSelectionModel(this);
    connect(this, &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        if (m_isMirroring)
            return;
        m_current = index.isValid() ? std::optional(m_segments.row(index.row())) : std::nullopt;
        m_isUnchosen = false;
        Q_EMIT segmentChanged();
    });
    connect(this, &QItemSelectionModel::currentColumnChanged, this, [this](const QModelIndex &index) {
        if (!m_isMirroring && index.isValid())
            m_column = index.column();
    });
    connect(&model, &QAbstractItemModel::modelReset, this, &SegmentSelection::restore);
    connect(view.verticalScrollBar(), &QScrollBar::valueChanged, this, &SegmentSelection::mirror);
}

std::vector<segments::Row> SegmentSelection::rows() const
{
    std::vector<segments::Row> rows;
    rows.reserve(static_cast<std::size_t>(count()));
    for (const segments::Row row : m_segments.found()) {
        if (m_selected.holds(row))
            rows.push_back(row);
    }
    return rows;
}

std::vector<segments::Row> SegmentSelection::rowsAsShown() const
{
    std::vector<segments::Row> rows;
    rows.reserve(static_cast<std::size_t>(count()));
    for (const segments::Row row : m_segments.visible()) {
        if (m_selected.holds(row))
            rows.push_back(row);
    }
    return rows;
}

qint64 SegmentSelection::count() const
{
    if (m_count)
        return *m_count;
    qint64 count = 0;
    if (m_selected.size() <= Few) {
        m_selected.forEach([&](segments::Row row) { count += m_segments.isFound(row) ? 1 : 0; });
    } else {
        for (const segments::Row row : m_segments.found())
            count += m_selected.holds(row) ? 1 : 0;
    }
    m_count = count;
    return count;
}

std::optional<segments::Row> SegmentSelection::current() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() ? std::optional(m_segments.row(index.row())) : std::nullopt;
}

void SegmentSelection::selectRows(std::span<const segments::Row> rows, bool inAddition)
{
    if (!inAddition)
        m_selected.clear();
    for (const segments::Row row : rows)
        m_selected.insert(row);
    m_before = m_selected;
    m_isUnchosen = false;
    announce();
    const auto shown = m_segments.visible();
    const auto first =
        std::ranges::find_if(shown, [this](segments::Row row) { return m_selected.holds(row); });
    if (!inAddition && first != shown.end())
        goToLine(static_cast<int>(first - shown.begin()));
}

void SegmentSelection::invert()
{
    const RowSet former = m_selected;
    m_selected.clear();
    for (const segments::Row row : m_segments.found()) {
        if (!former.holds(row))
            m_selected.insert(row);
    }
    m_before = m_selected;
    announce();
}

void SegmentSelection::forget()
{
    m_current.reset();
    clear();
}

void SegmentSelection::begin()
{
    m_view.selectRow(0);
    m_isUnchosen = true;
}

void SegmentSelection::settle()
{
    if (count() == 0 && m_selected.size() <= 1) // one row is no more than the place where one was
        m_view.selectRow(std::max(0, currentIndex().row()));
}

void SegmentSelection::select(const QItemSelection &selection, SelectionFlags command)
{
    if (m_isMirroring || command == NoUpdate) {
        QItemSelectionModel::select(selection, command);
        return;
    }
    m_isUnchosen = false;
    // As QItemSelectionModel has it: Current replaces what the last call with it did.
    if (command.testFlag(Clear))
        m_before.clear();
    else if (!command.testFlag(Current))
        m_before = m_selected;
    m_selected = m_before;

    // Columns that were moved come as ranges of their own, of the same lines.
    std::vector<std::pair<int, int>> lines;
    for (const QItemSelectionRange &range : selection) {
        if (range.isValid())
            lines.emplace_back(range.top(), range.bottom());
    }
    std::ranges::sort(lines);
    int next = 0;
    for (const auto &[top, bottom] : lines) {
        for (int line = std::max(top, next); line <= bottom; ++line) {
            const segments::Row row = m_segments.row(line);
            if (command.testFlag(Toggle))
                m_selected.toggle(row);
            else if (command.testFlag(Deselect))
                m_selected.remove(row);
            else if (command.testFlag(Select))
                m_selected.insert(row);
        }
        next = std::max(next, bottom + 1);
    }
    announce();
}

void SegmentSelection::clear()
{
    select(QItemSelection(), Clear);
    clearCurrentIndex();
}

/// The model has been reset: what the base class holds means nothing any more, and what is selected stays.
void SegmentSelection::reset()
{
    const QScopedValueRollback mirroring(m_isMirroring, true);
    QItemSelectionModel::reset();
}

void SegmentSelection::restore()
{
    const auto &searchable = m_segments.searchable();
    const segments::Row rows = searchable ? searchable->split->table.size() : 0;
    if (rows != m_rows) {
        m_rows = rows;
        m_selected = m_before = RowSet(rows);
    }
    m_before = m_selected;
    m_count.reset();
    const auto line = m_current ? m_segments.line(*m_current) : std::nullopt;
    if (m_isUnchosen && line && *line > 0) {
        begin();
        return;
    }
    if (line) {
        const QScopedValueRollback mirroring(m_isMirroring, true);
        goToLine(*line);
    }
    mirror();
    Q_EMIT rowsChanged();
    Q_EMIT segmentChanged();
}

void SegmentSelection::goToLine(int line)
{
    const QModelIndex index = m_segments.index(line, m_column);
    setCurrentIndex(index, NoUpdate);
    m_view.scrollTo(index);
}

void SegmentSelection::mirror()
{
    const QScopedValueRollback mirroring(m_isMirroring, true);
    QItemSelection selection;
    const int lastColumn = m_segments.columnCount() - 1;
    const auto take = [&](int from, int to) {
        for (int line = from; line < to; ++line) {
            if (!m_selected.holds(m_segments.row(line)))
                continue;
            const int top = line;
            while (line + 1 < to && m_selected.holds(m_segments.row(line + 1)))
                ++line;
            selection.append(
                QItemSelectionRange(m_segments.index(top, 0), m_segments.index(line, lastColumn)));
        }
    };
    const int count = m_segments.rowCount();
    const int first = std::clamp(m_view.verticalScrollBar()->value(), 0, count);
    const int end = std::min(first + LinesToMirror, count);
    take(first, end);
    // The current row is asked about wherever it is.
    if (const int line = currentIndex().row(); line >= 0 && line < count && (line < first || line >= end))
        take(line, line + 1);
    QItemSelectionModel::select(selection, ClearAndSelect);
}

void SegmentSelection::announce()
{
    m_count.reset();
    mirror();
    Q_EMIT rowsChanged();
}

} // namespace earmark::ui
