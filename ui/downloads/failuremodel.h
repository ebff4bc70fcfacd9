#pragma once

#include "clips/clipstore.h"
#include "ui/widgets/tablemodel.h"

#include <stop_token>
#include <vector>

namespace earmark::ui {

/// Clips that failed for the same reason.
struct FailureGroup
{
    FailureClass failure = FailureClass::None;
    QString reason;
    qint64 count = 0;

    bool isSameReason(const FailureGroup &other) const
    {
        return failure == other.failure && reason == other.reason;
    }
    bool operator==(const FailureGroup &) const = default;
};

/// All failed clips by their reasons, the most frequent first. Goes through everything: for another thread.
std::vector<FailureGroup> groupFailures(const ClipStore &clips, const std::stop_token &stop);
/// The clips that are in one of the groups. For another thread.
std::vector<SegmentKey> clipsOf(const std::vector<FailureGroup> &groups, const ClipStore &clips,
                                const std::stop_token &stop);

/// Why clips failed: a row for each reason.
class FailureModel final : public ListModel<FailureGroup>
{
    Q_OBJECT

public:
    enum { Count, Class, Reason };

    explicit FailureModel(QObject *parent = nullptr);

    /// Takes over how it is now. Other counts alone are no reset: a view keeps its place and selection.
    /// True when it was one.
    bool setGroups(std::vector<FailureGroup> groups);
};

} // namespace earmark::ui
