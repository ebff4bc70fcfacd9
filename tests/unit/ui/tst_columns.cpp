#include "ui/segments/columns.h"

#include "support/testmain.h"
#include "ui/segments/segmentmodel.h"

#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using earmark::ui::SegmentModel;

class TestColumns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comeBackAsTheyWere()
    {
        QByteArray saved;
        {
            Table table;
            table.header().moveSection(table.header().visualIndex(SegmentModel::Labels), 0);
            table.header().resizeSection(SegmentModel::Segment, 123);
            table.header().hideSection(SegmentModel::End);
            table.header().setSortIndicator(SegmentModel::Start, Qt::DescendingOrder);
            saved = earmark::ui::saveColumns(table.header());
        }
        Table table;
        earmark::ui::restoreColumns(table.header(), saved);
        QCOMPARE(table.header().visualIndex(SegmentModel::Labels), 0);
        QCOMPARE(table.header().sectionSize(SegmentModel::Segment), 123);
        QVERIFY(table.header().isSectionHidden(SegmentModel::End));
        QVERIFY(!table.header().isSectionHidden(SegmentModel::Start));
        QCOMPARE(table.header().sortIndicatorSection(), int(SegmentModel::Start));
        QCOMPARE(table.header().sortIndicatorOrder(), Qt::DescendingOrder);
        QCOMPARE(earmark::ui::saveColumns(table.header()), saved);
    }

    /// A window that was large does not make the last column too wide for one that is small.
    void lastColumnTakesTheRoomThatThereIs()
    {
        QByteArray saved;
        {
            Table table;
            table.header().setStretchLastSection(true);
            table.view.resize(2400, 300);
            table.view.show();
            QTRY_VERIFY(table.header().sectionSize(SegmentModel::Labels) > 900);
            saved = earmark::ui::saveColumns(table.header());
        }
        Table table;
        table.header().setStretchLastSection(true);
        earmark::ui::restoreColumns(table.header(), saved);
        table.view.resize(1300, 300);
        table.view.show();
        QTRY_VERIFY(table.header().sectionSize(SegmentModel::Labels) < 320);
        QCOMPARE(table.view.horizontalScrollBar()->maximum(), 0);
    }

    void bearsWhatItDoesNotKnow_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("not JSON") << QByteArray("\x01\xffgarbage");
        QTest::newRow("unknown column") << QByteArray(R"([{"name":"colour","width":50,"visible":true}])");
        QTest::newRow("absurd widths")
            << QByteArray(R"([{"name":"state","width":-5},{"name":"verdict","width":1e9}])");
        QTest::newRow("all hidden") << QByteArray(
            R"([{"name":"state","visible":false},{"name":"verdict","visible":false},{"name":"segment","visible":false},
                {"name":"start","visible":false},{"name":"end","visible":false},{"name":"duration","visible":false},
                {"name":"loudness","visible":false},{"name":"peak","visible":false},{"name":"silence","visible":false},
                {"name":"bandwidth","visible":false},{"name":"labels","visible":false}])");
    }
    void bearsWhatItDoesNotKnow()
    {
        QFETCH(QByteArray, json);
        Table table;
        const QByteArray before = earmark::ui::saveColumns(table.header());
        earmark::ui::restoreColumns(table.header(), json);
        QCOMPARE(earmark::ui::saveColumns(table.header()), before);
    }

    void move()
    {
        Table table;
        table.header().moveSection(table.header().visualIndex(SegmentModel::Verdict), SegmentModel::Labels);
        table.header().hideSection(SegmentModel::Segment);
        earmark::ui::moveColumn(table.header(), SegmentModel::Start, -1); // past the hidden one
        QCOMPARE(table.header().visualIndex(SegmentModel::Start), 0);
        earmark::ui::moveColumn(table.header(), SegmentModel::Start, -1);
        QCOMPARE(table.header().visualIndex(SegmentModel::Start), 0);
        earmark::ui::moveColumn(table.header(), SegmentModel::Start, +1);
        QCOMPARE(table.header().visualIndex(SegmentModel::Start), 1);
    }

    void areShownHiddenAndSortedByMenu()
    {
        Table table;
        QMenu menu;
        earmark::ui::fillColumnMenu(menu, table.header());
        QCOMPARE(menu.actions().size(), int(SegmentModel::ColumnCount));
        menu.actions().at(SegmentModel::End)->trigger();
        QVERIFY(table.header().isSectionHidden(SegmentModel::End));
        earmark::ui::fillColumnMenu(menu, table.header());
        QVERIFY(!menu.actions().at(SegmentModel::End)->isChecked());
        menu.actions().at(SegmentModel::End)->trigger();
        QVERIFY(!table.header().isSectionHidden(SegmentModel::End));

        QMenu sorts;
        earmark::ui::sortOn(table.header(), SegmentModel::Labels);
        QCOMPARE(table.header().sortIndicatorOrder(), Qt::AscendingOrder);
        earmark::ui::sortOn(table.header(), SegmentModel::Labels);
        QCOMPARE(table.header().sortIndicatorOrder(), Qt::DescendingOrder);
        earmark::ui::fillSortMenu(sorts, table.header());
        for (QAction *action : sorts.actions()) {
            if (action->text() == u"Ascending"_s)
                action->trigger();
        }
        QCOMPARE(table.header().sortIndicatorSection(), int(SegmentModel::Labels));
        QCOMPARE(table.header().sortIndicatorOrder(), Qt::AscendingOrder);
        earmark::ui::sortOn(table.header(), SegmentModel::Labels);
        earmark::ui::sortOn(table.header(), SegmentModel::Labels);
        QCOMPARE(table.header().sortIndicatorSection(), -1);
    }

private:
    struct Table
    {
        Table() { view.setModel(&model); }
        QHeaderView &header() { return *view.horizontalHeader(); }
        SegmentModel model;
        QTableView view;
    };
};

QTEST_MAIN(TestColumns)
#include "tst_columns.moc"
