#include "download/localfailures.h"

#include "support/clips.h"
#include "support/testmain.h"

#include <QTest>

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;
using test::keyOf;

/// Downloads that end with what looks like trouble of this computer: whose it is.
class TestLocalTrouble final : public QObject
{
    Q_OBJECT
    using Verdict = LocalFailures::Verdict;

private Q_SLOTS:
    void oneClipAmongOthers()
    {
        LocalFailures local;
        QCOMPARE(local.met(keyOf(1), false, true), Verdict::Doubted);
        QVERIFY(local.isDoubted(keyOf(1)));
        local.worked();
        QVERIFY(local.isDoubted(keyOf(1)));
        QCOMPARE(local.met(keyOf(1), false, true), Verdict::Own);
        QCOMPARE(local.met(keyOf(1), false, false), Verdict::Own);
        // Another one has the same right to be doubted.
        QVERIFY(!local.isDoubted(keyOf(2)));
        QCOMPARE(local.met(keyOf(2), false, true), Verdict::Doubted);
    }

    void threeAreNoCoincidence()
    {
        LocalFailures local;
        local.worked();
        QCOMPARE(local.met(keyOf(1), false, true), Verdict::Doubted);
        QCOMPARE(local.met(keyOf(2), false, true), Verdict::Doubted);
        QCOMPARE(local.met(keyOf(1), false, true), Verdict::Doubted);
        QCOMPARE(local.met(keyOf(3), false, true), Verdict::Local);
        QVERIFY(!local.isDoubted(keyOf(1)));
    }

    void theOnlyOneStopsTheQueue()
    {
        LocalFailures local;
        QCOMPARE(local.met(keyOf(1), false, false), Verdict::Local);
    }

    void theLastOneOfManyThatWorkedDoesNot()
    {
        LocalFailures local;
        local.worked();
        QCOMPARE(local.met(keyOf(1), false, false), Verdict::Own);
        local.forget();
        QCOMPARE(local.met(keyOf(1), false, false), Verdict::Local);
    }

    void aDiskIsNoClips()
    {
        LocalFailures local;
        QCOMPARE(local.met(keyOf(1), false, true), Verdict::Doubted);
        local.worked();
        QCOMPARE(local.met(keyOf(1), true, false), Verdict::Local);
        local.worked();
        QCOMPARE(local.met(keyOf(2), true, true), Verdict::Doubted);
        QCOMPARE(local.met(keyOf(2), true, false), Verdict::Local);
    }
};

QTEST_GUILESS_MAIN(TestLocalTrouble)
#include "tst_localfailures.moc"
