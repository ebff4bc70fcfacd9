#pragma once

#include "cli/interrupt.h"
#include "cli/progressline.h"

#include <QEventLoop>

#include <thread>

namespace earmark::cli {

/// Runs `work(stop)` on another thread while this one shows how it gets on and listens for an interrupt,
/// which asks it to stop. Gives what it gave. `state` is asked in this thread.
template <class Work>
auto watched(const Interrupt &interrupt, std::function<ProgressLine::State()> state, const Work &work)
{
    std::invoke_result_t<Work, const std::stop_token &> result;
    QEventLoop loop;
    const ProgressLine line(std::move(state));
    std::jthread thread([&](const std::stop_token &stop) {
        result = work(stop);
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    QObject::connect(&interrupt, &Interrupt::triggered, &loop, [&thread] { thread.request_stop(); });
    loop.exec();
    thread.join();
    return result;
}

} // namespace earmark::cli
