#pragma once

#include "base/result.h"
#include "clips/clip.h"
#include "clips/ledgerrow.h"
#include "workspace/sql/statement.h"

#include <optional>

namespace earmark::workspace {

class Connection;

/// The ledger's tables: the only place that knows their columns.
namespace schema {

/// Refuses a database of another program, which is told by its application id, or by its tables when it has
/// none; reads only, and leaves no trace. Nothing there, nothing in it, and what is no database at all pass.
/// Errors: Unreadable.
Result<void> refuseForeign(const QString &path);
/// Brings an empty or older ledger up to date, in one transaction a step. Errors: TooOld when it is from a
/// newer Earmark, Unreadable as check().
Result<void> migrate(Connection &connection);
/// TooOld when it is from a newer Earmark; BadInput when it is an older one, or lacks a table; Unreadable
/// when something in it would run: a trigger, a view in a table's place, a computed column.
Result<void> check(Connection &connection);

/// Bytes of a text in the ledger; Earmark's own are far shorter, and a row with a longer one is damaged.
inline constexpr std::size_t LongestText = 1 << 20;

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
Result<void> update(Statement &statement, const SegmentKey &key, const Clip &record);
/// Gives a known clip its place in the split and its labels.
Result<Statement> placeStatement(Connection &connection);
Result<void> place(Statement &statement, const WantedClip &wanted);

/// A moment in milliseconds since 1970, UTC, as a ledger may have it: 0 to the end of the year 9999.
qint64 momentOf(qint64 number);

/// Selects what readRow() reads: in the order of the split and with a judgement from JudgementColumn on; by
/// key, which is how the ledger keeps them, without judgements, attempts, tools and times, at a third of
/// the time; or as it comes, without judgements and labels.
enum class Select { InOrder, ByKey, Brief };
inline constexpr int JudgementColumn = 17;
Result<Statement> selectStatement(Connection &connection, Select what);
/// Nothing when the row holds an id, times, numbers or lengths that cannot be (a damaged ledger).
std::optional<LedgerRow> readRow(const Statement &row);

} // namespace schema

} // namespace earmark::workspace
