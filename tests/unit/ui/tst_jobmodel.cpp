#include "ui/downloads/jobmodel.h"

#include "support/testmain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace earmark;
using download::RunningJob;
using ui::JobModel;

class TestJobModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesAsLittleAsItCan()
    {
        JobModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

        model.setJobs({job(u"A"_s, 0.1), job(u"B"_s, 0.2)}, {}, 1s);
        QCOMPARE(inserted.count(), 2);
        // One goes on, whatever its place in the list; one ends; one begins.
        model.setJobs({job(u"C"_s, 0.0), job(u"B"_s, 0.5, 48'200, 2)}, {}, 65s);
        QCOMPARE(inserted.count(), 3);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, JobModel::Segment).data().toString(), u"YBBBBBBBBBBB_0_10"_s);
        QCOMPARE(model.index(0, JobModel::Progress).data().toString(), u"50 %"_s);
        QCOMPARE(model.index(0, JobModel::Stage).data().toString(), u"fetching"_s);
        QCOMPARE(model.index(0, JobModel::Progress).data(JobModel::ProgressRole).toDouble(), 0.5);
        QCOMPARE(model.index(0, JobModel::Time).data().toString(), u"1 min 4 s"_s);
        QCOMPARE(model.index(0, JobModel::Speed).data().toString(), u"48.2 kB/s"_s);
        QCOMPARE(model.index(0, JobModel::Try).data().toString(), u"try 2"_s);
        QCOMPARE(model.index(1, JobModel::Speed).data().toString(), QString());
        QCOMPARE(model.index(1, JobModel::Try).data().toString(), QString());
        QCOMPARE(model.rowOf(model.key(1)), 1);
        QCOMPARE(model.key(1).ytid.toString(), u"CCCCCCCCCCC"_s);

        model.setJobs({}, {}, 66s);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(removed.count(), 3);
    }

    /// A clip that failed stands below those that run until its next try begins.
    void listsWhatWaits()
    {
        JobModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setJobs({job(u"A"_s, 0.1)}, {waiting(u"B"_s, 17'200), waiting(u"C"_s, 61'000)}, 1s);
        QCOMPARE(model.rowCount(), 3);
        const auto text = [&model](int row, int column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(text(1, JobModel::Segment), u"YBBBBBBBBBBB_0_10"_s);
        QCOMPARE(text(1, JobModel::Stage), u"network"_s);
        QCOMPARE(text(1, JobModel::Progress), u"retry in 0:18, try 2 of 3: The connection was lost."_s);
        QCOMPARE(text(2, JobModel::Progress), u"retry in 1:01, try 2 of 3: The connection was lost."_s);
        QVERIFY(!model.index(1, JobModel::Progress).data(JobModel::ProgressRole).isValid());
        QCOMPARE(model.rowOf(model.key(1)), -1);
        // Its time comes: it runs, and another has begun meanwhile.
        model.setJobs({job(u"A"_s, 0.2), job(u"D"_s, 0.0), job(u"B"_s, 0.0, 0, 2)}, {waiting(u"C"_s, 0)},
                      20s);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(text(2, JobModel::Segment), u"YBBBBBBBBBBB_0_10"_s);
        QCOMPARE(text(2, JobModel::Try), u"try 2"_s);
        QCOMPARE(text(3, JobModel::Progress), u"queued, try 2 of 3: The connection was lost."_s);
        std::vector<download::WaitingClip> many;
        for (std::uint32_t clip = 0; clip < JobModel::MostWaiting + 10; ++clip) {
            many.push_back(waiting(u"C"_s, 5'000));
            many.back().key.endMs += clip * 1'000;
        }
        model.setJobs({}, many, 21s);
        QCOMPARE(model.rowCount(), static_cast<int>(JobModel::MostWaiting));
        QCOMPARE(text(0, JobModel::Segment), u"YCCCCCCCCCCC_0_10"_s);
    }

private:
    static download::WaitingClip waiting(const QString &letter, qint64 waitMs)
    {
        return {job(letter, 0).key, waitMs, 2, 3, FailureClass::Transient, u"The connection was lost."_s};
    }
    static RunningJob job(const QString &letter, double fraction, double bytesPerSecond = 0, int attempt = 1)
    {
        return {{*YtId::parse(letter.repeated(11).toStdString()), 0, 10'000},
                ClipState::Fetching,
                fraction,
                bytesPerSecond,
                attempt,
                500ms};
    }
};

QTEST_MAIN(TestJobModel)
#include "tst_jobmodel.moc"
