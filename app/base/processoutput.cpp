#include "base/processoutput.h"

#include <QDeadlineTimer>
#include <QProcess>

namespace earmark {

ProcessEnd readToEnd(QProcess &process, QByteArray &output, const ProcessBounds &bounds,
                     const std::stop_token &stop)
{
    constexpr int PollMs = 50;
    const QDeadlineTimer deadline(bounds.time);
    for (;;) {
        process.waitForReadyRead(PollMs); // at once when it has ended
        output += process.readAll();
        if (output.size() > bounds.bytes)
            return ProcessEnd::TooMuch;
        if (process.state() == QProcess::NotRunning)
            return process.error() == QProcess::FailedToStart ? ProcessEnd::NotStarted : ProcessEnd::Ended;
        if (stop.stop_requested())
            return ProcessEnd::Cancelled;
        if (deadline.hasExpired())
            return ProcessEnd::TooLong;
    }
}

} // namespace earmark
