#include "ui/widgets/steadytext.h"

#include <QLabel>

namespace earmark::ui {

void setSteadyText(QLabel &label, const QString &text, const QString &usual)
{
    label.setText(text);
    const QSize wanted = label.sizeHint();
    const QSize least(label.fontMetrics().horizontalAdvance(usual), wanted.height());
    const QSize size = wanted.expandedTo(least).expandedTo(label.minimumSize());
    if (size != label.minimumSize() || size != label.maximumSize())
        label.setFixedSize(size);
}

} // namespace earmark::ui
