#include "ui/widgets/actionbutton.h"

#include <QAction>

namespace earmark::ui {

using namespace Qt::StringLiterals;

QString spokenText(QString text)
{
    text.remove(u'&');
    if (text.endsWith(u'…'))
        text.chop(1);
    return text;
}

ActionButton::ActionButton(QAction &action, Show show, QWidget *parent)
    : QPushButton(parent)
{
    setAutoDefault(true);
    take(action, show);
    connect(&action, &QAction::changed, this, [this, &action, show] { take(action, show); });
    connect(this, &QPushButton::clicked, &action, &QAction::trigger);
}

void ActionButton::take(const QAction &action, Show show)
{
    const QString name = spokenText(action.text());
    setIcon(action.icon());
    setText(show == Show::IconAndText ? name : QString());
    setEnabled(action.isEnabled());
    setCheckable(action.isCheckable());
    setChecked(action.isChecked());
    setAccessibleName(name);
    setAccessibleDescription(action.statusTip());
    const QString keys = action.shortcut().toString(QKeySequence::NativeText);
    const QString tip = action.statusTip().isEmpty() ? name : action.statusTip();
    setToolTip(keys.isEmpty() ? tip : u"%1 (%2)"_s.arg(tip, keys));
}

} // namespace earmark::ui
