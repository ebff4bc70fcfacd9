#pragma once

#include "download/queue.h"

#include <QAbstractTableModel>

namespace earmark::ui {

/// The clips that workers hold now, in the order in which they were begun, and then those that failed and
/// wait for their next try.
class JobModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Segment, Stage, Progress, Time, Speed, Try, Cancel, ColumnCount };
    enum Role {
        ProgressRole = Qt::UserRole, ///< 0 to 1; nothing while the clip waits
        KeyRole,                     ///< SegmentKey
    };

    explicit JobModel(QObject *parent = nullptr);

    /// So many of those that wait are listed at the most: nobody reads on.
    static constexpr std::size_t MostWaiting = 50;

    /// Takes over what runs and waits now, by the smallest change: a view keeps its place. `now`: by the
    /// queue's clock.
    void setJobs(const std::vector<download::RunningJob> &running, std::vector<download::WaitingClip> waiting,
                 download::Moment now);
    /// Row of a clip that runs; -1 when it does not.
    int rowOf(const SegmentKey &key) const;
    const SegmentKey &key(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// Brings one of the two lists up to date; its rows begin at `first`.
    template <class Clip>
    void take(std::vector<Clip> &now, const std::vector<Clip> &next, int first);
    /// Null for a row that runs.
    const download::WaitingClip *waiting(int row) const;
    QString text(const download::RunningJob &job, int column) const;
    static QString text(const download::WaitingClip &clip, int column);

    download::Moment m_now{};
    std::vector<download::RunningJob> m_running;
    std::vector<download::WaitingClip> m_waiting;
};

} // namespace earmark::ui
