#include "download/forecast.h"
#include "download/throughputestimator.h"
#include "support/testmain.h"

#include <QTest>
#include <QTimeZone>

using namespace earmark::download;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestForecast final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tells_data()
    {
        QTest::addColumn<qint64>("clips");
        QTest::addColumn<int>("perHour");
        QTest::addColumn<qint64>("remaining");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, qint64 clips, int perHour, qint64 remaining, const QString &now,
                            const QString &expected) {
            QTest::newRow(name) << clips << perHour << (remaining ? remaining : pacedMs(clips, perHour))
                                << now << expected;
        };
        constexpr qint64 Minute = 60'000, Hour = 60 * Minute;
        row("the balanced split", 22'160, 300, 0, u"2026-11-22T12:08:00"_s,
            u"22,160 clips at 300/h: 3 days 2 h, done on Wednesday about 14:00"_s);
        row("with an account", 22'160, 2000, 0, u"2026-11-22T12:08:00"_s,
            u"22,160 clips at 2,000/h: 11 h 5 min, done today about 23:10"_s);
        row("all of AudioSet", 2'042'985, 300, 0, u"2026-11-22T12:00:00"_s,
            u"2,042,985 clips at 300/h: 283 days 18 h, done on 2 September 2027 about 06:00"_s);
        row("this year", 100'000, 300, 0, u"2026-11-22T12:00:00"_s,
            u"100,000 clips at 300/h: 13 days 21 h, done on 6 December about 09:00"_s);
        row("minutes", 10, 300, 0, u"2026-11-22T12:00:20"_s,
            u"10 clips at 300/h: 2 min, done today about 12:02"_s);
        row("a moment", 1, 300, 0, u"2026-11-22T12:00:00"_s, u"1 clip at 300/h: less than a minute"_s);
        row("over midnight", 500, 0, 3 * Hour, u"2026-11-22T22:30:00"_s,
            u"500 clips: 3 h, done tomorrow about 01:30"_s);
        row("rounded into the next day", 500, 0, 89 * Minute, u"2026-11-22T22:29:00"_s,
            u"500 clips: 1 h 30 min, done tomorrow about 00:00"_s);
        row("slower than the pace", 300, 300, 30 * Hour, u"2026-11-22T12:00:00"_s,
            u"300 clips at 300/h: 1 day 6 h, done tomorrow about 18:00"_s);
    }

    void tells()
    {
        QFETCH(qint64, clips);
        QFETCH(int, perHour);
        QFETCH(qint64, remaining);
        QFETCH(QString, now);
        QFETCH(QString, expected);
        for (const char *zone : {"UTC", "Asia/Kolkata", "Pacific/Honolulu"}) {
            QDateTime local = QDateTime::fromString(now, Qt::ISODate);
            local.setTimeZone(QTimeZone(zone));
            QCOMPARE(forecastText(clips, perHour, remaining, local), expected);
        }
    }

    void tempoMeasures()
    {
        ThroughputEstimator tempo;
        Moment now = 1'000h;
        tempo.begin(now);
        QCOMPARE(tempo.remaining(0, now), Moment(0));
        for (int clip = 0; clip < 3; ++clip) {
            QVERIFY(tempo.remaining(10, now) < Moment(0));
            now += 2s;
            tempo.clipFinished(now);
        }
        QCOMPARE(tempo.remaining(10, now), Moment(20s));
        // Nothing arrives: the estimate grows.
        QCOMPARE(tempo.remaining(10, now + 6s), Moment(40s));
        // A long run goes by the last ones.
        for (int clip = 0; clip < 200; ++clip) {
            now += 5s;
            tempo.clipFinished(now);
        }
        QCOMPARE(tempo.remaining(10, now), Moment(50s));
    }
};

QTEST_GUILESS_MAIN(TestForecast)
#include "tst_forecast.moc"
