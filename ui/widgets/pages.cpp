#include "ui/widgets/pages.h"

#include <QLayout>

namespace earmark::ui {

Pages::Pages(QWidget *parent)
    : QStackedWidget(parent)
{
    connect(this, &QStackedWidget::currentChanged, this, &Pages::settle);
}

QSize Pages::sizeHint() const
{
    return currentWidget() ? currentWidget()->sizeHint() : QStackedWidget::sizeHint();
}

QSize Pages::minimumSizeHint() const
{
    if (!currentWidget())
        return QStackedWidget::minimumSizeHint();
    return currentWidget()->minimumSizeHint().expandedTo(currentWidget()->minimumSize());
}

bool Pages::hasHeightForWidth() const
{
    return false;
}

/// Layouts learn of another page one after the other, by events. Docks that are shown at the same moment
/// would have the window grow to hold them and the page before.
void Pages::settle()
{
    updateGeometry();
    for (QWidget *each = parentWidget(); each && !each->isWindow(); each = each->parentWidget()) {
        if (each->layout()) {
            each->layout()->invalidate();
            each->layout()->activate();
        }
        each->updateGeometry();
    }
}

} // namespace earmark::ui
