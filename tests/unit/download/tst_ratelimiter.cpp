#include "download/ratelimiter.h"

#include "support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace earmark::download;
using namespace Qt::StringLiterals;
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
        RateLimiter pace(perHour, Moment(0), 1);
        Moment now = 1'000h;
        std::vector<Moment> starts;
        for (int start = 0; start < 3 * perHour + 10; ++start) {
            now = std::max(now, pace.nextStart());
            QVERIFY(pace.take(now));
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
        RateLimiter pace(300, Moment(0), 1);
        Moment last = 1'000h;
        Moment least = 1h, most = 0h;
        for (int start = 0; start < 200; ++start) {
            QVERIFY(pace.take(last));
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
        RateLimiter pace(0);
        for (int start = 0; start < 1000; ++start)
            QVERIFY(pace.take(1'000h));
        QVERIFY(pace.nextStart() <= 1'000h);
    }

    void anEarlierRunCounts()
    {
        QVERIFY(RateLimiter(300, 1'000h).nextStart() > 1'000h + 8s);
        QCOMPARE(RateLimiter(300, Moment(0)).nextStart(), Moment(0));
        QCOMPARE(RateLimiter(0, 1'000h).nextStart(), Moment(0));
    }

    /// Programs that share a file, each asking when it thinks that it may.
    void programsShareIt_data()
    {
        QTest::addColumn<int>("programs");
        QTest::addColumn<int>("perHour");
        QTest::newRow("one") << 1 << 300;
        QTest::newRow("two") << 2 << 300;
        QTest::newRow("two, few") << 2 << 3;
        QTest::newRow("seven") << 7 << 60;
    }

    void programsShareIt()
    {
        QFETCH(int, programs);
        QFETCH(int, perHour);
        QTemporaryDir folder;
        const RateLimiterFile file(folder.filePath(u"earmark/pace"_s));
        std::vector<RateLimiter> all;
        for (int program = 0; program < programs; ++program)
            all.emplace_back(perHour, Moment(0), program + 1, file);
        std::vector<Moment> starts;
        std::vector<int> counts(static_cast<std::size_t>(programs));
        for (Moment now = 1'000h; now < 1'003h; now += 250ms) {
            for (std::size_t at = 0; at < all.size(); ++at) {
                if (all[at].nextStart() <= now && all[at].take(now)) {
                    starts.push_back(now);
                    ++counts[at];
                }
            }
        }
        const auto most = static_cast<std::size_t>(perHour);
        QVERIFY(starts.size() > most * 2);
        for (std::size_t at = most; at < starts.size(); ++at)
            QVERIFY(starts[at] - starts[at - most] >= 1h);
        for (std::size_t at = 1; at < starts.size(); ++at)
            QVERIFY(starts[at] - starts[at - 1] >= 0.7 * 3'600s / perHour - 1s);
        QVERIFY(perHour < 10 || *std::ranges::min_element(counts) > 0); // nobody starves
    }

    /// The clock of a computer was wrong when it wrote the file.
    void whatLiesAheadIsNoStart()
    {
        QTemporaryDir folder;
        const RateLimiterFile file(folder.filePath(u"pace"_s));
        QVERIFY(RateLimiter(1, Moment(0), 1, file).take(5'000h));
        RateLimiter pace(1, Moment(0), 2, file);
        pace.share(RateLimiterFile::Limit{9'000h, u"Slower."_s});
        QVERIFY(!pace.limit(1'000h));
        QVERIFY(pace.take(1'000h));
    }

    void withoutAFileEachIsAlone()
    {
        QTemporaryDir folder;
        const QString obstacle = folder.filePath(u"obstacle"_s);
        QFile file(obstacle);
        QVERIFY(file.open(QIODevice::WriteOnly));
        RateLimiter pace(1, Moment(0), 1, RateLimiterFile(obstacle + u"/pace"_s));
        QVERIFY(pace.take(1'000h));
        QVERIFY(pace.nextStart() >= 1'001h);
        QVERIFY(!pace.limit(1'000h));
    }
};

QTEST_GUILESS_MAIN(TestPace)
#include "tst_ratelimiter.moc"
