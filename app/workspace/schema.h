#pragma once

#include "base/result.h"
#include "workspace/cliprecord.h"

class QSqlQuery;

namespace earmark::workspace {

class Connection;

/// The ledger's tables: the only place that knows their columns.
namespace schema {

/// Brings an empty or older ledger up to date, in one transaction a step. Errors: TooOld when it is from a
/// newer Earmark.
Result<void> migrate(Connection &connection);
/// TooOld when it is from a newer Earmark, BadInput when it is not an Earmark ledger or an older one.
Result<void> check(Connection &connection);

/// Ready to be given wanted clips by bindWanted() and executed: new clips are put in, known ones queued
/// again.
QString enqueueStatement();
void bindEnqueue(QSqlQuery &query, const WantedClip &wanted, const ClipRecord &record);
/// Ready to be given records by bindUpdate() and executed.
QString updateStatement();
void bindUpdate(QSqlQuery &query, const SegmentKey &key, const ClipRecord &record);

/// Selects what readRow() reads, in the order of the split.
QString selectStatement();
/// False when the row holds an id or times that cannot be (a damaged ledger).
bool readRow(const QSqlQuery &query, WantedClip &wanted, ClipRecord &record);

} // namespace schema

} // namespace earmark::workspace
