#pragma once

#include "clips/ledgerrow.h"
#include "workspace/sql/statement.h"

#include <string>

namespace earmark::workspace::schema {

/// The columns of the ledger's table of clips. Each is named once, in columns.cpp, with what it holds of a
/// LedgerRow; statements, parameters and reading are made from that list. A new column is a row there and a
/// step of schema.cpp.

/// Which of them a statement reads. InOrder: in the order of the split, and with a judgement behind them.
/// ByKey: by key, which is how the ledger keeps them, without attempts, tools and times, at a third of the
/// time. Brief: as they come, without labels.
enum class Select { InOrder, ByKey, Brief };
std::string selectText(Select what);
/// Where the judgement begins in what InOrder selects: readJudgement().
int judgementColumn();
/// Nothing when the row holds an id, times, numbers or lengths that cannot be (a damaged ledger).
std::optional<LedgerRow> readRow(const Statement &row, Select what);

/// INSERT … ON CONFLICT DO UPDATE, of all columns. `keepsPlace`: a clip that is known keeps its position and
/// labels.
std::string upsertText(bool keepsPlace);
/// UPDATE of position and labels alone.
std::string placeText();
/// Binds the parameters of an upsert to a row, whose texts must stay until the statement is reset.
void bindUpsert(Statement &statement, const LedgerRow &row);
/// Binds the key and the place alone, in both statements.
void bindPlace(Statement &statement, const LedgerRow &row);

/// Bytes of a text in the ledger; Earmark's own are far shorter, and a row with a longer one is damaged.
inline constexpr std::size_t LongestText = 1 << 20;

/// The key stands in the first three parameters of every statement that has one, and in three columns.
void bindKey(Statement &statement, const SegmentKey &key);
/// Nothing when they hold an id or times that cannot be (a damaged ledger).
std::optional<SegmentKey> readKey(const Statement &row, int firstColumn);

/// A moment in milliseconds since 1970, UTC, as a ledger may have it: 0 to the end of the year 9999.
qint64 momentOf(qint64 number);

} // namespace earmark::workspace::schema
