#include "ui/models/jobmodel.h"

#include <QFontDatabase>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

JobModel::JobModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void JobModel::setJobs(const std::vector<download::RunningJob> &jobs)
{
    const auto find = [](const std::vector<download::RunningJob> &in, const SegmentKey &key) {
        return std::ranges::find(in, key, &download::RunningJob::key);
    };
    for (int row = rowCount() - 1; row >= 0; --row) {
        const auto at = m_jobs.begin() + row;
        if (const auto now = find(jobs, at->key); now != jobs.end()) {
            *at = *now;
            Q_EMIT dataChanged(index(row, Stage), index(row, Progress));
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
        if (index.column() == Segment)
            return job.key.stem();
        if (index.column() == Stage)
            return QString(word(job.stage));
        if (index.column() == Progress)
            return u"%1 %"_s.arg(static_cast<int>(job.fraction * 100));
        return {};
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
    case Cancel:
        return tr("Cancel");
    default:
        return {};
    }
}

} // namespace earmark::ui
