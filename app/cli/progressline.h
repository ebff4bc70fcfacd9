#pragma once

#include <QObject>
#include <QTimer>

#include <nlohmann/json.hpp>

#include <functional>

namespace earmark::cli {

/// Shows progress on standard error in the form that the user chose (Manner::progress): on a terminal a bar
/// that overwrites itself, after half a second, as wide as the terminal allows; else a line every 10 s; or
/// one JSON object per line, once a second. One at a time.
class ProgressLine final : public QObject
{
    Q_OBJECT

public:
    struct State
    {
        double share = 0; ///< of the work done, 0 to 1
        QString text;
        nlohmann::ordered_json json = {}; ///< for --progress json; null: "state" and "share"
    };
    /// `state` is asked each time.
    explicit ProgressLine(std::function<State()> state, QObject *parent = nullptr);
    /// Shows the last state, if any was shown, and moves to a fresh line.
    ~ProgressLine() override;

    /// Removes the bar from the terminal, to make room for a message, until the next state.
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

    static inline int s_columns = 0; ///< of the bar on the terminal
};

} // namespace earmark::cli
