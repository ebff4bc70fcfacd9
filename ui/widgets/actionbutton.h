#pragma once

#include <QPushButton>

class QAction;

namespace earmark::ui {

/// A push button that is an action: its text, icon, tool tip and whether it can be used now. Return presses
/// it, since Space plays and pauses in every place.
class ActionButton final : public QPushButton
{
    Q_OBJECT

public:
    enum class Show { IconAndText, IconOnly };
    ActionButton(QAction &action, Show show, QWidget *parent = nullptr);

private:
    void take(const QAction &action, Show show);
};

/// "&Open split…" as it is read out: "Open split".
QString spokenText(QString text);

} // namespace earmark::ui
