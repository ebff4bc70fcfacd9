#include "base/format.h"

#include "support/testmain.h"

#include <QTest>

using namespace earmark;
using namespace Qt::StringLiterals;

class TestFormat final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clock_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << qint64{0} << u"0:00"_s;
        QTest::newRow("seconds") << qint64{30'000} << u"0:30"_s;
        QTest::newRow("tenths") << qint64{23'700} << u"0:23.7"_s;
        QTest::newRow("minutes") << qint64{590'000} << u"9:50"_s;
        QTest::newRow("hours") << qint64{3'723'000} << u"1:02:03"_s;
    }
    void clock()
    {
        QFETCH(qint64, milliseconds);
        QTEST(clockText(milliseconds), "text");
    }

    void span_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("negative") << qint64{-5} << u"0 s"_s;
        QTest::newRow("ten seconds") << qint64{10'000} << u"10 s"_s;
        QTest::newRow("short clip") << qint64{9'500} << u"9.5 s"_s;
        QTest::newRow("minutes") << qint64{200'000} << u"3 min 20 s"_s;
        QTest::newRow("whole minutes") << qint64{180'000} << u"3 min"_s;
        QTest::newRow("hours") << qint64{10'920'000} << u"3 h 2 min"_s;
        QTest::newRow("one day") << qint64{86'400'000} << u"1 day"_s;
        QTest::newRow("days") << qint64{266'400'000} << u"3 days 2 h"_s;
    }
    void span()
    {
        QFETCH(qint64, milliseconds);
        QTEST(spanText(milliseconds), "text");
    }

    void bytes_data()
    {
        QTest::addColumn<qint64>("count");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64{0} << u"0 B"_s;
        QTest::newRow("bytes") << qint64{512} << u"512 B"_s;
        QTest::newRow("kilobytes") << qint64{1'234} << u"1.2 kB"_s;
        QTest::newRow("gigabytes") << qint64{3'400'000'000} << u"3.4 GB"_s;
    }
    void bytes()
    {
        QFETCH(qint64, count);
        QTEST(bytesText(count), "text");
    }

    void count()
    {
        QCOMPARE(countText(22'160), u"22,160"_s);
        QCOMPARE(countText(12), u"12"_s);
    }
};

QTEST_APPLESS_MAIN(TestFormat)
#include "tst_format.moc"
