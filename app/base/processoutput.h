#pragma once

#include <QByteArray>

#include <chrono>
#include <stop_token>

class QProcess;

namespace earmark {

/// How waiting for a program ended. After TooLong, TooMuch and Cancelled it still runs.
enum class ProcessEnd { Ended, NotStarted, TooLong, TooMuch, Cancelled };

/// Most that a program may take and say.
struct ProcessBounds
{
    std::chrono::milliseconds time;
    qsizetype bytes;
};

/// Reads what a started process says to its end into output: no further than the bounds, however fast it
/// writes (QProcess::waitForFinished takes everything, and does not look at the clock while there is more).
/// Blocks; asks for the stop 20 times a second.
ProcessEnd readToEnd(QProcess &process, QByteArray &output, const ProcessBounds &bounds,
                     const std::stop_token &stop = {});

} // namespace earmark
