#include "ui/segments/segmentpage.h"

#include "support/resulttest.h"
#include "ui/segments/filterbar.h"
#include "ui/session.h"
#include "ui/settings.h"

#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace earmark;

/// A page that shows the sample split, driven by keys.
struct Shown
{
    Shown()
    {
        QObject::connect(&session, &ui::Session::splitChanged, &page, [this] { page.focusTable(); });
        page.resize(900, 600);
        page.show();
        session.openSample();
    }
    QLineEdit &edit() { return *page.findChild<QLineEdit *>(); }
    QItemSelectionModel &selection() { return *page.table().selectionModel(); }
    QLabel *label(const QString &name)
    {
        for (auto *one : page.findChildren<QLabel *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }
    void select(const std::vector<int> &lines)
    {
        selection().clear();
        for (const int line : lines)
            selection().select(page.table().model()->index(line, 0),
                               QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }

    QTemporaryDir folder;
    ui::Settings settings{folder.filePath(u"settings.ini"_s)};
    ui::Session session{ytdlp::Source()};
    ui::SegmentPage page{session, settings};
};

class TestSegmentPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsEveryKeystroke()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        const qint64 all = shown.page.foundCount();
        QTest::keyClicks(&shown.edit(), u"sp"_s);
        const qint64 some = shown.page.foundCount();
        QVERIFY(some > 0);
        QVERIFY(some < all);
        QCOMPARE(shown.label(u"Found"_s)->text(), u"%1 found"_s.arg(some));
        QTest::keyClick(&shown.edit(), Qt::Key_Escape); // first the suggestions, then the text
        QTest::keyClick(&shown.edit(), Qt::Key_Escape);
        QCOMPARE(shown.page.foundCount(), all);
    }

    void keepsTheLastGoodResult()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        QTest::keyClicks(&shown.edit(), u"music "_s);
        const auto good = shown.page.foundRows();
        QTest::keyClicks(&shown.edit(), u"("_s);
        QCOMPARE(shown.page.foundRows(), good);
        QVERIFY(shown.label(u"Mistake in the filter"_s)->isVisible());
        QVERIFY(shown.label(u"Mistake in the filter"_s)->text().startsWith(u"At character "_s));
        QCOMPARE(shown.edit().text(), u"music ("_s); // marking the place changed nothing
        QTest::keyClick(&shown.edit(), Qt::Key_Backspace);
        QVERIFY(!shown.label(u"Mistake in the filter"_s)->isVisible());
    }

    void keepsSelectionBySegment()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        shown.page.filter().setText(u"music"_s);
        QVERIFY(shown.page.foundCount() >= 5);
        shown.select({1, 2, 4});
        shown.selection().setCurrentIndex(shown.page.table().model()->index(4, 0),
                                          QItemSelectionModel::NoUpdate);
        const auto selected = shown.page.selectedRows();
        const auto current = shown.page.currentRow();
        QCOMPARE(selected.size(), 3U);

        shown.page.filter().setText({});
        QCOMPARE(shown.page.selectedRows(), selected);
        QCOMPARE(shown.page.currentRow(), current);
        // What the filter hides is remembered while the person only types …
        shown.page.filter().setText(u"no such class"_s);
        QCOMPARE(shown.page.foundCount(), 0);
        QCOMPARE(shown.page.selectedCount(), 0);
        shown.page.filter().setText(u"music"_s);
        QCOMPARE(shown.page.selectedRows(), selected);
        QCOMPARE(shown.page.currentRow(), current);
        // … and no longer once something else is selected.
        shown.select({0});
        shown.page.filter().setText({});
        QCOMPARE(shown.page.selectedCount(), 1);
    }

    void forgetsSelectionWithTheSplit()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        shown.select({3, 4});
        const QSignalSpy changed(&shown.session, &ui::Session::splitChanged);
        shown.session.openSample();
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(shown.page.selectedRows(), std::vector<dataset::Row>{0}); // as focusTable() leaves it
    }

    void downGoesToTheTable()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        shown.page.filter().focusFilter();
        QTRY_VERIFY(shown.edit().hasFocus());
        QTest::keyClick(&shown.edit(), Qt::Key_Down);
        QTRY_VERIFY(shown.page.table().hasFocus());
        QTest::keyClick(&shown.page.table(), Qt::Key_End);
        QCOMPARE(shown.page.table().currentIndex().row(), int(shown.page.foundCount()) - 1);
    }

    void opensFilesAndSaysWhatIsWrong()
    {
        Shown shown;
        QTRY_VERIFY(shown.session.split());
        const auto sample = shown.session.split();
        const QSignalSpy failed(&shown.session, &ui::Session::failed);
        shown.session.openSplit(shown.folder.filePath(u"gone.csv"_s));
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(!failed.at(0).at(1).toString().isEmpty());
        QCOMPARE(shown.session.split(), sample); // what was open stays
    }
};

QTEST_MAIN(TestSegmentPage)
#include "tst_segmentpage.moc"
