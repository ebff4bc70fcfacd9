#pragma once

#include "base/result.h"

#include <QString>

namespace earmark::workspace {

class Connection;

/// The ledger's tables as SQLite keeps them, and how those of earlier versions are brought up to date.
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

} // namespace schema

} // namespace earmark::workspace
