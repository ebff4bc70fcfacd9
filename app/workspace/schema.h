#pragma once

#include "base/result.h"
#include "workspace/cliprecord.h"
#include "workspace/ledgerrow.h"
#include "workspace/statement.h"

#include <optional>

namespace earmark::workspace {

class Connection;

/// The ledger's tables: the only place that knows their columns.
namespace schema {

/// Brings an empty or older ledger up to date, in one transaction a step. Errors: TooOld when it is from a
/// newer Earmark.
Result<void> migrate(Connection &connection);
/// TooOld when it is from a newer Earmark, BadInput when it is not an Earmark ledger or an older one.
Result<void> check(Connection &connection);

/// The key stands in the first three parameters of every statement that has one, and in three columns.
void bindKey(Statement &statement, const SegmentKey &key);
/// Nothing when they hold an id or times that cannot be (a damaged ledger).
std::optional<SegmentKey> readKey(const Statement &row, int firstColumn);

/// Puts a clip in as queued; one that is known is queued again and keeps what is known of its file, and the
/// class of its failure.
Result<Statement> enqueueStatement(Connection &connection);
Result<void> enqueue(Statement &statement, const WantedClip &wanted, qint64 changedAt);
/// Puts in what is known of a clip but for what listeners said of it, whether or not the ledger has heard of
/// it.
Result<Statement> updateStatement(Connection &connection);
Result<void> update(Statement &statement, const SegmentKey &key, const ClipRecord &record);
/// Gives a known clip its place in the split and its labels.
Result<Statement> placeStatement(Connection &connection);
Result<void> place(Statement &statement, const WantedClip &wanted);

/// Selects what readRow() reads: in the order of the split and with a judgement from JudgementColumn on; by
/// key, which is how the ledger keeps them, without judgements, attempts, tools and times, at a third of
/// the time; or as it comes, without judgements and labels.
enum class Select { InOrder, ByKey, Brief };
inline constexpr int JudgementColumn = 17;
Result<Statement> selectStatement(Connection &connection, Select what);
/// Nothing when the row holds an id or times that cannot be (a damaged ledger).
std::optional<LedgerRow> readRow(const Statement &row);

} // namespace schema

} // namespace earmark::workspace
