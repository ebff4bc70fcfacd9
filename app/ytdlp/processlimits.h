#pragma once

#include <QtGlobal>

namespace earmark::ytdlp {

/// What each process of a group may use at the most, in bytes. Memory is what it may write to, not what it
/// reserves: JavaScript runtimes reserve gigabytes. (RLIMIT_DATA, which Linux keeps since 4.7; RLIMIT_FSIZE.)
struct ProcessLimits
{
    qint64 memory = qint64{1} << 30;
    qint64 file = qint64{1} << 30;
};

} // namespace earmark::ytdlp
