#pragma once

#include <QString>

class QLabel;

namespace earmark::ui {

/// Shows a text that changes all the time: the label only grows. A label of a fixed size needs no new layout
/// of the whole window when its text changes. `usual`: a text that it has room for from the start.
void setSteadyText(QLabel &label, const QString &text, const QString &usual = {});

} // namespace earmark::ui
