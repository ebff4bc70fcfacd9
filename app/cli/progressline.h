#pragma once

#include <QObject>
#include <QTimer>

#include <nlohmann/json.hpp>

#include <functional>

namespace earmark::cli {

/// Shows on standard error how work gets on, as the user chose (Manner::progress): on a terminal a bar that
/// is written over itself, once the work has lasted half a second, as wide as there is room; else a line
/// every 10 s; or a JSON object a line, once a second. One at a time.
class ProgressLine final : public QObject
{
    Q_OBJECT

public:
    struct State
    {
        double share = 0; ///< of the work that is done, 0 to 1
        QString text;
        nlohmann::ordered_json json = {}; ///< what a program is told; null: "state" and "share"
    };
    /// `state` is asked each time.
    explicit ProgressLine(std::function<State()> state, QObject *parent = nullptr);
    /// Shows the last state if any was shown, and leaves the cursor on a fresh line.
    ~ProgressLine() override;

    /// Takes the bar off the terminal, so that a message can stand there; the next state brings it back.
    static void clear();

private:
    enum class Form { Bar, Lines, Json, None };
    static Form chosenForm();
    void show();
    void showBar(double share, const QString &text);

    const std::function<State()> m_state;
    const Form m_form;
    bool m_isShown = false;
    QTimer m_timer;

    static inline int s_columns = 0; ///< that the bar on the terminal takes now
};

} // namespace earmark::cli
