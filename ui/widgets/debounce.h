#pragma once

#include <QTimer>

#include <functional>

namespace earmark::ui {

/// Makes one call a while after it was asked for, however often. start() begins the while anew: for what
/// comes to rest. startOnce() keeps the one that runs: for what never stops changing.
class Debounce final : public QTimer
{
public:
    Debounce(std::chrono::milliseconds delay, std::function<void()> call)
    {
        setSingleShot(true);
        setInterval(delay);
        callOnTimeout(this, std::move(call));
    }
    void startOnce()
    {
        if (!isActive())
            start();
    }
};

} // namespace earmark::ui
