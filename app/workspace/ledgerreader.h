#pragma once

#include "base/result.h"
#include "clips/clipcounts.h"
#include "clips/journal.h"
#include "workspace/ledgersettings.h"
#include "workspace/sql/columns.h"

#include <functional>
#include <memory>

namespace earmark::workspace {

class Connection;

/// Reads a workspace's ledger without taking the workspace: beside a program that works on it, for `status`
/// and exports. Belongs to one thread.
class LedgerReader final
{
public:
    /// Errors: NotFound when the folder holds no ledger; TooOld when a newer Earmark made it; BadInput;
    /// Unreadable, also: of another program, or not to be trusted (schema::check()).
    static Result<std::unique_ptr<LedgerReader>> open(const QString &folder);
    ~LedgerReader();

    /// Errors: also Unreadable when they are out of the ranges of ClipFormat: that is no damage, somebody
    /// wrote them so.
    Result<LedgerSettings> settings();
    Result<ClipCounts> counts();
    /// How many clips it has; a tenth of the time of counts().
    Result<qint64> size();
    /// How many rows were skipped so far because they hold what cannot be, as in a damaged file.
    qint64 skippedRows() const { return m_skipped; }
    /// Calls `visit` for every clip in the order of the split, until it returns false.
    Result<void> forEach(const std::function<bool(const WantedClip &, const Clip &)> &visit);
    /// The same for millions: the row is only good for as long as it is visited.
    Result<void> forEachRow(schema::Select what, const std::function<bool(const LedgerRow &)> &visit);
    /// Calls `visit` for every clip of which a listener has said something, in no order.
    Result<void> forEachJudgement(const std::function<void(const SegmentKey &, const Judgement &)> &visit);
    Result<Journal> journal();

private:
    explicit LedgerReader(std::unique_ptr<Connection> connection);
    Result<void> readRows(schema::Select what,
                          const std::function<bool(const LedgerRow &, const Statement &)> &visit);

    std::unique_ptr<Connection> m_connection;
    qint64 m_skipped = 0;
};

} // namespace earmark::workspace
