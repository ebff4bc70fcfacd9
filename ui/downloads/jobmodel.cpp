#include "ui/downloads/jobmodel.h"

#include "base/format.h"
#include "ui/widgets/formatting.h"

#include <QFontDatabase>

#include <algorithm>

namespace earmark::ui {

using namespace Qt::StringLiterals;

JobModel::JobModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

template <class Clip>
void JobModel::take(std::vector<Clip> &now, const std::vector<Clip> &next, int first)
{
    for (int at = static_cast<int>(now.size()) - 1; at >= 0; --at) {
        const auto clip = now.begin() + at;
        const int row = first + at;
        if (const auto found = std::ranges::find(next, clip->key, &Clip::key); found != next.end()) {
            *clip = *found;
            Q_EMIT dataChanged(index(row, Stage), index(row, Try));
        } else {
            beginRemoveRows({}, row, row);
            now.erase(clip);
            endRemoveRows();
        }
    }
    for (const Clip &clip : next) {
        if (std::ranges::find(now, clip.key, &Clip::key) != now.end())
            continue;
        const int row = first + static_cast<int>(now.size());
        beginInsertRows({}, row, row);
        now.push_back(clip);
        endInsertRows();
    }
}

void JobModel::setJobs(const std::vector<download::RunningJob> &running,
                       std::vector<download::WaitingClip> waiting, download::Moment now)
{
    m_now = now;
    if (waiting.size() > MostWaiting)
        waiting.resize(MostWaiting);
    take(m_running, running, 0);
    take(m_waiting, waiting, static_cast<int>(m_running.size()));
}

const download::WaitingClip *JobModel::waiting(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    return at < m_running.size() ? nullptr : &m_waiting[at - m_running.size()];
}

const SegmentKey &JobModel::key(int row) const
{
    const auto *clip = waiting(row);
    return clip ? clip->key : m_running[static_cast<std::size_t>(row)].key;
}

int JobModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_running.size() + m_waiting.size());
}

int JobModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JobModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto *clip = waiting(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return clip ? text(*clip, index.column())
                    : text(m_running[static_cast<std::size_t>(index.row())], index.column());
    case Qt::ToolTipRole:
        return clip ? QVariant(clip->reason) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == Time || index.column() == Speed ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                                                 : QVariant();
    case Qt::FontRole:
        return index.column() == Segment ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QVariant();
    case ProgressRole:
        return clip ? QVariant() : QVariant(m_running[static_cast<std::size_t>(index.row())].fraction);
    case KeyRole:
        return QVariant::fromValue(key(index.row()));
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
        return keyword(job.stage);
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

QString JobModel::text(const download::WaitingClip &clip, int column)
{
    switch (column) {
    case Segment:
        return clip.key.stem();
    case Stage:
        return failureText(clip.failure);
    case Progress:
        return u"%1: %2"_s.arg(retryText(clip), clip.reason);
    default:
        return {};
    }
}

int JobModel::rowOf(const SegmentKey &key) const
{
    const auto job = std::ranges::find(m_running, key, &download::RunningJob::key);
    return job == m_running.end() ? -1 : static_cast<int>(job - m_running.begin());
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
