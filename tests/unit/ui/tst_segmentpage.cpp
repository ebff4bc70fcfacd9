#include "ui/segments/segmentpage.h"

#include "session/session.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "ui/segments/filterbar.h"
#include "ui/segments/segmentselection.h"
#include "ui/settings/settings.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace earmark;

namespace {

/// A page that shows the sample split, driven by keys.
struct Shown
{
    Shown()
    {
        QObject::connect(&session, &session::Session::splitChanged, &page, [this] { page.focusTable(); });
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
    session::Session session{ytdlp::Source()};
    ui::SegmentPage page{session, settings};
};

} // namespace

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

    /// Rows of another filter would be what "Download found" takes.
    void showsNoRowsOfAnotherFilter()
    {
        Shown shown;
        QVERIFY(QTest::qWaitForWindowActive(&shown.page));
        QTRY_VERIFY(shown.page.foundCount() > 0);
        shown.page.filter().focusFilter();
        QTest::keyClicks(&shown.edit(), u"music "_s);
        const auto good = shown.page.foundRows();
        QVERIFY(!good.empty());
        shown.page.selection().selectRows({&good.front(), 1}, false);
        QTest::keyClicks(&shown.edit(), u"("_s);
        QCOMPARE(shown.page.foundRows(), std::vector<segments::Row>());
        QCOMPARE(shown.page.foundCount(), 0);
        QCOMPARE(shown.page.selectedRows(), std::vector<segments::Row>());
        QVERIFY(!shown.page.currentRow());
        QCOMPARE(shown.label(u"Found"_s)->text(), u"— found"_s);
        QTRY_VERIFY(shown.label(u"Mistake in the filter"_s)->isVisible());
        QVERIFY(shown.label(u"Mistake in the filter"_s)->text().startsWith(u"At character "_s));
        QCOMPARE(shown.edit().text(), u"music ("_s); // marking the place changed nothing
        // Clips that change meanwhile bring nothing back.
        Q_EMIT shown.session.rowsReset();
        QCOMPARE(shown.page.foundCount(), 0);

        QTest::keyClick(&shown.edit(), Qt::Key_Backspace);
        QVERIFY(!shown.label(u"Mistake in the filter"_s)->isVisible());
        QCOMPARE(shown.page.foundRows(), good);
        QCOMPARE(shown.page.selectedRows(), std::vector{good.front()}); // as it was
    }

    /// Neither a name that is not finished yet nor one that another label map has.
    void showsNothingForANameThatIsUnknown()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        shown.page.filter().setText(u"speech -label:Mus"_s);
        QCOMPARE(shown.page.foundCount(), 0);
        shown.page.filter().setText(u"speech -label:Music"_s);
        QVERIFY(shown.page.foundCount() > 0);
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

    void keepsSelectionWhenSorted()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        const auto &table = shown.session.split()->table;
        shown.select({1, 2, 4});
        shown.selection().setCurrentIndex(shown.page.table().model()->index(4, 0),
                                          QItemSelectionModel::NoUpdate);
        const auto selected = shown.page.selectedRows();
        const QSignalSpy resets(shown.page.table().model(), &QAbstractItemModel::modelReset);
        const auto clickHeader = [&shown](int column) {
            auto *header = shown.page.table().horizontalHeader();
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                              QPoint(header->sectionViewportPosition(column) + 20, header->height() / 2));
        };
        clickHeader(ui::SegmentModel::Start);
        QTRY_COMPARE(resets.count(), 1);
        const auto startsAt = [&](int line) { return table.key(shown.page.model().row(line)).startMs; };
        QVERIFY(startsAt(0) < startsAt(int(shown.page.foundCount()) - 1));
        QCOMPARE(shown.page.selectedRows(), selected);
        QCOMPARE(shown.page.currentRow(), std::optional(selected.back()));
        QVERIFY(shown.page.table().viewport()->rect().contains(
            shown.page.table().visualRect(shown.page.table().currentIndex()).center()));

        // What the screen shows, and a screen reader hears, follows.
        for (const segments::Row row : selected)
            QVERIFY(shown.selection().isRowSelected(*shown.page.model().line(row)) ||
                    !shown.page.table().viewport()->rect().intersects(shown.page.table().visualRect(
                        shown.page.model().index(*shown.page.model().line(row), 0))));

        clickHeader(ui::SegmentModel::Start);
        QCOMPARE(resets.count(), 2); // at once: the order is known
        QVERIFY(startsAt(0) > startsAt(int(shown.page.foundCount()) - 1));
        clickHeader(ui::SegmentModel::Start);
        QCOMPARE(shown.page.model().row(0), 0U); // the order of the file
        QCOMPARE(shown.page.selectedRows(), selected);
    }

    void remembersTheOrder()
    {
        Shown shown;
        shown.page.table().sortByColumn(ui::SegmentModel::Duration, Qt::DescendingOrder);
        shown.page.saveColumns();
        const ui::SegmentPage later(shown.session, shown.settings);
        const auto *header = later.findChild<QTableView *>()->horizontalHeader();
        QCOMPARE(header->sortIndicatorSection(), int(ui::SegmentModel::Duration));
        QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
    }

    void selectsAsTablesDo_data()
    {
        QTest::addColumn<QList<int>>("keys");
        QTest::addColumn<QList<int>>("selected");
        const auto shift = [](int key) { return key | int(Qt::SHIFT); };
        const auto control = [](int key) { return key | int(Qt::CTRL); };
        const int up = Qt::Key_Up;
        const int down = Qt::Key_Down;
        QTest::newRow("one") << QList{down, down} << QList{2};
        QTest::newRow("a range") << QList{down, shift(down), shift(down)} << QList{1, 2, 3};
        QTest::newRow("back") << QList{down, shift(down), shift(down), shift(up)} << QList{1, 2};
        QTest::newRow("past its beginning")
            << QList{down, down, shift(down), shift(up), shift(up)} << QList{1, 2};
        QTest::newRow("scattered") << QList{down, control(down), control(down), control(Qt::Key_Space)}
                                   << QList{1, 3};
        QTest::newRow("taken back") << QList{down, shift(down), control(Qt::Key_Space)} << QList{1};
    }
    void selectsAsTablesDo()
    {
        QFETCH(QList<int>, keys);
        QFETCH(QList<int>, selected);
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        shown.page.table().selectRow(0);
        for (const int key : keys)
            QTest::keyClick(&shown.page.table(), Qt::Key(key & ~int(Qt::KeyboardModifierMask)),
                            Qt::KeyboardModifiers(key & int(Qt::KeyboardModifierMask)));
        const auto rows = shown.page.selectedRows();
        QCOMPARE(QList<int>(rows.begin(), rows.end()), selected);
        QCOMPARE(shown.page.selectedCount(), selected.size());
        QTest::keyClick(&shown.page.table(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(shown.page.selectedCount(), shown.page.foundCount());
    }

    void selectsManyScatteredRows()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        std::vector<segments::Row> every3rd;
        for (segments::Row row = 0; row < shown.session.split()->table.size(); row += 3)
            every3rd.push_back(row);
        shown.page.selection().selectRows(every3rd, false);
        QCOMPARE(shown.page.selectedRows(), every3rd);
        QVERIFY(shown.selection().isRowSelected(0));
        QVERIFY(!shown.selection().isRowSelected(1));
        shown.page.selection().invert();
        QCOMPARE(shown.page.selectedCount(), shown.page.foundCount() - qint64(every3rd.size()));
        shown.page.selection().selectRows(every3rd, true);
        QCOMPARE(shown.page.selectedCount(), shown.page.foundCount());
        shown.page.selection().selectRows({}, false);
        QCOMPARE(shown.page.selectedCount(), 0);
    }

    void pagesToTheEnd()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        // Fewer rows than the split has: the vertical header has more sections than that.
        shown.page.filter().setText(u"music"_s);
        const int rows = int(shown.page.foundCount());
        auto &table = shown.page.table();
        table.selectRow(0);
        for (int page = 0; page < rows; ++page)
            QTest::keyClick(&table, Qt::Key_PageDown);
        QCOMPARE(table.currentIndex().row(), rows - 1);
        QCOMPARE(table.verticalScrollBar()->value(), table.verticalScrollBar()->maximum());
        QVERIFY(table.verticalScrollBar()->maximum() < rows);
        QVERIFY(table.viewport()->rect().contains(table.visualRect(table.currentIndex()).center()));
        QVERIFY(table.indexAt(QPoint(5, 5)).isValid());
        // What one was at is gone: to the top, not to the end of what is found now.
        shown.page.filter().setText(u"-music"_s);
        QCOMPARE(table.verticalScrollBar()->value(), 0);
        QVERIFY(table.verticalScrollBar()->maximum() > 0);
        shown.page.filter().setText(u"no such class at all"_s);
        QCOMPARE(table.verticalScrollBar()->maximum(), 0);
    }

    void forgetsSelectionWithTheSplit()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        shown.select({3, 4});
        const QSignalSpy changed(&shown.session, &session::Session::splitChanged);
        shown.session.openSample();
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(shown.page.selectedRows(), std::vector<segments::Row>{0}); // as focusTable() leaves it
    }

    void goesOnWithWhatIsShown()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        shown.select({0});
        shown.page.filter().setText(u"music"_s);
        QVERIFY(!shown.page.model().isFound(0));
        QCOMPARE(shown.page.selectedCount(), 0);
        shown.page.focusTable();
        QCOMPARE(shown.page.selectedRows(), std::vector<segments::Row>{shown.page.model().row(0)});
        // Several rows are more than a place: they are not lost for a look at others.
        shown.page.selection().selectRows(
            std::array<segments::Row, 2>{shown.page.model().row(3), shown.page.model().row(4)}, false);
        QCOMPARE(shown.page.currentRow(), std::optional(shown.page.model().row(3)));
        const auto selected = shown.page.selectedRows();
        shown.page.filter().setText(u"-music"_s);
        QCOMPARE(shown.page.selectedCount(), 0);
        shown.page.focusTable();
        shown.page.filter().setText({});
        QCOMPARE(shown.page.selectedRows(), selected);
    }

    /// The order that is remembered takes a moment: the first row is the first of that order then.
    void beginsWithTheFirstRow()
    {
        Shown shown;
        QTRY_VERIFY(shown.page.foundCount() > 0);
        shown.page.begin();
        const QSignalSpy resets(shown.page.table().model(), &QAbstractItemModel::modelReset);
        shown.page.table().sortByColumn(ui::SegmentModel::Start, Qt::DescendingOrder);
        QTRY_COMPARE(resets.count(), 1);
        QCOMPARE(shown.page.table().currentIndex().row(), 0);
        QCOMPARE(shown.page.selectedRows(), std::vector<segments::Row>{shown.page.model().row(0)});
        // A row that somebody chose stays, wherever it is.
        shown.page.table().selectRow(1);
        const auto chosen = shown.page.currentRow();
        shown.page.table().sortByColumn(ui::SegmentModel::Segment, Qt::AscendingOrder);
        QTRY_COMPARE(resets.count(), 2);
        QCOMPARE(shown.page.currentRow(), chosen);
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
        const QSignalSpy failed(&shown.session, &session::Session::failed);
        shown.session.openSplit(shown.folder.filePath(u"gone.csv"_s));
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(!failed.at(0).at(1).toString().isEmpty());
        QCOMPARE(shown.session.split(), sample); // what was open stays
    }
};

QTEST_MAIN(TestSegmentPage)
#include "tst_segmentpage.moc"
