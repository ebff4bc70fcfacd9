#pragma once

#include <QString>

#include <limits>

class QLabel;

namespace earmark::ui {

/// Shows a text that changes all the time: the label only grows. A label of a fixed size needs no new layout
/// of the whole window when its text changes. `usual`: a text that it has room for from the start; `most`:
/// the widest it may be, for a label that cuts its text off.
void setSteadyText(QLabel &label, const QString &text, const QString &usual = {},
                   int most = std::numeric_limits<int>::max());

} // namespace earmark::ui
