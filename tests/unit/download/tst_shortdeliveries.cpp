#include "download/shortdeliveries.h"

#include "support/testmain.h"

#include <QTest>

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;

using Verdict = ShortDeliveries::Verdict;

namespace {

constexpr int Rate = 44'100;
constexpr int Tries = 4;
const SegmentKey Clip{*YtId::parse("-0RWZT-miFs"), 30'000, 40'000};

} // namespace

/// Clips that came out shorter than asked for: which of them are believed.
class TestShortDeliveries final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verdicts_data()
    {
        QTest::addColumn<double>("stated");         // seconds of the whole source; 0: it does not state it
        QTest::addColumn<QList<double>>("lengths"); // seconds of the clip, one for each download
        QTest::addColumn<Verdict>("expected");      // of the last
        using enum Verdict;
        QTest::newRow("once") << 0.0 << QList{7.16} << Open;
        QTest::newRow("twice the same") << 0.0 << QList{7.16, 7.16} << Repeated;
        QTest::newRow("twice, not the same") << 0.0 << QList{7.16, 5.1} << Open;
        QTest::newRow("the same, with another between") << 0.0 << QList{7.16, 5.1, 7.16} << Repeated;
        QTest::newRow("each time elsewhere") << 0.0 << QList{7.16, 5.1, 6.2, 1.3} << Refuted;
        QTest::newRow("stated") << 37.0 << QList{7.16} << Stated;
        QTest::newRow("stated in whole seconds") << 38.0 << QList{7.2} << Stated;
        QTest::newRow("stated, and broken off before that") << 38.0 << QList{1.5} << Open;
        QTest::newRow("stated, and broken off there twice") << 38.0 << QList{1.5, 1.5} << Open;
        QTest::newRow("the source has more") << 300.0 << QList{7.16} << Open;
        QTest::newRow("the source has more, twice the same") << 300.0 << QList{7.16, 7.16} << Open;
        QTest::newRow("the source has more, always") << 300.0 << QList{7.16, 7.16, 7.16, 7.16} << Refuted;
        QTest::newRow("it ends with the clip") << 40.0 << QList{9.9} << Stated;
        QTest::newRow("it ends a little after the clip") << 41.0 << QList{9.9} << Open;
        QTest::newRow("a little after, twice the same") << 41.0 << QList{9.9, 9.9} << Repeated;
    }

    void verdicts()
    {
        QFETCH(double, stated);
        QFETCH(QList<double>, lengths);
        QFETCH(Verdict, expected);
        ShortDeliveries deliveries;
        QVERIFY(!deliveries.isDownloaded(Clip));
        Verdict verdict = Verdict::Open;
        for (const double length : lengths) {
            QCOMPARE(verdict, Verdict::Open);
            deliveries.stated(Clip, stated);
            QVERIFY(deliveries.isDownloaded(Clip));
            verdict = deliveries.delivered(Clip, qRound64(length * Rate), Rate, Tries);
        }
        QCOMPARE(verdict, expected);
        deliveries.forget(Clip);
        QVERIFY(!deliveries.isDownloaded(Clip));
    }
};

QTEST_GUILESS_MAIN(TestShortDeliveries)
#include "tst_shortdeliveries.moc"
