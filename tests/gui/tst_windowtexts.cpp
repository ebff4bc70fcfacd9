#include "ui/window/mainwindow.h"

#include "playback/player.h"
#include "session/session.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "ui/labels/labelpanel.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentpage.h"
#include "ui/settings/settings.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/bannerstack.h"
#include "ui/widgets/formatting.h"
#include "ui/widgets/mnemonics.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSet>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace earmark;

/// What the window's texts have in common: mnemonics, the names that are a contract, titles, and states.
class TestWindowTexts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        test::writeFile(m_folder->filePath(u"list.csv"_s),
                        "# YTID, start_seconds, end_seconds, positive_labels\n"
                        "zzZZ_yy-012, 0.000, 3.000, \"/m/09x0r,/m/04rlf\"\n"
                        "zzZZ_yy-013, 10.000, 20.000, \"/m/04rlf\"\n");
        m_program = std::make_unique<Program>(QDir(m_folder->path()));
        m_program->window.show();
        QVERIFY(QTest::qWaitForWindowActive(&m_program->window));
        m_program->session.openSplit(m_folder->filePath(u"list.csv"_s));
        QTRY_COMPARE(page().foundCount(), 2);
        QTRY_VERIFY(m_program->session.workspace());
        table().selectRow(0);
    }
    void cleanup()
    {
        m_program.reset();
        m_folder.reset();
    }

    void everyMenuEntryHasAMnemonicOfItsOwn()
    {
        const auto titles = m_program->window.menuBar()->actions();
        QVERIFY(titles.size() >= 7);
        checkEntries(titles, u"menu bar"_s);
        for (const QAction *title : titles)
            checkMenu(*title->menu(), title->text());
        QVERIFY2(m_entries > 90, qPrintable(QString::number(m_entries)));
    }

    void everyEntryOfAContextMenuHasAMnemonicOfItsOwn()
    {
        for (const auto column : {ui::SegmentModel::State, ui::SegmentModel::Labels}) {
            const QPoint at = table().visualRect(page().model().index(0, column)).topLeft() + QPoint(12, 8);
            Q_EMIT table().customContextMenuRequested(at);
            checkPopup(u"table"_s);
        }
        Q_EMIT table().horizontalHeader()->customContextMenuRequested({5, 5});
        checkPopup(u"columns"_s);
        auto *labels = m_program->window.findChild<ui::LabelPanel *>()->findChild<QTreeView *>();
        for (int row = 0; row < 2; ++row) {
            Q_EMIT labels->customContextMenuRequested(
                labels->visualRect(labels->model()->index(row, 0)).center());
            checkPopup(u"labels"_s);
        }
        for (const auto *menu : {"Recent filters", "Saved filters"}) {
            button(QString::fromLatin1(menu))->click();
            checkPopup(QString::fromLatin1(menu));
        }
        m_program->window.actions()["clip.soundOutput"_L1]->trigger();
        checkPopup(u"outputs"_s);
        m_program->window.actions()["segments.likeThis"_L1]->trigger();
        checkPopup(u"like this"_s);
        QVERIFY2(m_entries > 50, qPrintable(QString::number(m_entries)));
    }

    void mnemonicsAreGivenToEntriesWithoutOne()
    {
        QMenu menu;
        for (const auto *text : {"&Clip", "Labels", "Level", "R && B", "", "120 dB", "100 dB", "--"})
            menu.addAction(QString::fromLatin1(text));
        menu.addSeparator();
        ui::addMnemonics(menu);
        QStringList texts;
        for (const QAction *action : menu.actions())
            texts.append(action->text());
        QCOMPARE(texts, (QStringList{u"&Clip"_s, u"&Labels"_s, u"L&evel"_s, u"&R && B"_s, u""_s, u"&120 dB"_s,
                                     u"100 &dB"_s, u"--"_s, u""_s}));
        QCOMPARE(ui::mnemonicOf(u"R && &B"_s), u'b');
        QVERIFY(ui::mnemonicOf(u"R && B"_s).isNull());
    }

    /// A switch has a tick box in menus; an icon would take its place.
    void switchesHaveTickBoxes()
    {
        int switches = 0;
        for (const QAction *action : m_program->window.actions().all()) {
            if (!action->isCheckable())
                continue;
            ++switches;
            QVERIFY2(!action->isIconVisibleInMenu(), qPrintable(action->text()));
        }
        QCOMPARE(switches, 5); // loop, half speed, pitch, level volume, hide labels
    }

    /// See ARCHITECTURE.
    void namesOfTheContract()
    {
        QSet<QString> names;
        for (const QWidget *widget : m_program->window.findChildren<QWidget *>())
            names.insert(widget->accessibleName());
        for (const auto *name : {"Filter", "Segments", "Labels", "Downloads", "Clip", "Overall progress",
                                 "Play", "Keep", "Reject", "Undo", "Download matches", "Download selected",
                                 "Pause", "Stop", "Retry failed", "Export manifest"})
            QVERIFY2(names.contains(QString::fromLatin1(name)), name);
    }

    /// The same dash as Qt puts before the program's name in dialogs.
    void titleHasOneKindOfDash()
    {
        QGuiApplication::setApplicationDisplayName(u"Earmark"_s);
        m_program->session.openSplit(m_folder->filePath(u"list.csv"_s));
        QTRY_COMPARE(m_program->window.windowTitle(), u"list.csv — Earmark"_s);
    }

    void statesAreNamedAlike()
    {
        QStringList names;
        for (const ClipState state : AllClipStates)
            names.append(ui::stateText(state));
        QCOMPARE(names.join(u", "_s),
                 u"Not downloaded, Queued, Downloading, Converting, Ready, Short, Failed, "
                 "Missing, Damaged"_s);
        QTRY_COMPARE(page().model().index(0, ui::SegmentModel::State).data().toString(), names.first());
        QTRY_VERIFY(!m_program->window.findChildren<QLabel *>().isEmpty());
        bool isInPanel = false;
        for (const auto *label : m_program->window.findChildren<QLabel *>())
            isInPanel = isInPanel ||
                        (label->accessibleName() == u"State of the clip"_s && label->text() == names.first());
        QVERIFY(isInPanel);
    }

    void numbersHaveTheirPlural()
    {
        QCOMPARE(ui::plural(1, u"1 clip in %2"_s, u"%1 clips in %2"_s).arg(u"a%1"_s), u"1 clip in a%1"_s);
        QCOMPARE(ui::plural(2'000, u"1 clip in %2"_s, u"%1 clips in %2"_s).arg(u"a"_s),
                 u"2,000 clips in a"_s);
        QCOMPARE(ui::matchesText(1), u"1 match"_s);
        QCOMPARE(ui::matchesText(0), u"0 matches"_s);
        QCOMPARE(ui::capitalized(u"kept"_s), u"Kept"_s);
        QCOMPARE(ui::capitalized({}), QString());
    }

    void theDemoSaysThatItIsOne()
    {
        ui::StartOptions options;
        options.demo = true;
        m_program->window.begin(options);
        const QString text = m_program->window.banners().text(ui::Topic::Source);
        QVERIFY2(text.startsWith(u"Demo: "_s) && text.contains(u"Download matches"_s), qPrintable(text));
    }

    /// Success goes after a while; what is wrong stays, and the whole path is in the tool tip.
    void successGoes()
    {
        auto &banners = m_program->window.banners();
        banners.show(ui::Topic::Export, ui::Tone::Success, u"1 clip written to a.json."_s, {},
                     u"/there/a.json"_s);
        banners.show(ui::Topic::Workspace, ui::Tone::Error, u"The folder is gone."_s);
        QStringList tips;
        for (const QWidget *banner : banners.findChildren<QWidget *>(Qt::FindDirectChildrenOnly))
            tips.append(banner->toolTip());
        QVERIFY(tips.contains(u"/there/a.json"_s));
        constexpr auto Longest = 2 * std::chrono::milliseconds(ui::BannerStack::SuccessLasts);
        QTRY_VERIFY_WITH_TIMEOUT(banners.text(ui::Topic::Export).isEmpty(),
                                 static_cast<int>(Longest.count()));
        QCOMPARE(banners.text(ui::Topic::Workspace), u"The folder is gone."_s);
    }

private:
    struct Program
    {
        explicit Program(const QDir &folder)
            : settings(folder.filePath(u"settings.ini"_s))
            , window(session, settings, theme, player, folder.filePath(u"clips"_s))
        {
        }
        ui::Settings settings;
        ui::Theme theme{*qApp};
        playback::Player player;
        session::Session session{ytdlp::Source(u"http://127.0.0.1:9/{ytid}.m4a"_s)};
        ui::MainWindow window;
    };

    ui::SegmentPage &page() { return m_program->window.page(); }
    QTableView &table() { return page().table(); }
    QPushButton *button(const QString &name)
    {
        for (auto *each : m_program->window.findChildren<QPushButton *>()) {
            if (each->accessibleName() == name)
                return each;
        }
        qFatal("There is no button %s.", qPrintable(name));
    }
    void checkPopup(const QString &where)
    {
        QTRY_VERIFY2(qobject_cast<QMenu *>(QApplication::activePopupWidget()), qPrintable(where));
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        checkMenu(*menu, where);
        menu->close();
        QTRY_VERIFY(!QApplication::activePopupWidget());
    }
    void checkMenu(QMenu &menu, const QString &where)
    {
        Q_EMIT menu.aboutToShow(); // fills some of them
        QVERIFY2(!menu.isEmpty(), qPrintable(where));
        checkEntries(menu.actions(), where);
        for (const QAction *action : menu.actions()) {
            if (action->menu())
                checkMenu(*action->menu(), where + u" > "_s + action->text());
        }
    }
    void checkEntries(const QList<QAction *> &actions, const QString &where)
    {
        QMap<QChar, QString> taken;
        for (const QAction *action : actions) {
            if (action->isSeparator() || !action->isVisible())
                continue;
            ++m_entries;
            const QChar mnemonic = ui::mnemonicOf(action->text());
            QVERIFY2(!mnemonic.isNull(), qPrintable(u"%1: %2 has none"_s.arg(where, action->text())));
            QVERIFY2(!taken.contains(mnemonic),
                     qPrintable(u"%1: %2 and %3"_s.arg(where, taken[mnemonic], action->text())));
            taken.insert(mnemonic, action->text());
        }
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    int m_entries = 0;
};

QTEST_MAIN(TestWindowTexts)
#include "tst_windowtexts.moc"
