#include "ui/downloads/failuremodel.h"

#include "base/format.h"
#include "ui/widgets/formatting.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace earmark::ui {

namespace {

using WhyFailed = std::pair<FailureClass, QString>;

/// Calls it for every failed clip with its number and why it failed.
template <class Visit>
void forEachFailure(const ClipStore &clips, const std::stop_token &stop, Visit visit)
{
    for (ClipStore::Index clip = 0; clip < clips.size() && !stop.stop_requested(); ++clip) {
        if (clips.status(clip).state == ClipState::Failed)
            visit(clip, WhyFailed(clips.status(clip).failure, clips.record(clip).progress.reason));
    }
}

} // namespace

std::vector<FailureGroup> groupFailures(const ClipStore &clips, const std::stop_token &stop)
{
    std::map<WhyFailed, qint64> counts;
    forEachFailure(clips, stop, [&counts](ClipStore::Index, const WhyFailed &reason) { ++counts[reason]; });
    std::vector<FailureGroup> groups;
    for (const auto &[why, count] : counts)
        groups.push_back({why.first, why.second, count});
    std::ranges::sort(groups, [](const FailureGroup &a, const FailureGroup &b) {
        return std::tie(b.count, a.failure, a.reason) < std::tie(a.count, b.failure, b.reason);
    });
    return groups;
}

std::vector<SegmentKey> clipsOf(const std::vector<FailureGroup> &groups, const ClipStore &clips,
                                const std::stop_token &stop)
{
    std::set<WhyFailed> wanted;
    for (const FailureGroup &group : groups)
        wanted.insert({group.failure, group.reason});
    std::vector<SegmentKey> keys;
    forEachFailure(clips, stop, [&](ClipStore::Index clip, const WhyFailed &reason) {
        if (wanted.contains(reason))
            keys.push_back(clips.key(clip));
    });
    return keys;
}

FailureModel::FailureModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

bool FailureModel::setGroups(const std::vector<FailureGroup> &groups)
{
    if (std::ranges::equal(m_groups, groups, &FailureGroup::isSameReason)) {
        for (int row = 0; row < rowCount(); ++row) {
            auto &group = m_groups[static_cast<std::size_t>(row)];
            if (group == groups[static_cast<std::size_t>(row)])
                continue;
            group = groups[static_cast<std::size_t>(row)];
            Q_EMIT dataChanged(index(row, Count), index(row, Count));
        }
        return false;
    }
    beginResetModel();
    m_groups = groups;
    endResetModel();
    return true;
}

int FailureModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_groups.size());
}

int FailureModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FailureModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const FailureGroup &failures = group(index.row());
    if (role == Qt::TextAlignmentRole)
        return QVariant((index.column() == Count ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == Reason)
        return failures.reason;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Count:
        return countText(failures.count);
    case Class:
        return failureText(failures.failure);
    default:
        return failures.reason;
    }
}

QVariant FailureModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Count:
        return tr("Clips");
    case Class:
        return tr("Kind");
    case Reason:
        return tr("Reason");
    default:
        return {};
    }
}

} // namespace earmark::ui
