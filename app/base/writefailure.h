#pragma once

#include "base/result.h"

namespace earmark {

/// The error of a file that could not be written: DiskFull or Unwritable. `reason` is the system's error
/// number, 0 when there is none. Take errno right after the call that failed: QSaveFile says "Unknown error"
/// to a full disk.
tl::unexpected<Error> writeFailure(const QString &path, int reason);

} // namespace earmark
