#pragma once

#include "base/result.h"

namespace earmark::tools {

/// Takes the file `name`, which lies in no folder, out of the zip `archive` and writes it to `target` (whole
/// or not at all). Blocks. Errors: BadInput when it is no zip, does not hold that file, or the file is larger
/// than `mostBytes`; Unwritable, DiskFull.
Result<void> unzipFile(const QString &archive, const QString &name, const QString &target, qint64 mostBytes);

} // namespace earmark::tools
