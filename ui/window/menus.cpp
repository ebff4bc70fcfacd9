#include "ui/window/menus.h"

#include "ui/files/opencontroller.h"
#include "ui/review/auditionpage.h"
#include "ui/segments/columns.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/window/actions.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QDockWidget>
#include <QHeaderView>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace earmark::ui {

namespace {

struct MenuTexts
{
    Q_DECLARE_TR_FUNCTIONS(MenuTexts)
};

/// Null stands for a separator.
QMenu *addMenu(QMainWindow &window, const QString &title, std::initializer_list<QAction *> actions)
{
    QMenu *menu = window.menuBar()->addMenu(title);
    for (QAction *action : actions) {
        if (action)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
    return menu;
}

void addSchemes(QMenu &menu, Settings &settings, Theme &theme)
{
    QMenu *colours = menu.addMenu(MenuTexts::tr("&Colours"));
    auto *group = new QActionGroup(colours);
    const auto add = [&](Scheme scheme, const QString &text) {
        QAction *action = colours->addAction(text);
        action->setCheckable(true);
        action->setChecked(theme.scheme() == scheme);
        group->addAction(action);
        QObject::connect(action, &QAction::triggered, &theme, [&settings, &theme, scheme] {
            settings.scheme = scheme;
            theme.apply(scheme);
        });
    };
    add(Scheme::System, MenuTexts::tr("As the &desktop"));
    add(Scheme::Light, MenuTexts::tr("&Light"));
    add(Scheme::Dark, MenuTexts::tr("D&ark"));
}

} // namespace

void fillMenus(QMainWindow &window, Actions &actions, OpenController &files, AuditionPage &audition,
               QHeaderView &columns, Settings &settings, Theme &theme)
{
    QMenu *file = addMenu(window, MenuTexts::tr("&File"), {actions.openSplit, actions.openSample});
    QMenu *recent = file->addMenu(MenuTexts::tr("&Recent splits"));
    QObject::connect(recent, &QMenu::aboutToShow, &files, [&files, recent] { files.fillRecent(*recent); });
    file->addSeparator();
    file->addActions({actions.officialFiles, actions.openLabels, actions.builtInLabels});
    file->addSeparator();
    file->addActions({actions.chooseWorkspace, actions.showWorkspace, actions.checkClips});
    file->addSeparator();
    file->addAction(actions.quit);

    addMenu(window, MenuTexts::tr("&Select"),
            {actions.find, actions.clearFilter, actions.findLabel, actions.likeThis, nullptr,
             actions.selectAll, actions.selectNone, actions.invertSelection, actions.selectByQuery,
             actions.sample, nullptr, actions.copyLines, actions.copyIds, actions.copyAddresses});
    addMenu(window, MenuTexts::tr("&Download"),
            {actions.downloadSelected, actions.downloadFound, nullptr, actions.pause, actions.stop,
             actions.retryFailed, nullptr, actions.cancelSelected, actions.retrySelected,
             actions.downloadAgain, actions.showLog, nullptr, actions.downloadSettings, actions.tools});
    QMenu *review = addMenu(window, MenuTexts::tr("&Review"),
                            {actions.auditionFound, nullptr, actions.play, actions.loop, actions.slow,
                             actions.keepPitch, actions.commonLoudness, actions.soundOutput, nullptr,
                             actions.keep, actions.reject, actions.undecide, actions.flag, actions.note});
    QMenu *doubts = review->addMenu(MenuTexts::tr("&Doubt a label"));
    for (QAction *action : actions.doubt)
        doubts->addAction(action);
    review->addActions({actions.undoVerdict, actions.redoVerdict});
    review->addSeparator();
    review->addActions({actions.nextClip, actions.previousClip, actions.openInBrowser, actions.blind});
    QMenu *order = review->addMenu(MenuTexts::tr("O&rder of the audition"));
    QObject::connect(order, &QMenu::aboutToShow, &audition,
                     [&audition, order] { audition.fillOrders(*order); });
    QMenu *picture = review->addMenu(MenuTexts::tr("Picture of a clip"));
    QObject::connect(picture, &QMenu::aboutToShow, &audition,
                     [&audition, picture] { audition.fillLooks(*picture); });
    addMenu(
        window, MenuTexts::tr("&Export"),
        {actions.exportManifest, actions.exportAs, nullptr, actions.exportCoverage, actions.exportMissing});
    QMenu *view = addMenu(window, MenuTexts::tr("&View"), {});
    for (QDockWidget *dock : window.findChildren<QDockWidget *>())
        view->addAction(dock->toggleViewAction());
    view->addSeparator();
    QMenu *shown = view->addMenu(MenuTexts::tr("Colu&mns"));
    QObject::connect(shown, &QMenu::aboutToShow, &columns,
                     [shown, &columns] { fillColumnMenu(*shown, columns); });
    QMenu *sorted = view->addMenu(MenuTexts::tr("&Sort by"));
    QObject::connect(sorted, &QMenu::aboutToShow, &columns,
                     [sorted, &columns] { fillSortMenu(*sorted, columns); });
    view->addActions({actions.sortByColumn, actions.columnLeft, actions.columnRight});
    view->addSeparator();
    addSchemes(*view, settings, theme);
    addMenu(window, MenuTexts::tr("&Help"), {actions.keys, nullptr, actions.about});
}

} // namespace earmark::ui
