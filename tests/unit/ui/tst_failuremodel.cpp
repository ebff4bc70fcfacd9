#include "ui/downloads/failuremodel.h"

#include "support/clips.h"
#include "support/testmain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace earmark;
using test::keyOf;
using ui::FailureGroup;
using ui::FailureModel;

class TestFailureModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groupsByReason()
    {
        ClipStore clips;
        add(clips, 1, ClipState::Failed, FailureClass::Permanent, u"Private."_s);
        add(clips, 2, ClipState::Ready, FailureClass::None, {});
        add(clips, 3, ClipState::Failed, FailureClass::Transient, u"Broken off."_s);
        add(clips, 4, ClipState::Failed, FailureClass::Transient, u"Broken off."_s);
        add(clips, 5, ClipState::Queued, FailureClass::None, {});
        add(clips, 6, ClipState::Failed, FailureClass::Unknown, u"Private."_s);
        const std::vector<FailureGroup> expected{{FailureClass::Transient, u"Broken off."_s, 2},
                                                 {FailureClass::Permanent, u"Private."_s, 1},
                                                 {FailureClass::Unknown, u"Private."_s, 1}};
        QCOMPARE(ui::groupFailures(clips, {}), expected);
        QCOMPARE(ui::clipsOf({expected[0], expected[2]}, clips, {}),
                 (std::vector<SegmentKey>{keyOf(3), keyOf(4), keyOf(6)}));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(ui::groupFailures(clips, stop.get_token()).empty());
    }

    void countsAreNoReset()
    {
        FailureModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const FailureGroup gone{FailureClass::Permanent, u"Gone."_s, 5};
        FailureGroup net{FailureClass::Transient, u"Net."_s, 3};
        QVERIFY(model.setGroups({gone, net}));
        const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        net.count = 4;
        QVERIFY(!model.setGroups({gone, net}));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.index(1, FailureModel::Count).data().toString(), u"4"_s);
        QVERIFY(model.setGroups({net, gone}));
        QCOMPARE(model.index(0, FailureModel::Class).data().toString(), u"network"_s);
        QCOMPARE(model.index(0, FailureModel::Reason).data().toString(), u"Net."_s);
        QVERIFY(model.setGroups({}));
        QCOMPARE(model.rowCount(), 0);
    }

private:
    static void add(ClipStore &clips, int number, ClipState state, FailureClass failure,
                    const QString &reason)
    {
        Clip record;
        record.progress.state = state;
        record.progress.failure = failure;
        record.progress.reason = reason;
        clips.set(keyOf(number), record);
    }
};

QTEST_MAIN(TestFailureModel)
#include "tst_failuremodel.moc"
