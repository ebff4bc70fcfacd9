#include "ui/segments/segmentmodel.h"

#include "query/queryparser.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace earmark;
using ui::SegmentModel;

namespace {

/// The sample split, with a model that shows it, under Qt's own model tester.
struct Shown
{
    Shown()
    {
        auto read = readers::readSampleSplit();
        if (!read)
            qFatal("%s", qPrintable(read.error().text));
        split = std::make_shared<readers::Split>(std::move(*read));
        model.setSplit(std::make_shared<const session::FilterableSplit>(split, classes::Classes()));
    }
    void find(const QString &text) { model.find(*query::parseQuery(text)); }
    QString shown(int line, int column) const { return model.index(line, column).data().toString(); }

    std::shared_ptr<readers::Split> split;
    SegmentModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

} // namespace

class TestSegmentModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsNothingWithoutSplit()
    {
        SegmentModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.columnCount(), int(SegmentModel::ColumnCount));
    }

    void showsARow()
    {
        const Shown shown;
        const auto &table = shown.split->table;
        QCOMPARE(shown.model.rowCount(), int(table.size()));
        QCOMPARE(shown.shown(0, SegmentModel::State), u"absent"_s);
        QCOMPARE(shown.shown(0, SegmentModel::Segment), table.key(0).ytid.toString());
        QCOMPARE(shown.shown(0, SegmentModel::Labels), shown.model.names(0).join(u", "_s));
        const auto index = shown.model.index(0, 0);
        QCOMPARE(index.data(SegmentModel::KeyRole).value<SegmentKey>(), table.key(0));
        QCOMPARE(index.data(SegmentModel::StateRole).toInt(), int(ClipState::Absent));
        QVERIFY(!index.data(SegmentModel::ProgressRole).isValid());
        // The tool tip has what the chips leave out: the mids.
        const QString tip = shown.model.index(0, SegmentModel::Labels).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(QString::fromUtf8(table.mid(table.labels(0).front()))));
    }

    void findsAndKnowsLines()
    {
        Shown shown;
        const QSignalSpy resets(&shown.model, &QAbstractItemModel::modelReset);
        shown.find(u"label:Speech"_s);
        QCOMPARE(resets.count(), 1);
        QVERIFY(shown.model.rowCount() > 0);
        QVERIFY(shown.model.rowCount() < int(shown.split->table.size()));
        for (int line = 0; line < shown.model.rowCount(); ++line) {
            QVERIFY(shown.model.names(shown.model.row(line)).contains(u"Speech"_s));
            QCOMPARE(shown.model.line(shown.model.row(line)), std::optional(line));
        }
        for (segments::Row row = 0; row < shown.split->table.size(); ++row)
            QCOMPARE(shown.model.line(row).has_value(), shown.model.names(row).contains(u"Speech"_s));
        shown.find({});
        QCOMPARE(shown.model.rowCount(), int(shown.split->table.size()));
    }

    void marksWhatIsSought()
    {
        Shown shown;
        shown.find(u"label:Speech -label:Music"_s);
        QVERIFY(shown.model.rowCount() > 0);
        for (int line = 0; line < shown.model.rowCount(); ++line) {
            const auto index = shown.model.index(line, SegmentModel::Labels);
            const auto names = index.data(SegmentModel::NamesRole).toStringList();
            const auto sought = index.data(SegmentModel::SoughtRole).value<QList<bool>>();
            QCOMPARE(sought.size(), names.size());
            for (qsizetype i = 0; i < names.size(); ++i)
                QCOMPARE(sought[i], names[i] == u"Speech"_s);
        }
        shown.find({});
        QVERIFY(!shown.model.sought(0).contains(true));
    }

    void sorts_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("descending");
        for (int column = 0; column < SegmentModel::ColumnCount; ++column) {
            QTest::addRow("%s, ascending", qPrintable(SegmentModel::columnName(column))) << column << false;
            QTest::addRow("%s, descending", qPrintable(SegmentModel::columnName(column))) << column << true;
        }
    }
    void sorts()
    {
        QFETCH(int, column);
        QFETCH(bool, descending);
        Shown shown;
        const auto &table = shown.split->table;
        for (segments::Row row = 0; row < table.size(); row += 3) {
            // One measure stands for all: each is sorted by its own field.
            const auto level = static_cast<std::int16_t>(-(row * 37 % 50) * 100);
            Measures measures{.peak = level, .loudness = level};
            measures.silence = measures.bandwidth = static_cast<std::uint16_t>(level + 5'000);
            shown.split->table.setClip(row, {row % 2 == 0 ? ClipState::Ready : ClipState::Failed,
                                             AllVerdicts[row % AllVerdicts.size()],
                                             {},
                                             0,
                                             row % 2 == 0 ? measures : Measures()});
        }
        const std::vector<segments::Row> file(shown.model.found().begin(), shown.model.found().end());
        const QSignalSpy resets(&shown.model, &QAbstractItemModel::modelReset);
        shown.model.sort(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
        QTRY_COMPARE(resets.count(), 1);

        const auto isInOrder = [&](segments::Row first, segments::Row second) {
            const auto key = [&](const auto &value) {
                return descending ? value(second) <= value(first) : value(first) <= value(second);
            };
            switch (column) {
            case SegmentModel::State:
                return key([&](segments::Row row) { return table.state(row); });
            case SegmentModel::Segment:
                return key([&](segments::Row row) { return table.key(row).ytid; });
            case SegmentModel::Start:
                return key([&](segments::Row row) { return table.key(row).startMs; });
            case SegmentModel::End:
                return key([&](segments::Row row) { return table.key(row).endMs; });
            case SegmentModel::Duration:
                return key([&](segments::Row row) { return table.key(row).durationMs(); });
            case SegmentModel::Verdict:
                return key([&](segments::Row row) { return table.verdict(row); });
            case SegmentModel::Labels:
                return key([&](segments::Row row) { return shown.model.names(row); });
            default: // what is not measured comes last
                return key([&](segments::Row row) {
                    return std::pair(!table.measures(row).areKnown(), table.measures(row).loudness);
                });
            }
        };
        const auto compare = [&] {
            const auto visible = shown.model.visible();
            for (std::size_t line = 1; line < visible.size(); ++line)
                QVERIFY(isInOrder(visible[line - 1], visible[line]));
            for (int line = 0; line < shown.model.rowCount(); ++line)
                QCOMPARE(shown.model.line(shown.model.row(line)), std::optional(line));
        };
        compare();
        QVERIFY(std::ranges::equal(shown.model.found(), file)); // that is the file's order always
        // What is found later comes in the same order, at once.
        shown.find(u"music"_s);
        QVERIFY(shown.model.rowCount() > 1);
        compare();
        shown.find({});
        shown.model.sort(-1);
        QVERIFY(std::ranges::equal(shown.model.visible(), file));
    }

    void takesTheLastOrderAskedFor()
    {
        Shown shown;
        shown.model.sort(SegmentModel::Labels);
        shown.model.sort(SegmentModel::Start, Qt::DescendingOrder);
        const QSignalSpy resets(&shown.model, &QAbstractItemModel::modelReset);
        QTRY_COMPARE(resets.count(), 1);
        const auto &table = shown.split->table;
        QVERIFY(table.key(shown.model.row(0)).startMs >= table.key(shown.model.row(1)).startMs);
        shown.model.sort(SegmentModel::Start); // the other way round costs no time
        QCOMPARE(resets.count(), 2);
    }

    void findsInWhatIsFound()
    {
        Shown shown;
        shown.find(u"speech"_s);
        const auto both = shown.model.foundWith(*query::parseQuery(u"music"));
        shown.find(u"speech music"_s);
        QVERIFY(std::ranges::equal(shown.model.found(), both));
    }

    void showsProgressOfRunningJobs()
    {
        Shown shown;
        auto &table = shown.split->table;
        table.setClip(2, {ClipState::Fetching});
        const QSignalSpy changes(&shown.model, &QAbstractItemModel::dataChanged);
        shown.model.setRunning({{table.key(2), ClipState::Fetching, 0.42}});
        QCOMPARE(changes.count(), 1);
        QCOMPARE(changes.at(0).at(0).toModelIndex(), shown.model.index(2, SegmentModel::State));
        QCOMPARE(shown.model.index(2, 0).data(SegmentModel::ProgressRole).toDouble(), 0.42);
        QCOMPARE(shown.shown(2, SegmentModel::State), u"fetching 42 %"_s);

        // When the job ends its row is told of once more.
        table.setClip(2, {ClipState::Ready});
        shown.model.setRunning({});
        QCOMPARE(changes.count(), 2);
        QVERIFY(!shown.model.index(2, 0).data(SegmentModel::ProgressRole).isValid());
        QCOMPARE(shown.shown(2, SegmentModel::State), u"ready"_s);
    }

    void tellsWhyAClipFailed()
    {
        const QTemporaryDir folder;
        Shown shown;
        auto workspace = workspace::Workspace::open(folder.path());
        VERIFY_OK(workspace);
        const SegmentKey key = shown.split->table.key(0);
        (*workspace)->enqueue({{key, 0, "/m/09x0r"}});
        Clip record;
        record.progress.state = ClipState::Failed;
        record.progress.failure = FailureClass::Permanent;
        record.progress.reason = u"The video was removed."_s;
        (*workspace)->update(key, record);
        shown.split->table.setClip(0, {ClipState::Failed});
        shown.model.setWorkspace(workspace->get());
        QCOMPARE(shown.shown(0, SegmentModel::State), u"failed: gone"_s);
        QCOMPARE(shown.model.index(0, 0).data(Qt::ToolTipRole).toString(), u"The video was removed."_s);
        QCOMPARE(shown.model.index(0, 0).data(SegmentModel::FailureRole).toInt(),
                 int(FailureClass::Permanent));
        shown.model.setWorkspace(nullptr);
    }
};

QTEST_MAIN(TestSegmentModel)
#include "tst_segmentmodel.moc"
