#pragma once

#include "base/async.h"
#include "download/queue.h"
#include "segments/sort.h"
#include "session/filterablesplit.h"
#include "workspace/workspace.h"

#include <QAbstractTableModel>
#include <QFont>
#include <QHash>

#include <array>
#include <optional>
#include <span>

namespace earmark::ui {

/// The rows of a split that were found, in the order that the user chose. Thin: the split and the workspace
/// hold the data.
class SegmentModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        State,
        Verdict,
        Segment,
        Start,
        End,
        Duration,
        Loudness,
        Peak,
        Silence,
        Bandwidth,
        Labels,
        ColumnCount
    };
    enum Role {
        StateRole = Qt::UserRole, ///< ClipState as int
        VerdictRole,              ///< Verdict as int
        MarksRole,                ///< ClipMarks as int
        ProgressRole,             ///< 0 to 1; invalid unless a worker holds the clip
        FailureRole,              ///< FailureClass as int
        KeyRole,                  ///< SegmentKey
        NamesRole,                ///< QStringList: the labels' names
        SoughtRole,               ///< QList<bool>: which of the labels the query asks for
    };

    explicit SegmentModel(QObject *parent = nullptr);

    /// Shows what the query finds in a split, in the order that was chosen before; no split or no query:
    /// nothing.
    void setSplit(std::shared_ptr<const session::FilterableSplit> searchable,
                  std::optional<query::QueryNode> query = query::QueryNode());
    /// Where reasons are looked up; null when there is no workspace. It must outlive its stay here.
    void setWorkspace(const workspace::Workspace *workspace) { m_workspace = workspace; }
    /// Shows what the query finds; no query: nothing. All rows change at once, by a reset.
    void find(std::optional<query::QueryNode> query);
    /// What is found now and fits this query besides, in the order of the file.
    std::vector<segments::Row> foundWith(const query::QueryNode &query) const;

    /// Sorts by a column; -1: the order of the file. An order that takes time to make is made on another
    /// thread; until then the rows stay as they are.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    bool isSortedByClips() const { return changesWithClips(m_key); }

    /// What the workers hold now.
    void setRunning(const std::vector<download::RunningJob> &running);
    /// The clips that wait for their next try, and how long.
    void setWaiting(const std::vector<download::WaitingClip> &waiting);
    /// A row's state, reason or labels have changed.
    void refreshRow(segments::Row row);
    /// All of them have.
    void refreshAll();

    /// What was found, in the order of the file.
    std::span<const segments::Row> found() const { return m_found; }
    /// The same, line by line.
    std::span<const segments::Row> visible() const { return isArranged() ? m_arranged : m_found; }
    segments::Row row(int line) const { return visible()[static_cast<std::size_t>(line)]; }
    bool isFound(segments::Row row) const;
    /// The line in which a row of the split is shown; nothing when it is not.
    std::optional<int> line(segments::Row row) const;

    /// Null while there is no split.
    const std::shared_ptr<const session::FilterableSplit> &searchable() const { return m_searchable; }
    QStringList names(segments::Row row) const;
    /// Which of a row's labels the query asks for.
    QList<bool> sought(segments::Row row) const;
    QString text(segments::Row row, int column) const;
    /// 0 to 1; nothing unless a worker holds the clip.
    std::optional<double> progress(segments::Row row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// The name by which a column is remembered: not translated.
    static QString columnName(int column);
    static bool isNumber(int column) { return column >= Start && column <= Bandwidth; }

private:
    /// Null for a clip that does not wait for its next try.
    const download::WaitingClip *waiting(segments::Row row) const;
    using Order = std::shared_ptr<const std::vector<segments::Row>>; ///< all rows of the split

    bool isArranged() const { return m_key != segments::SortKey::File || m_isDescending; }
    const segments::SegmentTable &table() const { return m_searchable->split->table; }
    void seek();
    void wantOrder();
    void arrangeAnew(segments::SortKey key, bool descending);
    void arrange();
    QString stateText(segments::Row row) const;
    QString verdictText(segments::Row row) const;
    QString measureText(segments::Row row, int column) const;
    QString toolTip(segments::Row row, int column) const;

    std::shared_ptr<const session::FilterableSplit> m_searchable;
    std::optional<query::QueryNode> m_query; ///< none: nothing is found
    std::vector<segments::Row> m_found;      ///< ascending
    std::vector<segments::Row> m_arranged;   ///< m_found in another order, if there is one
    std::vector<bool> m_sought;              ///< by label number

    int m_sortColumn = -1; ///< what the user wants …
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    segments::SortKey m_key = segments::SortKey::File; ///< … and what is shown
    bool m_isDescending = false;
    std::array<Order, static_cast<std::size_t>(segments::SortKey::State)> m_orders; ///< what was made, by key
    LatestTask m_sortTask{this};

    std::vector<download::RunningJob> m_running;
    QHash<SegmentKey, download::WaitingClip> m_waiting;
    const workspace::Workspace *m_workspace = nullptr;
    QFont m_fixedFont;
};

} // namespace earmark::ui
