#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QMap>

#include <vector>

namespace earmark::ui {

/// Everything that the user can tell the window to do, by id: "review.keep". A feature adds the actions that
/// it carries out; menus, buttons, shortcuts and the list of keys are made from the same ones: they never
/// differ.
class ActionRegistry final : public QObject
{
public:
    using QObject::QObject;

    /// The id is the feature, a dot, and the name by which the keys are remembered: never rename that.
    /// `explanation` is shown in tool tips and read out.
    QAction *add(QLatin1StringView id, const QString &text, const QString &explanation,
                 const QString &iconName = {}, const QList<QKeySequence> &keys = {});
    template <class Context, class Slot>
    QAction *add(QLatin1StringView id, const QString &text, const QString &explanation,
                 const QString &iconName, const QList<QKeySequence> &keys, Context *context, Slot &&slot)
    {
        QAction *action = add(id, text, explanation, iconName, keys);
        connect(action, &QAction::triggered, context, std::forward<Slot>(slot));
        return action;
    }
    /// On or off; the slot takes a bool.
    template <class Context, class Slot>
    QAction *addSwitch(QLatin1StringView id, const QString &text, const QString &explanation,
                       const QString &iconName, const QList<QKeySequence> &keys, Context *context,
                       Slot &&slot)
    {
        QAction *action = add(id, text, explanation, iconName, keys);
        action->setAutoRepeat(false);
        action->setCheckable(true);
        connect(action, &QAction::toggled, context, std::forward<Slot>(slot));
        return action;
    }

    /// There must be one.
    QAction *operator[](QLatin1StringView id) const;
    /// In the order in which they were added.
    const std::vector<QAction *> &all() const { return m_all; }
    /// The keys that an action comes with.
    QList<QKeySequence> defaultKeys(const QAction &action) const { return m_defaultKeys.value(&action); }
    /// Gives actions other keys, by their names, as the user wanted it.
    void setKeys(const QMap<QString, QString> &own);

private:
    std::vector<QAction *> m_all;
    QHash<QString, QAction *> m_byId;
    QHash<const QAction *, QList<QKeySequence>> m_defaultKeys;
};

} // namespace earmark::ui
