#include "ui/segments/selectionkeeper.h"

#include "ui/models/segmentmodel.h"

#include <QAbstractItemView>
#include <QItemSelectionModel>
#include <QScopedValueRollback>

#include <algorithm>

namespace earmark::ui {

namespace {

/// QItemSelection compares its ranges with one another: scattered rows by the ten thousand would stall the
/// window.
constexpr qsizetype MostRanges = 2'000;

} // namespace

SelectionKeeper::SelectionKeeper(QAbstractItemView &view, SegmentModel &model)
    : QObject(&view)
    , m_view(view)
    , m_model(model)
{
    connect(view.selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (m_isRestoring)
            return;
        m_isChanged = true;
        Q_EMIT selectionChanged();
    });
    connect(view.selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (m_isRestoring)
            return;
        m_current = currentRow();
        Q_EMIT currentChanged();
    });
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &SelectionKeeper::remember);
    connect(&model, &QAbstractItemModel::modelReset, this, &SelectionKeeper::restore);
}

std::vector<dataset::Row> SelectionKeeper::selectedRows() const
{
    std::vector<dataset::Row> rows;
    rows.reserve(static_cast<std::size_t>(selectedCount()));
    for (const QItemSelectionRange &range : m_view.selectionModel()->selection()) {
        for (int line = range.top(); line <= range.bottom(); ++line)
            rows.push_back(m_model.row(line));
    }
    std::ranges::sort(rows);
    return rows;
}

qint64 SelectionKeeper::selectedCount() const
{
    qint64 count = 0;
    for (const QItemSelectionRange &range : m_view.selectionModel()->selection())
        count += range.height();
    return count;
}

std::optional<dataset::Row> SelectionKeeper::currentRow() const
{
    const QModelIndex index = m_view.currentIndex();
    return index.isValid() ? std::optional(m_model.row(index.row())) : std::nullopt;
}

void SelectionKeeper::forget()
{
    m_selected.clear();
    m_current.reset();
    m_isChanged = false;
    m_view.selectionModel()->clear();
    m_isChanged = false;
}

void SelectionKeeper::remember()
{
    if (std::exchange(m_isChanged, false))
        m_selected = selectedRows();
}

void SelectionKeeper::restore()
{
    {
        const QScopedValueRollback restoring(m_isRestoring, true);
        QItemSelection selection;
        const int lastColumn = m_model.columnCount() - 1;
        const auto add = [&](int top, int bottom) {
            selection.append(QItemSelectionRange(m_model.index(top, 0), m_model.index(bottom, lastColumn)));
        };
        const auto visible = m_model.visible();
        auto wanted = m_selected.begin();
        int first = -1; ///< of the run of selected lines that is being gathered
        for (std::size_t line = 0; line < visible.size() && wanted != m_selected.end(); ++line) {
            wanted = std::lower_bound(wanted, m_selected.end(), visible[line]);
            const bool isSelected = wanted != m_selected.end() && *wanted == visible[line];
            const int at = static_cast<int>(line);
            if (isSelected && first < 0)
                first = at;
            const bool ends = !isSelected || line + 1 == visible.size() || wanted + 1 == m_selected.end();
            if (first >= 0 && ends)
                add(std::exchange(first, -1), isSelected ? at : at - 1);
            if (selection.size() > MostRanges)
                break;
        }
        if (selection.size() <= MostRanges)
            m_view.selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
        const auto line = m_current ? m_model.line(*m_current) : std::nullopt;
        if (line) {
            const QModelIndex index = m_model.index(*line, 0);
            m_view.selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
            m_view.scrollTo(index);
        }
    }
    Q_EMIT selectionChanged();
    Q_EMIT currentChanged();
}

} // namespace earmark::ui
