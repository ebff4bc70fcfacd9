#include "ui/files/problemmodel.h"

#include "support/testmain.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;
using earmark::ui::ProblemModel;

class TestProblemModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsLinesAndReasons()
    {
        ProblemModel model({{7, u"The end is not after the start."_s}, {9, u"There are no labels."_s}});
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, ProblemModel::Line).data().toLongLong(), 7);
        QCOMPARE(model.index(1, ProblemModel::Reason).data().toString(), u"There are no labels."_s);
    }
};

QTEST_GUILESS_MAIN(TestProblemModel)
#include "tst_problemmodel.moc"
