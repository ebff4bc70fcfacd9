#pragma once

#include "download/queue.h"

#include <QAbstractTableModel>

namespace earmark::ui {

/// The clips that workers hold now, in the order in which they were begun.
class JobModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Segment, Stage, Progress, Time, Speed, Try, Cancel, ColumnCount };
    enum Role {
        ProgressRole = Qt::UserRole, ///< 0 to 1
        KeyRole,                     ///< SegmentKey
    };

    explicit JobModel(QObject *parent = nullptr);

    /// Takes over what runs now, by the smallest change: a view keeps its place. `now`: by the queue's clock.
    void setJobs(const std::vector<download::RunningJob> &jobs, download::Moment now);
    /// Row of a clip; -1 when it does not run.
    int rowOf(const SegmentKey &key) const;
    const SegmentKey &key(int row) const { return m_jobs[static_cast<std::size_t>(row)].key; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const download::RunningJob &job, int column) const;

    download::Moment m_now{};
    std::vector<download::RunningJob> m_jobs;
};

} // namespace earmark::ui
