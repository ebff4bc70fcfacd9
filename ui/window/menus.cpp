#include "ui/window/menus.h"

#include "ui/files/opencontroller.h"
#include "ui/review/auditionpage.h"
#include "ui/segments/columns.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionregistry.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QDockWidget>
#include <QHeaderView>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace earmark::ui {

using namespace Qt::StringLiterals;

namespace {

struct MenuTexts
{
    Q_DECLARE_TR_FUNCTIONS(MenuTexts)
};

/// By their ids, with spaces between; "|" stands for a separator.
void addActions(QMenu &menu, const ActionRegistry &actions, QLatin1StringView ids)
{
    for (const QLatin1StringView id : ids.tokenize(u' ')) {
        if (id == "|"_L1)
            menu.addSeparator();
        else
            menu.addAction(actions[id]);
    }
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

void fillMenus(QMainWindow &window, const ActionRegistry &actions, OpenController &files,
               AuditionPage &audition, QHeaderView &columns, Settings &settings, Theme &theme)
{
    const auto addMenu = [&](const QString &title, QLatin1StringView ids) {
        QMenu *menu = window.menuBar()->addMenu(title);
        addActions(*menu, actions, ids);
        return menu;
    };
    QMenu *file = addMenu(MenuTexts::tr("&File"), "files.openSplit files.openSample"_L1);
    QMenu *recent = file->addMenu(MenuTexts::tr("&Recent splits"));
    QObject::connect(recent, &QMenu::aboutToShow, &files, [&files, recent] { files.fillRecent(*recent); });
    addActions(*file, actions,
               "| official.officialFiles files.openLabels files.builtInLabels | "
               "files.chooseWorkspace files.showWorkspace downloads.checkClips | window.quit"_L1);

    addMenu(MenuTexts::tr("&Select"),
            "segments.find segments.clearFilter labels.findLabel segments.likeThis | "
            "segments.selectAll segments.selectNone segments.invertSelection "
            "segments.selectByQuery segments.sample | segments.copyLines segments.copyIds "
            "segments.copyAddresses"_L1);
    addMenu(MenuTexts::tr("&Download"),
            "downloads.downloadSelected downloads.downloadFound | downloads.pause "
            "downloads.stop downloads.retryFailed | downloads.cancelSelected "
            "downloads.retrySelected downloads.downloadAgain downloads.showLog | "
            "downloads.downloadSettings tools.tools"_L1);
    QMenu *review = addMenu(MenuTexts::tr("&Review"),
                            "review.auditionFound | clip.play clip.loop clip.slow clip.keepPitch "
                            "clip.commonLoudness clip.soundOutput | review.keep review.reject "
                            "review.undecide review.flag review.note"_L1);
    addActions(*review->addMenu(MenuTexts::tr("&Doubt a label")), actions,
               "review.doubt1 review.doubt2 review.doubt3 review.doubt4 review.doubt5 "
               "review.doubt6 review.doubt7 review.doubt8 review.doubt9"_L1);
    addActions(*review, actions,
               "review.undoVerdict review.redoVerdict | segments.nextClip segments.previousClip "
               "segments.openInBrowser review.blind"_L1);
    QMenu *order = review->addMenu(MenuTexts::tr("O&rder of the audition"));
    QObject::connect(order, &QMenu::aboutToShow, &audition,
                     [&audition, order] { audition.fillOrders(*order); });
    QMenu *picture = review->addMenu(MenuTexts::tr("Picture of a clip"));
    QObject::connect(picture, &QMenu::aboutToShow, &audition,
                     [&audition, picture] { audition.fillLooks(*picture); });
    addMenu(MenuTexts::tr("&Export"), "export.exportManifest export.exportAs | export.exportCoverage "
                                      "export.exportMissing"_L1);
    QMenu *view = window.menuBar()->addMenu(MenuTexts::tr("&View"));
    for (QDockWidget *dock : window.findChildren<QDockWidget *>())
        view->addAction(dock->toggleViewAction());
    view->addSeparator();
    QMenu *shown = view->addMenu(MenuTexts::tr("Colu&mns"));
    QObject::connect(shown, &QMenu::aboutToShow, &columns,
                     [shown, &columns] { fillColumnMenu(*shown, columns); });
    QMenu *sorted = view->addMenu(MenuTexts::tr("&Sort by"));
    QObject::connect(sorted, &QMenu::aboutToShow, &columns,
                     [sorted, &columns] { fillSortMenu(*sorted, columns); });
    addActions(*view, actions, "segments.sortByColumn segments.columnLeft segments.columnRight |"_L1);
    addSchemes(*view, settings, theme);
    addMenu(MenuTexts::tr("&Help"), "settings.keys | window.about"_L1);
}

} // namespace earmark::ui
