#pragma once

#include <QtGlobal>

class QLineEdit;

namespace earmark::ui {

/// Where a character of a line edit begins, in pixels from its left side; at one of its sides when the
/// character is out of sight.
int leftOf(QLineEdit &edit, qsizetype position);

} // namespace earmark::ui
