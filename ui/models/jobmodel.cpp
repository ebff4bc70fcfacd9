#include "ui/models/jobmodel.h"

#include "base/format.h"

#include <QFontDatabase>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

JobModel::JobModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void JobModel::setJobs(const std::vector<download::RunningJob> &jobs, download::Moment now)
{
    m_now = now;
    const auto find = [](const std::vector<download::RunningJob> &in, const SegmentKey &key) {
        return std::ranges::find(in, key, &download::RunningJob::key);
    };
    for (int row = rowCount() - 1; row >= 0; --row) {
        const auto at = m_jobs.begin() + row;
        if (const auto found = find(jobs, at->key); found != jobs.end()) {
            *at = *found;
            Q_EMIT dataChanged(index(row, Stage), index(row, Try));
        } else {
            beginRemoveRows({}, row, row);
            m_jobs.erase(at);
            endRemoveRows();
        }
    }
    for (const auto &job : jobs) {
        if (find(m_jobs, job.key) != m_jobs.end())
            continue;
        beginInsertRows({}, rowCount(), rowCount());
        m_jobs.push_back(job);
        endInsertRows();
    }
}

int JobModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

int JobModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JobModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &job = m_jobs[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(job, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == Time || index.column() == Speed ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                                                 : QVariant();
    case Qt::FontRole:
        return index.column() == Segment ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QVariant();
    case ProgressRole:
        return job.fraction;
    case KeyRole:
        return QVariant::fromValue(job.key);
    default:
        return {};
    }
}

QString JobModel::text(const download::RunningJob &job, int column) const
{
    switch (column) {
    case Segment:
        return job.key.stem();
    case Stage:
        return word(job.stage);
    case Progress:
        return u"%1 %"_s.arg(static_cast<int>(job.fraction * 100));
    case Time:
        return spanText(std::max<qint64>((m_now - job.begunAt).count(), 0) / 1000 * 1000);
    case Speed:
        return job.bytesPerSecond > 0 ? bytesText(static_cast<qint64>(job.bytesPerSecond)) + u"/s"_s
                                      : QString();
    case Try:
        return job.attempt > 1 ? tr("try %1").arg(job.attempt) : QString();
    default:
        return {};
    }
}

int JobModel::rowOf(const SegmentKey &key) const
{
    const auto job = std::ranges::find(m_jobs, key, &download::RunningJob::key);
    return job == m_jobs.end() ? -1 : static_cast<int>(job - m_jobs.begin());
}

QVariant JobModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Segment:
        return tr("Segment");
    case Stage:
        return tr("Stage");
    case Progress:
        return tr("Progress");
    case Time:
        return tr("Time");
    case Speed:
        return tr("Speed");
    case Try:
        return tr("Try");
    case Cancel:
        return tr("Cancel");
    default:
        return {};
    }
}

} // namespace earmark::ui
