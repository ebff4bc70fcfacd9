#include "ui/widgets/dialogbutton.h"

#include "ui/theme/icons.h"

#include <QPushButton>

namespace earmark::ui {

QPushButton *dialogButton(const QString &iconName, const QString &text, const QString &tip, QWidget *parent)
{
    auto *button = new QPushButton(icon(iconName), text, parent);
    button->setToolTip(tip);
    button->setAutoDefault(false);
    return button;
}

} // namespace earmark::ui
