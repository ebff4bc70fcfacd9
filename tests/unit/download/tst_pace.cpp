#include "download/pace.h"

#include <QTest>

using namespace earmark::download;
using namespace std::chrono_literals;

class TestPace final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noHourHoldsMore_data()
    {
        QTest::addColumn<int>("perHour");
        for (const int perHour : {1, 2, 7, 300, 2000, 100'000})
            QTest::addRow("%d", perHour) << perHour;
    }

    void noHourHoldsMore()
    {
        QFETCH(int, perHour);
        Pace pace(perHour, Moment(0), 1);
        Moment now = 1'000h;
        std::vector<Moment> starts;
        for (int start = 0; start < 3 * perHour + 10; ++start) {
            now = std::max(now, pace.nextStart());
            pace.started(now);
            starts.push_back(now);
        }
        const auto most = static_cast<std::size_t>(perHour);
        for (std::size_t at = most; at < starts.size(); ++at)
            QVERIFY(starts[at] - starts[at - most] >= 1h);
        // And hardly less: the last three hours had some three times as many.
        const auto hours = std::chrono::duration<double>(starts.back() - starts.front()) / 1h;
        QVERIFY2(hours < 1.1 * (3.0 + 10.0 / perHour) + 1.0 / perHour, QByteArray::number(hours).constData());
    }

    void noTwoSpacesAreTheSame()
    {
        Pace pace(300, Moment(0), 1);
        Moment last = 1'000h;
        Moment least = 1h, most = 0h;
        for (int start = 0; start < 200; ++start) {
            pace.started(last);
            const Moment space = pace.nextStart() - last;
            QVERIFY(space >= 8'400ms && space <= 15'601ms); // 12 s, 30 % up and down
            least = std::min(least, space);
            most = std::max(most, space);
            last = pace.nextStart();
        }
        QVERIFY(least < 9s && most > 15s);
    }

    void noLimit()
    {
        Pace pace(0);
        for (int start = 0; start < 1000; ++start)
            pace.started(1'000h);
        QVERIFY(pace.nextStart() <= 1'000h);
    }

    void anEarlierRunCounts()
    {
        QVERIFY(Pace(300, 1'000h).nextStart() > 1'000h + 8s);
        QCOMPARE(Pace(300, Moment(0)).nextStart(), Moment(0));
        QCOMPARE(Pace(0, 1'000h).nextStart(), Moment(0));
    }
};

QTEST_GUILESS_MAIN(TestPace)
#include "tst_pace.moc"
