#pragma once

#include <QtGlobal>

#include <atomic>
#include <functional>

namespace earmark {

/// How far a task has got: written by the thread that does it, read by any.
struct TaskProgress
{
    std::atomic<qint64> done = 0;
    std::atomic<qint64> total = 0; ///< 0: not known yet
};

/// Called now and then while a file is read: bytes read so far, and bytes in all. May come from another
/// thread, never from two at once.
using ReadProgress = std::function<void(qint64 done, qint64 total)>;

} // namespace earmark
