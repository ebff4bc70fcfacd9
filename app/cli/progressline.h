#pragma once

#include <QObject>
#include <QTimer>

#include <functional>

namespace earmark::cli {

/// Shows on standard error how work gets on: on a terminal a bar that is drawn over itself, once it has
/// lasted half a second, else a line every 10 s.
class ProgressLine final : public QObject
{
    Q_OBJECT

public:
    struct State
    {
        double share = 0; ///< of the work that is done, 0 to 1
        QString text;
    };
    /// `state` is asked each time.
    explicit ProgressLine(std::function<State()> state, QObject *parent = nullptr);
    /// Shows the last state if any was shown, and leaves the cursor on a fresh line.
    ~ProgressLine() override;

private:
    void show();

    const std::function<State()> m_state;
    const bool m_isTerminal;
    bool m_isShown = false;
    QTimer m_timer;
};

} // namespace earmark::cli
