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
    : ListModel(
          {
              {.title = tr("Clips"),
               .text = [](const FailureGroup &group) { return countText(group.count); },
               .alignment = Qt::AlignRight},
              {tr("Kind"), [](const FailureGroup &group) { return failureText(group.failure); }},
              {tr("Reason"), &FailureGroup::reason, &FailureGroup::reason},
          },
          parent)
{
}

bool FailureModel::setGroups(std::vector<FailureGroup> groups)
{
    return update(std::move(groups), &FailureGroup::isSameReason);
}

} // namespace earmark::ui
