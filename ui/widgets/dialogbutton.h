#pragma once

class QPushButton;
class QString;
class QWidget;

namespace earmark::ui {

/// A button of a dialog that Return presses only when it has the focus: elsewhere Return is for what is
/// there.
QPushButton *dialogButton(const QString &iconName, const QString &text, const QString &tip, QWidget *parent);

} // namespace earmark::ui
