#pragma once

#include "base/result.h"
#include "workspace/layout.h"

#include <QDateTime>

#include <optional>

namespace earmark::workspace {

/// What was done about a ledger that could not be used.
struct Salvage
{
    QString keptAs;                      ///< the damaged ledger's name from now on; empty when there was none
    std::optional<QDateTime> backupFrom; ///< whose backup took its place; nothing: a new ledger begins
};

/// No ledger is there, or one with nothing in it, and there is a backup.
bool isLedgerLost(const Layout &layout);

/// Puts the ledger out of the way under another name with the date, and a copy of its backup in its place, or
/// of the one before, if one of them is sound. The lock must be held and the ledger closed. Errors:
/// Unwritable, DiskFull; then the ledger is still to be found under one of the two names.
Result<Salvage> salvage(const Layout &layout);

} // namespace earmark::workspace
