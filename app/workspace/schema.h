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

/// Puts a clip in as queued; one that is known is queued again and keeps what is known of its file, and the
/// class of its failure.
Result<Statement> enqueueStatement(Connection &connection);
Result<void> enqueue(Statement &statement, const WantedClip &wanted, qint64 changedAt);
/// Puts in what is known of a clip, whether or not the ledger has heard of it.
Result<Statement> updateStatement(Connection &connection);
Result<void> update(Statement &statement, const SegmentKey &key, const ClipRecord &record);
/// Gives a known clip its place in the split and its labels.
Result<Statement> placeStatement(Connection &connection);
Result<void> place(Statement &statement, const WantedClip &wanted);

/// Selects what readRow() reads: in the order of the split, or quicker, without labels and as it comes.
enum class Select { InOrder, Brief };
Result<Statement> selectStatement(Connection &connection, Select what);
/// Nothing when the row holds an id or times that cannot be (a damaged ledger).
std::optional<LedgerRow> readRow(const Statement &row);

} // namespace schema

} // namespace earmark::workspace
