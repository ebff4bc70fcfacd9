#include "ui/widgets/steadytext.h"

#include <QLabel>

#include <algorithm>

namespace earmark::ui {

void setSteadyText(QLabel &label, const QString &text, const QString &usual, int most)
{
    label.setText(text);
    const QSize wanted = label.sizeHint();
    const QSize least(label.fontMetrics().horizontalAdvance(usual), wanted.height());
    QSize size = wanted.expandedTo(least).expandedTo(label.minimumSize());
    size.setWidth(std::min(size.width(), std::max(most, 0)));
    if (size != label.minimumSize() || size != label.maximumSize())
        label.setFixedSize(size);
}

} // namespace earmark::ui
