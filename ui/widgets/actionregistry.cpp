#include "ui/widgets/actionregistry.h"

#include "ui/theme/icons.h"

namespace earmark::ui {

QAction *ActionRegistry::add(QLatin1StringView id, const QString &text, const QString &explanation,
                             const QString &iconName, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(text, this);
    action->setObjectName(id.sliced(id.indexOf(u'.') + 1));
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    action->setShortcuts(keys);
    action->setStatusTip(explanation);
    action->setToolTip(explanation);
    m_all.push_back(action);
    m_byId.insert(id, action);
    m_defaultKeys.insert(action, action->shortcuts());
    return action;
}

QAction *ActionRegistry::operator[](QLatin1StringView id) const
{
    QAction *action = m_byId.value(id);
    Q_ASSERT_X(action, "ActionRegistry", id.data());
    return action;
}

void ActionRegistry::setKeys(const QMap<QString, QString> &own)
{
    for (QAction *action : m_all) {
        if (const auto found = own.constFind(action->objectName()); found != own.cend())
            action->setShortcuts(QKeySequence::listFromString(*found, QKeySequence::PortableText));
    }
}

} // namespace earmark::ui
