#pragma once

#include "playback/player.h"
#include "session/session.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentpage.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/bannerstack.h"
#include "ui/window/mainwindow.h"
#include "ui/window/startoptions.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

namespace earmark::test {

using namespace Qt::StringLiterals;

/// Nobody answers there.
inline const QString DeadSource = u"http://127.0.0.1:9/{ytid}.m4a"_s;

/// Everything that the program has, as main() puts it together, driven by keys. Its settings, and the
/// workspace `clips`, lie in one folder.
struct Program
{
    /// `place`: a folder that another program has had, too; empty: a temporary one of its own. `source`:
    /// none: the one in the settings.
    explicit Program(const QString &place = {},
                     const std::optional<ytdlp::Source> &source = ytdlp::Source(DeadSource))
        : folder(place.isEmpty() ? own.path() : place)
        , settings(folder.filePath(u"settings.ini"_s))
        , session(source)
        , window(session, settings, theme, player, folder.filePath(u"clips"_s))
    {
    }

    /// As if the list had been given on the command line, or none when it is empty. Does not wait for it.
    void openAtStart(const QString &list)
    {
        ui::StartOptions options;
        options.split = list;
        window.begin(options);
    }

    ui::SegmentPage &page() { return window.page(); }
    QTableView &table() { return window.page().table(); }
    QLineEdit &filter() { return *window.page().filter().findChild<QLineEdit *>(); }
    QString banner(ui::Topic topic) { return window.banners().text(topic); }

    /// Presses a key where the focus is.
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        if (!QApplication::focusWidget()) { // a dialog has just closed
            window.activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(&window));
        }
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window, key, modifiers);
    }

    /// The visible control of that accessible name; null when there is none.
    template <class Control>
    Control *find(const QString &name)
    {
        for (auto *control : window.findChildren<Control *>()) {
            if (control->accessibleName() == name && control->isVisible())
                return control;
        }
        return nullptr;
    }
    /// The visible button of that text, mnemonic included; null when there is none.
    QPushButton *button(const QString &text) { return buttonIn(window, text); }
    QPushButton *bannerButton(const QString &text) { return buttonIn(window.banners(), text); }

    const QTemporaryDir own;
    const QDir folder;
    ui::Settings settings;
    ui::Theme theme{*qApp};
    playback::Player player;
    session::Session session;
    ui::MainWindow window;

private:
    static QPushButton *buttonIn(const QWidget &place, const QString &text)
    {
        for (auto *button : place.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return nullptr;
    }
};

} // namespace earmark::test
