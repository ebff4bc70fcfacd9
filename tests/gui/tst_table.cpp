#include "gui/program.h"
#include "readers/segmentfile.h"
#include "support/resulttest.h"
#include "support/splittexts.h"
#include "support/testmain.h"
#include "ui/segments/segmentmodel.h"
#include "ui/segments/segmentview.h"
#include "ui/segments/selectdialog.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace earmark;
using ui::SegmentModel;

namespace {

/// Two failed clips apart, everything in another order by start than by id.
const QByteArray Split = "# YTID, start_seconds, end_seconds, positive_labels\n"
                         "--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/t/dd00088\"\n"
                         "-0RWZT-miFs, 420.000, 430.000, \"/m/03v3yw,/m/0k4j\"\n"
                         "Agi5ySKb1tY, 23.700, 31.700, \"/m/0c2wf\"\n"
                         "zzZZ_yy-012, 0.000, 3.000, \"/m/09x0r,/m/04rlf\"\n"
                         "zzZZ_yy-013, 10.000, 20.000, \"/m/04rlf\"\n";

/// The window on a split of its own, driven by keys.
struct Program final : test::Program
{
    Program()
        : test::Program({}, ytdlp::Source())
    {
        test::writeFile(folder.filePath(u"split.csv"_s), Split);
        window.show();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("The window does not come up.");
        session.openSplit(folder.filePath(u"split.csv"_s));
    }
    QString counts()
    {
        for (const auto *label : window.findChildren<QLabel *>()) {
            if (label->accessibleName() == u"Counts"_s)
                return label->text();
        }
        return {};
    }
    std::vector<segments::Row> shownRows()
    {
        const auto visible = page().model().visible();
        return {visible.begin(), visible.end()};
    }
};

using Rows = std::vector<segments::Row>;

} // namespace

class TestTable final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typesSortsSelectsAndCopies()
    {
        Program program;
        QTRY_COMPARE(program.page().foundCount(), 5);
        QTRY_VERIFY(program.table().hasFocus());

        // Type.
        program.key(Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(program.filter().hasFocus());
        QTest::keyClicks(&program.filter(), u"label:Speech "_s);
        QCOMPARE(program.shownRows(), (Rows{0, 3}));
        program.page().filter().setText({});
        program.page().focusTable();
        QTRY_VERIFY(program.table().hasFocus());

        // Sort by the column of the current cell: start.
        program.table().setCurrentIndex(program.page().model().index(0, SegmentModel::Start));
        program.key(Qt::Key_T, Qt::ControlModifier);
        QTRY_COMPARE(program.shownRows(), (Rows{3, 4, 2, 0, 1}));
        QCOMPARE(program.page().currentRow(), std::optional<segments::Row>(0));
        program.key(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(program.shownRows(), (Rows{1, 0, 2, 4, 3}));

        // Select the last two and copy them, as they are shown.
        program.key(Qt::Key_End);
        program.key(Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(program.page().selectedRows(), (Rows{3, 4}));
        program.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"zzZZ_yy-013, 10.000, 20.000, \"/m/04rlf\"\n"
                                                    "zzZZ_yy-012, 0.000, 3.000, \"/m/09x0r,/m/04rlf\"\n"_s);
        program.key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"zzZZ_yy-013\nzzZZ_yy-012\n"_s);
        program.window.actions()["segments.copyAddresses"_L1]->trigger();
        QVERIFY(QApplication::clipboard()->text().startsWith(
            u"https://www.youtube.com/watch?v=zzZZ_yy-013&t=10s\n"_s));
        QTRY_COMPARE(program.counts(), u"5 segments  ·  5 found  ·  2 selected  ·  0 ready"_s);

        program.key(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(program.shownRows(), (Rows{0, 1, 2, 3, 4}));
        QCOMPARE(program.page().selectedRows(), (Rows{3, 4}));

        program.key(Qt::Key_I, Qt::ControlModifier);
        QCOMPARE(program.page().selectedRows(), (Rows{0, 1, 2}));
        program.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(program.page().selectedCount(), 5);
        program.key(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(program.page().selectedCount(), 0);
    }

    /// What is copied can be opened again, whatever its labels are.
    void copiesWhatCanBeReadAgain_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::newRow("mids") << Split;
        QTest::newRow("texts") << QByteArray("zzZZ_yy-012,0,people marching,test\n"
                                             "zzZZ_yy-012,30,\"dog barking, then \"\"silence\"\"\",train\n"
                                             "-0RWZT-miFs,23,Speech,test\n");
        QTest::newRow("captions") << QByteArray("audiocap_id,youtube_id,start_time,caption\n"
                                                "1,zzZZ_yy-012,130,A man speaks, and a dog barks\n"
                                                "2,zzZZ_yy-012,130,\"Wind, rain and \xC3\xA4\"\n");
        QTest::newRow("odd times") << QByteArray(
            "ytid,start_s,end_s,labels\n"
            "zzZZ_yy-012,1.5,2.257,\"Child speech, kid speaking,odd\"\n");
    }
    void copiesWhatCanBeReadAgain()
    {
        QFETCH(QByteArray, list);
        Program program;
        QTRY_COMPARE(program.page().foundCount(), 5);
        const QString path = program.folder.filePath(u"list.csv"_s);
        test::writeFile(path, list);
        program.session.openSplit(path);
        QTRY_COMPARE(program.session.split()->path, path);
        QTRY_VERIFY(program.table().hasFocus());
        program.key(Qt::Key_A, Qt::ControlModifier);
        program.key(Qt::Key_C, Qt::ControlModifier);
        const QString again = program.folder.filePath(u"again.csv"_s);
        test::writeFile(again, QApplication::clipboard()->text().toUtf8());
        const auto split = readers::readSegments(again);
        VERIFY_OK(split);
        QCOMPARE(split->problemCount, 0);
        QCOMPARE(test::rowsOf(split->table), test::rowsOf(program.session.split()->table));
    }

    /// It is the heart of the window.
    void theFilterHasTheRoom()
    {
        Program program;
        QVERIFY(!program.filter().isVisible()); // nothing to find yet
        QTRY_COMPARE(program.page().foundCount(), 5);
        QTRY_VERIFY(program.filter().isVisible());
        program.window.resize(1280, 800);
        QTRY_COMPARE(program.window.width(), 1280);
        QTRY_VERIFY(program.filter().width() >= 1280 / 2);
        // Who asks for the filter by its name gets the line, and not what it lies in.
        for (auto *widget : program.window.findChildren<QWidget *>())
            QVERIFY(QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name) != u"Filter"_s ||
                    widget == &program.filter());
    }

    void selectsByQuery()
    {
        Program program;
        QTRY_COMPARE(program.page().foundCount(), 5);
        QTRY_VERIFY(program.table().hasFocus());
        program.key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = program.window.findChild<ui::SelectDialog *>();
        QVERIFY(dialog);
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        auto *edit = dialog->findChild<QLineEdit *>();
        QTRY_VERIFY(edit->hasFocus());
        QTest::keyClicks(edit, u"label:Music ("_s);
        QTest::keyClick(edit, Qt::Key_Return); // a query that is wrong selects nothing
        QVERIFY(dialog->isVisible());
        QTest::keyClick(edit, Qt::Key_Backspace);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_COMPARE(program.page().selectedRows(), (Rows{3, 4}));
    }

    /// Nothing that is done with what was found or selected acts on rows of another filter.
    void offersNothingWhileTheFilterHasAnError()
    {
        Program program;
        QTRY_COMPARE(program.page().foundCount(), 5);
        auto &actions = program.window.actions();
        const auto offered = [&] {
            QStringList names;
            for (const QAction *action :
                 {actions["downloads.downloadFound"_L1], actions["downloads.downloadSelected"_L1],
                  actions["review.auditionFound"_L1], actions["segments.sample"_L1],
                  actions["segments.selectAll"_L1], actions["segments.invertSelection"_L1],
                  actions["segments.selectByQuery"_L1], actions["segments.likeThis"_L1],
                  actions["downloads.retrySelected"_L1]}) {
                if (action->isEnabled())
                    names.append(action->objectName());
            }
            return names;
        };
        QVERIFY(offered().contains(u"sample"_s));
        program.table().selectRow(3);
        QApplication::clipboard()->setText(u"before"_s);
        program.page().filter().setText(u"speech -label:Mus"_s);
        QTRY_COMPARE(offered(), QStringList());
        QTRY_COMPARE(program.counts(), u"5 segments  ·  — found  ·  0 ready"_s);
        actions["segments.copyLines"_L1]->trigger();
        actions["segments.sample"_L1]->trigger();
        QCOMPARE(QApplication::clipboard()->text(), u"before"_s);
        QVERIFY(!QApplication::activeModalWidget());
        program.page().filter().setText(u"speech"_s);
        QTRY_VERIFY(offered().contains(u"sample"_s));
        QCOMPARE(program.shownRows(), (Rows{0, 3}));
    }

    /// With an error in the filter the empty table says which, and the keys that it names work there.
    void anEmptyTableSaysWhy_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("says");
        QTest::newRow("nothing matches")
            << u"id:nowhere"_s << u"No matches. Press Esc to clear the filter."_s;
        QTest::newRow("error") << u"id:zz duration:abc"_s << u"The filter has an error. At character 16: "_s;
        QTest::newRow("another error") << u"(id:zz"_s << u"The filter has an error. At character "_s;
    }
    void anEmptyTableSaysWhy()
    {
        QFETCH(QString, filter);
        QFETCH(QString, says);
        Program program;
        QTRY_COMPARE(program.page().foundCount(), 5);
        QTRY_VERIFY(program.table().hasFocus());
        const auto &view = static_cast<const ui::SegmentView &>(program.table());
        program.key(Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(program.filter().hasFocus());
        QTest::keyClicks(&program.filter(), u"state:x"_s); // an error before the one that counts
        QCOMPARE(program.page().foundCount(), 0);
        program.filter().selectAll();
        QTest::keyClicks(&program.filter(), filter);
        QCOMPARE(program.page().foundCount(), 0);
        QVERIFY2(view.placeholder().startsWith(says), qPrintable(view.placeholder()));
        QVERIFY2(view.placeholder().endsWith(u"press Esc to clear it."_s) || !says.contains(u"error"_s),
                 qPrintable(view.placeholder()));
        program.page().focusTable();
        QTRY_VERIFY(program.table().hasFocus());
        program.key(Qt::Key_Escape);
        QCOMPARE(program.filter().text(), QString());
        QCOMPARE(program.page().foundCount(), 5);
        QVERIFY(program.table().hasFocus());
        // Rows are no placeholder: Esc leaves the filter alone.
        program.page().filter().setText(u"id:zz"_s);
        QCOMPARE(program.page().foundCount(), 2);
        program.key(Qt::Key_Escape);
        QCOMPARE(program.filter().text(), u"id:zz"_s);
    }

    void showsRowsLikeThis_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("query");
        QTest::newRow("labels") << u"segments.likeLabels"_s << u"label:Speech label:Music labels:2"_s;
        QTest::newRow("video") << u"segments.likeVideo"_s << u"id:zzZZ_yy-012"_s;
        QTest::newRow("state") << u"segments.likeState"_s << u"state:absent"_s;
    }
    void showsRowsLikeThis()
    {
        QFETCH(QString, action);
        QFETCH(QString, query);
        Program program;
        QTRY_COMPARE(program.page().foundCount(), 5);
        program.table().selectRow(3);
        program.window.actions()[QLatin1StringView(action.toLatin1())]->trigger();
        QCOMPARE(program.filter().text(), query);
        QCOMPARE(program.page().currentRow(), std::optional<segments::Row>(3));
        QCOMPARE(program.page().foundCount(), query.startsWith(u"state"_s) ? 5 : 1);
    }

    void offersWhatARowHas()
    {
        Program program;
        QTRY_COMPARE(program.page().foundCount(), 5);
        program.table().selectRow(3);
        program.key(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QCOMPARE(menu->actions().first()->text(), u"With the label “Speech”"_s);
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(program.filter().text(), u"label:Speech"_s);
        QCOMPARE(program.shownRows(), (Rows{0, 3}));
    }

    void movesColumnsByKey()
    {
        Program program;
        QTRY_COMPARE(program.page().foundCount(), 5);
        QTRY_VERIFY(program.table().hasFocus());
        program.table().setCurrentIndex(program.page().model().index(0, SegmentModel::Start));
        const int place = program.table().horizontalHeader()->visualIndex(SegmentModel::Start);
        program.key(Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(program.table().horizontalHeader()->visualIndex(SegmentModel::Start), place - 1);
        program.key(Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(program.table().horizontalHeader()->visualIndex(SegmentModel::Start), place);
    }
};

QTEST_MAIN(TestTable)
#include "tst_table.moc"
