#pragma once

#include "dataset/filter.h"
#include "dataset/splitreader.h"
#include "download/queue.h"
#include "workspace/workspace.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <span>

namespace earmark::ui {

/// The rows of a split that were found, in the order of the split. Thin: the split and the workspace hold the
/// data.
class SegmentModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { State, Segment, Start, End, Duration, Labels, ColumnCount };
    enum Role {
        StateRole = Qt::UserRole, ///< ClipState as int
        ProgressRole,             ///< 0 to 1; invalid unless a worker holds the clip
        FailureRole,              ///< FailureClass as int
        KeyRole,                  ///< SegmentKey
        NamesRole,                ///< QStringList: the labels' names
    };

    explicit SegmentModel(QObject *parent = nullptr);

    /// Shows all rows of a split; null: nothing.
    void setSplit(std::shared_ptr<const dataset::Split> split, const dataset::Classes &classes);
    /// Where reasons are looked up; null when there is no workspace. It must outlive its stay here.
    void setWorkspace(const workspace::Workspace *workspace) { m_workspace = workspace; }
    /// Shows what the query finds.
    void find(const dataset::Query &query);

    /// What the workers hold now.
    void setRunning(const std::vector<download::RunningJob> &running);
    /// A row's state, reason or labels have changed.
    void refreshRow(dataset::Row row);
    /// All of them have.
    void refreshAll();

    std::span<const dataset::Row> visible() const { return m_visible; }
    dataset::Row row(int line) const { return m_visible[static_cast<std::size_t>(line)]; }
    /// The line in which a row of the split is shown; nothing when it is not.
    std::optional<int> line(dataset::Row row) const;
    QStringList names(dataset::Row row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// The name by which a column is remembered: not translated.
    static QString columnName(int column);

private:
    QString text(dataset::Row row, int column) const;
    QString stateText(dataset::Row row) const;
    QString toolTip(dataset::Row row, int column) const;
    std::optional<double> progress(const SegmentKey &key) const;

    std::shared_ptr<const dataset::Split> m_split;
    std::unique_ptr<dataset::Filter> m_filter;
    std::vector<QString> m_names;        ///< by label number
    std::vector<dataset::Row> m_visible; ///< ascending
    std::vector<download::RunningJob> m_running;
    const workspace::Workspace *m_workspace = nullptr;
};

} // namespace earmark::ui
