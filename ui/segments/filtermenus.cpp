#include "ui/segments/filtermenus.h"

#include "ui/segments/savedfiltersdialog.h"
#include "ui/settings/settings.h"
#include "ui/theme/icons.h"
#include "ui/widgets/ask.h"

#include <QAction>
#include <QInputDialog>
#include <QMenu>

namespace earmark::ui {

using namespace Qt::StringLiterals;

FilterMenus::FilterMenus(Settings &settings, QWidget &anchor)
    : QObject(&anchor)
    , m_settings(settings)
    , m_anchor(anchor)
    , m_saved(settings)
    , m_recentMenu(new QMenu(&anchor))
    , m_savedMenu(new QMenu(&anchor))
    , m_recentAction(makeAction(tr("Recent filters"), tr("Choose one of the filters that you used last"),
                                u"recent"_s, Qt::ALT | Qt::Key_Down))
    , m_savedAction(makeAction(tr("Saved filters"),
                               tr("Save this filter under a name, or choose a saved one"), u"saved"_s,
                               QKeySequence::Save))
{
    m_recentMenu->setAccessibleName(m_recentAction->text());
    m_savedMenu->setAccessibleName(m_savedAction->text());
    m_recentMenu->setToolTipsVisible(true);
    m_savedMenu->setToolTipsVisible(true);
    connect(m_recentAction, &QAction::triggered, this, &FilterMenus::showRecent);
    connect(m_savedAction, &QAction::triggered, this, &FilterMenus::showSaved);
}

QAction *FilterMenus::makeAction(const QString &text, const QString &explanation, const QString &iconName,
                                 const QKeySequence &keys)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setStatusTip(explanation);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_anchor.addAction(action);
    return action;
}

void FilterMenus::settle()
{
    if (!m_current.trimmed().isEmpty())
        m_settings.addRecentFilter(m_current.trimmed());
}

void FilterMenus::open(QMenu &menu)
{
    menu.setMinimumWidth(std::min(m_anchor.width(), 320));
    // At the end of the line, where the buttons are.
    menu.popup(m_anchor.mapToGlobal(QPoint(m_anchor.width() - menu.sizeHint().width(), m_anchor.height())));
    // By key or by mouse: the arrows go on from the first entry.
    if (!menu.actions().isEmpty())
        menu.setActiveAction(menu.actions().constFirst());
}

void FilterMenus::add(QMenu &menu, const QString &title, const QString &text)
{
    constexpr int widest = 560;
    QString shown = menu.fontMetrics().elidedText(title, Qt::ElideRight, widest);
    QAction *action = menu.addAction(shown.replace(u'&', u"&&"_s));
    action->setToolTip(text);
    connect(action, &QAction::triggered, this, [this, text] { Q_EMIT chosen(text); });
}

void FilterMenus::showRecent()
{
    settle(); // so that what is there now can be had back
    m_recentMenu->clear();
    const QStringList recent = m_settings.recentFilters();
    for (const QString &text : recent)
        add(*m_recentMenu, text, text);
    if (recent.isEmpty()) {
        m_recentMenu->addAction(tr("No filter was used yet"))->setEnabled(false);
    } else {
        m_recentMenu->addSeparator();
        connect(m_recentMenu->addAction(tr("&Clear recent filters")), &QAction::triggered, this,
                [this] { m_settings.recentFilters = {}; });
    }
    open(*m_recentMenu);
}

void FilterMenus::showSaved()
{
    m_savedMenu->clear();
    auto *save = m_savedMenu->addAction(tr("&Save this filter…"));
    save->setEnabled(!m_current.trimmed().isEmpty());
    connect(save, &QAction::triggered, this, &FilterMenus::askForName);
    m_savedMenu->addSeparator();
    if (m_saved.rowCount() == 0) {
        m_savedMenu->addAction(tr("No filter is saved yet"))->setEnabled(false);
    } else {
        for (int row = 0; row < m_saved.rowCount(); ++row)
            add(*m_savedMenu, m_saved.name(row), m_saved.filter(row));
        m_savedMenu->addSeparator();
        connect(m_savedMenu->addAction(tr("&Rename or delete…")), &QAction::triggered, this,
                &FilterMenus::manage);
    }
    open(*m_savedMenu);
}

void FilterMenus::askForName()
{
    auto *dialog = new QInputDialog(&m_anchor);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save this filter"));
    dialog->setLabelText(tr("Name for the filter:"));
    dialog->setTextValue(m_current.trimmed().left(40));
    dialog->setOkButtonText(tr("Save"));
    dialog->resize(420, dialog->sizeHint().height());
    connect(dialog, &QInputDialog::textValueSelected, this, &FilterMenus::saveAs);
    dialog->open();
}

void FilterMenus::saveAs(const QString &name)
{
    if (name.trimmed().isEmpty()) {
        askForName();
        return;
    }
    if (!m_saved.contains(name)) {
        m_saved.save(name, m_current.trimmed());
        return;
    }
    ask(&m_anchor, tr("Save this filter"),
        tr("There is a filter “%1” already. Replace it?").arg(name.trimmed()), {},
        {{tr("Replace"), [this, name, text = m_current.trimmed()] { m_saved.save(name, text); }}});
}

void FilterMenus::manage()
{
    auto *dialog = new SavedFiltersDialog(m_saved, &m_anchor);
    connect(dialog, &SavedFiltersDialog::chosen, this, &FilterMenus::chosen);
    dialog->open();
}

} // namespace earmark::ui
