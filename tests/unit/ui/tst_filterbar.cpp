#include "ui/segments/filterbar.h"

#include "classes/ontology.h"
#include "support/testmain.h"
#include "ui/segments/completionmodel.h"
#include "ui/segments/querycompleter.h"
#include "ui/segments/savedfiltermodel.h"
#include "ui/segments/savedfiltersdialog.h"
#include "ui/settings/settings.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace earmark;
using namespace earmark::ui;
using namespace Qt::StringLiterals;

namespace {

/// Refuses classes that nobody knows, as the window's check does.
std::optional<query::QueryError> unknownClass(const query::QueryNode &query)
{
    using Kind = query::QueryNode::Kind;
    if ((query.kind == Kind::Label || query.kind == Kind::Under) &&
        classes::Ontology::builtIn().findName(query.text) < 0)
        return query::QueryError{query.position, query.length, u"there is no such class"_s};
    for (const query::QueryNode &term : query.terms) {
        if (auto error = unknownClass(term))
            return error;
    }
    return std::nullopt;
}

/// A filter bar over something else that takes the focus.
struct Shown
{
    Shown()
    {
        auto *column = new QVBoxLayout(&window);
        column->addWidget(&bar);
        column->addWidget(&below, 1);
        bar.setCheck(unknownClass);
        window.resize(900, 600);
        window.show();
        isActive = QTest::qWaitForWindowActive(&window);
        bar.focusFilter();
    }
    QLineEdit &edit() { return *bar.findChild<QLineEdit *>(); }
    QueryCompleter &list() { return *window.findChild<QueryCompleter *>(); }
    QLabel &mistake()
    {
        for (auto *label : window.findChildren<QLabel *>()) {
            if (label->accessibleName() == u"Mistake in the filter"_s)
                return *label;
        }
        qFatal("The bar shows no mistakes.");
    }
    QAction &sign()
    {
        for (auto *action : edit().actions()) {
            if (action->text() == u"Go to the mistake"_s)
                return *action;
        }
        qFatal("The line edit has no sign of a mistake.");
    }
    QMenu *openMenu() { return qobject_cast<QMenu *>(QApplication::activePopupWidget()); }
    void type(const QString &text) { QTest::keyClicks(&edit(), text); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&edit(), key, modifiers); }

    bool isActive = false;
    QTemporaryDir folder;
    Settings settings{folder.filePath(u"settings.ini"_s)};
    QWidget window;
    FilterBar bar{settings, &window};
    QLineEdit below{&window};
};

} // namespace

class TestFilterBar final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void completesByKeys_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QList<int>>("keys");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isOffering");
        const auto row = [](const char *typed, const QList<int> &keys, const char *text,
                            bool isOffering = false) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << keys << QString::fromUtf8(text) << isOffering;
        };
        row("label:bar", {Qt::Key_Return}, "label:Bark ");
        row("label:BAR", {Qt::Key_Tab}, "label:Bark ");
        row("label:\"child sp", {Qt::Key_Return}, "label:\"Child speech, kid speaking\" ");
        row("x -under:anima", {Qt::Key_Enter}, "x -under:Animal ");
        row("state:fa", {Qt::Key_Return}, "state:failed ");
        row("durat", {Qt::Key_Tab}, "duration:");
        row("und", {Qt::Key_Tab}, "under:", true);
        row("bark", {Qt::Key_Down, Qt::Key_Return}, "label:Bark ");
        row("label:bark", {Qt::Key_Escape, Qt::Key_Home}, "label:bark");
    }
    void completesByKeys()
    {
        QFETCH(QString, typed);
        QFETCH(QList<int>, keys);
        Shown shown;
        shown.type(typed);
        QCOMPARE(shown.edit().text(), typed);
        QVERIFY(shown.isActive && shown.list().isVisible());
        for (const int key : keys)
            shown.key(static_cast<Qt::Key>(key));
        QTEST(shown.edit().text(), "text");
        QTEST(shown.list().isVisible(), "isOffering");
        QVERIFY(shown.edit().hasFocus());
    }

    void offersBelowWhatIsTyped()
    {
        Shown shown;
        shown.type(u"duration:10 -label:Music \"some text"_s);
        shown.type(u"\" label:bar"_s);
        QVERIFY(shown.list().isVisible());
        const int before =
            shown.edit().fontMetrics().horizontalAdvance(u"duration:10 -label:Music \"some text\" "_s);
        const int left = shown.list().x() - shown.edit().mapTo(&shown.window, QPoint()).x();
        QVERIFY2(std::abs(left - before) < 60, qPrintable(u"%1, %2"_s.arg(left).arg(before)));
        shown.bar.setText({});
        shown.type(u"dog "_s.repeated(60) + u"label:bar"_s); // longer than the line
        QVERIFY(shown.window.rect().contains(shown.list().geometry()));
    }

    void completesByMouse()
    {
        Shown shown;
        QVERIFY(shown.isActive);
        shown.type(u"label:bar"_s);
        QTest::mouseClick(shown.list().viewport(), Qt::LeftButton, {},
                          shown.list().visualRect(shown.list().model()->index(0, 0)).center());
        QCOMPARE(shown.edit().text(), u"label:Bark "_s);
        QVERIFY(shown.edit().hasFocus());
    }

    void losesNoKey()
    {
        Shown shown;
        const QString text = u"under:\"Musical instrument\" -label:Music (aB3x | duration:<10) label:Bark "_s;
        shown.type(text);
        QCOMPARE(shown.edit().text(), text);
        QCOMPARE(shown.bar.text(), text);
    }

    void staysOutOfTheWayBetweenWords()
    {
        Shown shown;
        shown.type(u"dog"_s);
        QVERIFY(shown.list().isVisible());
        shown.type(u" "_s);
        QVERIFY(!shown.list().isVisible());
        shown.key(Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(shown.list().isVisible());
        shown.key(Qt::Key_Escape);
        QVERIFY(!shown.list().isVisible());
        QCOMPARE(shown.edit().text(), u"dog "_s);
        shown.key(Qt::Key_Escape);
        QCOMPARE(shown.edit().text(), QString());
        shown.edit().undo();
        QCOMPARE(shown.edit().text(), u"dog "_s);
    }

    void goesOnWithAQueryThatIsRight()
    {
        Shown shown;
        const QSignalSpy left(&shown.bar, &FilterBar::left);
        shown.type(u"dog"_s);
        QVERIFY(shown.list().isVisible());
        shown.key(Qt::Key_Return); // nothing is marked: it is about the query
        QCOMPARE(left.count(), 1);
        QVERIFY(!shown.list().isVisible());
        shown.type(u" label:Bark"_s);
        shown.key(Qt::Key_Return);
        QCOMPARE(left.count(), 2);
        shown.key(Qt::Key_Down); // the list is closed
        QCOMPARE(left.count(), 3);
        QCOMPARE(shown.edit().text(), u"dog label:Bark"_s);
    }

    void listFollowsTheFocus()
    {
        Shown shown;
        QVERIFY(shown.isActive);
        shown.type(u"label:bar"_s);
        QVERIFY(shown.list().isVisible());
        shown.below.setFocus();
        QVERIFY(!shown.list().isVisible());
    }

    /// What is wrong lies over the table: it is shown to whoever types, and a sign of it to all others.
    void mistakeFollowsTheFocus()
    {
        Shown shown;
        QVERIFY(shown.isActive);
        shown.type(u"dog -label:Nessie "_s);
        QTRY_VERIFY(shown.mistake().isVisible());
        QVERIFY(shown.sign().isVisible());
        QCOMPARE(shown.sign().toolTip(), u"At character 6: there is no such class"_s);
        // Below the line, about where the class begins.
        const QPoint corner = shown.mistake().mapTo(&shown.window, QPoint());
        QVERIFY(corner.y() >= shown.edit().mapTo(&shown.window, QPoint(0, shown.edit().height())).y());
        const int before = shown.edit().fontMetrics().horizontalAdvance(u"dog -"_s);
        QVERIFY2(std::abs(corner.x() - shown.edit().x() - before) < 60,
                 qPrintable(QString::number(corner.x())));

        shown.below.setFocus();
        QVERIFY(!shown.mistake().isVisible());
        QVERIFY(shown.sign().isVisible());
        shown.sign().trigger();
        QVERIFY(shown.edit().hasFocus());
        QCOMPARE(shown.edit().cursorPosition(), 5);
        QTRY_VERIFY(shown.mistake().isVisible());
        shown.bar.setText(u"dog"_s);
        QVERIFY(!shown.mistake().isVisible());
        QVERIFY(!shown.sign().isVisible());
    }

    void nothingMovesForAMistake()
    {
        Shown shown;
        const QRect before = shown.below.geometry();
        shown.type(u"dog ( "_s);
        QTRY_VERIFY(shown.mistake().isVisible());
        QCoreApplication::processEvents();
        QCOMPARE(shown.below.geometry(), before);
    }

    /// A text longer than the line: its mistake is shown inside the window all the same.
    void mistakesOutOfSight()
    {
        Shown shown;
        shown.type(u"labl:x "_s + u"dog "_s.repeated(100));
        QTRY_VERIFY(shown.mistake().isVisible());
        QVERIFY(shown.window.rect().contains(shown.mistake().geometry()));
        shown.bar.setText(u"dog "_s.repeated(100) + u"labl:x "_s);
        QVERIFY(shown.window.rect().contains(shown.mistake().geometry()));
    }

    void screamsOnlyWhenNothingIsOnOffer()
    {
        Shown shown;
        const QSignalSpy changed(&shown.bar, &FilterBar::queryChanged);
        shown.type(u"dog "_s);
        const auto before = changed.count();
        const QString typed = u"label:Bar"_s;
        for (const QChar c : typed) {
            shown.type(c);
            QVERIFY2(!shown.mistake().isVisible(), qPrintable(shown.edit().text()));
        }
        QVERIFY(changed.count() > before); // "dog l" can be understood, …
        const auto understood = changed.count();
        QVERIFY(!shown.bar.query()); // … half a class cannot
        shown.key(Qt::Key_Escape);
        QTRY_VERIFY(shown.mistake().isVisible());
        QCOMPARE(shown.mistake().text(), u"At character 5: there is no such class"_s);
        shown.type(u"k"_s);
        QVERIFY(!shown.mistake().isVisible());
        QCOMPARE(changed.count(), understood + 1);
        QCOMPARE(shown.bar.query()->toString(), u"and(word(dog), label(Bark))"_s);
        shown.type(u"zz"_s);
        QVERIFY(!shown.list().isVisible());
        QTRY_VERIFY(shown.mistake().isVisible());
        QVERIFY(!shown.bar.query());
    }

    void asksAgainWhenTheCheckChanges()
    {
        Shown shown;
        shown.bar.setText(u"label:Nessie"_s);
        QTRY_VERIFY(shown.mistake().isVisible());
        QVERIFY(!shown.bar.query());
        shown.bar.setCheck({});
        QVERIFY(!shown.mistake().isVisible());
        QCOMPARE(shown.bar.query()->toString(), u"label(Nessie)"_s);
    }

    void remembersWhatWasSettledOn()
    {
        Shown shown;
        QVERIFY(shown.isActive);
        shown.type(u"dog"_s);
        shown.key(Qt::Key_Return);
        shown.type(u" bark"_s);
        shown.below.setFocus();
        shown.bar.focusFilter();
        shown.type(u"label:Bar"_s); // no query, nothing to remember
        shown.key(Qt::Key_Escape);
        shown.below.setFocus();
        QCOMPARE(shown.settings.recentFilters(), (QStringList{u"dog bark"_s, u"dog"_s}));

        shown.bar.focusFilter();
        shown.key(Qt::Key_Down, Qt::AltModifier);
        QTRY_VERIFY(shown.openMenu());
        QTest::keyClick(shown.openMenu(), Qt::Key_Down);
        QTest::keyClick(shown.openMenu(), Qt::Key_Return);
        QTRY_COMPARE(shown.edit().text(), u"dog"_s);

        shown.key(Qt::Key_Down, Qt::AltModifier);
        QTRY_VERIFY(shown.openMenu());
        QTest::keyClick(shown.openMenu(), Qt::Key_Up); // the last entry
        QTest::keyClick(shown.openMenu(), Qt::Key_Return);
        QTRY_VERIFY(shown.settings.recentFilters().isEmpty());
    }

    void remembersWhatWasTickedAndStayed()
    {
        Shown shown;
        shown.bar.setText(u"label:Dog"_s);
        shown.bar.setText(u"label:Dog | label:Bark"_s);
        QTRY_COMPARE(shown.settings.recentFilters(), QStringList{u"label:Dog | label:Bark"_s});
    }

    void savesFilters()
    {
        Shown shown;
        QVERIFY(shown.isActive);
        const auto save = [&](const QString &filter, const QString &name) {
            shown.bar.setText(filter);
            shown.key(Qt::Key_S, Qt::ControlModifier);
            QTRY_VERIFY(shown.openMenu());
            QTest::keyClick(shown.openMenu(), Qt::Key_Return);
            QTRY_VERIFY(shown.bar.findChild<QInputDialog *>());
            auto *dialog = shown.bar.findChild<QInputDialog *>();
            dialog->setTextValue(name);
            dialog->accept();
            QTRY_VERIFY(!shown.bar.findChild<QInputDialog *>());
            shown.window.activateWindow(); // there may be no window manager to do it
            QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        };
        save(u"under:Animal"_s, u"Beasts"_s);
        save(u"under:Music"_s, u" Tunes "_s);
        QCOMPARE(shown.settings.savedFilters(),
                 (QMap<QString, QString>{{u"Beasts"_s, u"under:Animal"_s}, {u"Tunes"_s, u"under:Music"_s}}));

        // A name that is taken: asked before anything is lost.
        save(u"dog"_s, u"Beasts"_s);
        QTRY_VERIFY(shown.bar.findChild<QMessageBox *>());
        shown.bar.findChild<QMessageBox *>()->reject();
        QCOMPARE(shown.settings.savedFilters().value(u"Beasts"_s), u"under:Animal"_s);
        QTRY_VERIFY(!shown.bar.findChild<QMessageBox *>());
        shown.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));
        save(u"dog"_s, u"Beasts"_s);
        QTRY_VERIFY(shown.bar.findChild<QMessageBox *>());
        const auto buttons = shown.bar.findChild<QMessageBox *>()->buttons();
        for (auto *button : buttons) {
            if (button->text() == u"Replace"_s)
                button->click();
        }
        QTRY_COMPARE(shown.settings.savedFilters().value(u"Beasts"_s), u"dog"_s);
        QTRY_VERIFY(!shown.bar.findChild<QMessageBox *>());
        shown.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&shown.window));

        shown.bar.setText({});
        shown.key(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(shown.openMenu());
        QVERIFY(!shown.openMenu()->actions().first()->isEnabled()); // nothing to save
        for (auto *action : shown.openMenu()->actions()) {
            if (action->text() == u"Tunes"_s)
                shown.openMenu()->setActiveAction(action);
        }
        QTest::keyClick(shown.openMenu(), Qt::Key_Return);
        QTRY_COMPARE(shown.edit().text(), u"under:Music"_s);
        QCOMPARE(shown.bar.query()->toString(), u"under(Music)"_s);
    }

    void savedFiltersAreRenamedAndDeleted()
    {
        const QTemporaryDir folder;
        Settings settings(folder.filePath(u"settings.ini"_s));
        settings.savedFilters = {{u"b"_s, u"dog"_s}, {u"Ä"_s, u"cat"_s}, {u"C"_s, u"cow"_s}};
        SavedFilterModel model(settings);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.name(0), u"Ä"_s);
        QCOMPARE(model.name(1), u"b"_s);

        auto *dialog = new SavedFiltersDialog(model, nullptr);
        const QSignalSpy chosen(dialog, &SavedFiltersDialog::chosen);
        dialog->show();
        auto *view = dialog->findChild<QTableView *>();
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        view->setFocus();
        view->selectRow(1);
        QTest::keyClick(view, Qt::Key_F2);
        QTRY_VERIFY(view->viewport()->findChild<QLineEdit *>());
        auto *editor = view->viewport()->findChild<QLineEdit *>();
        QTest::keyClicks(editor, u"C"_s); // taken
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(dialog->findChild<QLabel *>()->text(),
                     u"There is a filter “C” already; choose another name."_s);
        QCOMPARE(model.name(1), u"b"_s);
        QVERIFY(!model.setData(model.index(1, 0), u"  "_s, Qt::EditRole));
        QVERIFY(model.setData(model.index(1, 0), u"Hounds"_s, Qt::EditRole));
        QVERIFY(!dialog->findChild<QLabel *>()->isVisible());
        view->setFocus();
        view->selectRow(2);
        QTest::keyClick(view, Qt::Key_Delete);
        QTRY_COMPARE(settings.savedFilters(),
                     (QMap<QString, QString>{{u"Hounds"_s, u"dog"_s}, {u"Ä"_s, u"cat"_s}}));
        for (auto *button : dialog->findChildren<QPushButton *>()) {
            if (button->text() == u"Use"_s)
                button->click();
        }
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).toString(), u"dog"_s);
        model.save(u"new"_s, u"x"_s);
        QCOMPARE(model.rowCount(), 3);
    }

    void completionModelIsSound()
    {
        CompletionModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows(query::completions(u"label:b"_s, 7, {}));
        QCOMPARE(model.rowCount(), 16);
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void foundNeedsNoNewLayout()
    {
        Shown shown;
        QVERIFY(shown.isActive);
        shown.bar.setFound(22'160);
        QCoreApplication::processEvents();
        struct Layouts final : QObject
        {
            bool eventFilter(QObject *, QEvent *event) override
            {
                count += event->type() == QEvent::LayoutRequest ? 1 : 0;
                return false;
            }
            int count = 0;
        } layouts;
        shown.bar.installEventFilter(&layouts);
        for (const qint64 count : {0, 7, 12, 22'160, 1}) {
            shown.bar.setFound(count);
            QCoreApplication::processEvents();
        }
        QCOMPARE(layouts.count, 0);
        shown.bar.setFound(2'041'789); // this one is wider than all before
        QCoreApplication::processEvents();
        QVERIFY(layouts.count > 0);
    }
};

QTEST_MAIN(TestFilterBar)
#include "tst_filterbar.moc"
