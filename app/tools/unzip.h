#pragma once

#include "base/result.h"

namespace earmark::tools {

/// Extracts the file `name`, which is in no folder, from the zip file `archive` to `target` (whole or not at
/// all). Blocks. Errors: BadInput when it is no zip, does not hold that file, or the file is larger than
/// `mostBytes`; Unwritable, DiskFull.
Result<void> unzipFile(const QString &archive, const QString &name, const QString &target, qint64 mostBytes);

} // namespace earmark::tools
