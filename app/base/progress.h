#pragma once

#include <QtGlobal>

#include <functional>

namespace earmark {

/// Called now and then while a file is read: bytes read so far, and bytes in all. May come from another
/// thread, never from two at once.
using ReadProgress = std::function<void(qint64 done, qint64 total)>;

} // namespace earmark
