#pragma once

#include "ui/segments/savedfiltermodel.h"

#include <QObject>

class QAction;
class QKeySequence;
class QMenu;

namespace earmark::ui {

class Settings;

/// What the filter bar remembers: the filters that were settled on last, and those that were given a name.
class FilterMenus final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive the menus; they open below `anchor`.
    FilterMenus(Settings &settings, QWidget &anchor);

    /// "Recent filters" (Alt+Down) and "Saved filters" (Ctrl+S), for buttons.
    QAction &recentAction() { return *m_recentAction; }
    QAction &savedAction() { return *m_savedAction; }

    /// What "Save this filter" saves; empty when there is nothing to save.
    void setCurrent(const QString &text) { m_current = text; }
    /// The person goes on with this filter: it is worth remembering.
    void settle();

Q_SIGNALS:
    void chosen(const QString &text);

private:
    QAction *makeAction(const QString &text, const QString &explanation, const QString &iconName,
                        const QKeySequence &keys);
    void open(QMenu &menu);
    void add(QMenu &menu, const QString &title, const QString &text);
    void showRecent();
    void showSaved();
    void askForName();
    void saveAs(const QString &name);
    void manage();

    Settings &m_settings;
    QWidget &m_anchor;
    SavedFilterModel m_saved;
    QString m_current;
    QMenu *m_recentMenu;
    QMenu *m_savedMenu;
    QAction *m_recentAction;
    QAction *m_savedAction;
};

} // namespace earmark::ui
