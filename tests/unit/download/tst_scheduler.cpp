#include "download/scheduler.h"

#include "support/clips.h"
#include "support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::keyOf;
using ytdlp::Remedy;

namespace {

constexpr Moment Start = 1'000h;

} // namespace

class TestScheduler final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAFailureMeansForAll_data()
    {
        QTest::addColumn<FailureClass>("failure");
        QTest::addColumn<Remedy>("help");
        QTest::addColumn<int>("clips"); // that may fail so before all stops; 0: any number
        using enum FailureClass;
        QTest::newRow("success") << None << Remedy::None << 0;
        QTest::newRow("rate limit") << RateLimit << Remedy::Cookies << 1;
        QTest::newRow("permanent") << Permanent << Remedy::None << 15;
        QTest::newRow("conditional") << Conditional << Remedy::Cookies << 0;
        QTest::newRow("a filter in the network") << Conditional << Remedy::Network << 15;
        QTest::newRow("later") << Later << Remedy::None << 0;
        QTest::newRow("403") << Transient << Remedy::Tools << 5;
        QTest::newRow("timed out") << Transient << Remedy::None << 6;
        QTest::newRow("no network") << Transient << Remedy::Network << 6;
        QTest::newRow("bad media") << BadMedia << Remedy::None << 0;
        QTest::newRow("unknown") << Unknown << Remedy::None << 5;
        // The queue pauses for it, which is not this class's matter.
        QTest::newRow("environment") << Environment << Remedy::Tools << 0;
    }

    void whatAFailureMeansForAll()
    {
        QFETCH(FailureClass, failure);
        QFETCH(Remedy, help);
        QFETCH(int, clips);
        Scheduler scheduler(RateLimiter(0));
        for (int number = 1; number <= 20; ++number) {
            scheduler.ended(*scheduler.start(Start),
                            {.clip = keyOf(number), .failure = failure, .help = help}, Start);
            const bool isOpen = scheduler.breaker().state() == CircuitBreaker::State::Open;
            QCOMPARE(isOpen, clips > 0 && number >= clips);
            if (isOpen)
                break;
        }
    }

    /// Else a few broken videos, which come first at every start, would stop the download each time.
    void whatFailedBeforeSaysLittle_data()
    {
        QTest::addColumn<FailureClass>("failure");
        QTest::addColumn<FailureClass>("before");
        QTest::addColumn<bool>("opens");
        using enum FailureClass;
        QTest::newRow("spoiled") << Transient << Transient << false;
        QTest::newRow("not understood") << Unknown << Unknown << false;
        QTest::newRow("unavailable") << Permanent << Permanent << false;
        QTest::newRow("spoiled, for another reason") << Transient << Unknown << true;
        QTest::newRow("not understood, for another reason") << Unknown << Permanent << true;
        QTest::newRow("unavailable, for another reason") << Permanent << Transient << true;
        QTest::newRow("a rate limit is one") << RateLimit << Transient << true;
    }

    void whatFailedBeforeSaysLittle()
    {
        QFETCH(FailureClass, failure);
        QFETCH(FailureClass, before);
        QFETCH(bool, opens);
        Scheduler scheduler(RateLimiter(0));
        for (int number = 1; number <= 20; ++number)
            scheduler.ended(*scheduler.start(Start),
                            {.clip = keyOf(number), .failure = failure, .before = before}, Start);
        QCOMPARE(scheduler.breaker().state() == CircuitBreaker::State::Open, opens);
        // As a probe it does: while the network is down, nothing is closed by it.
        scheduler.ended(*scheduler.start(Start), {.clip = keyOf(0), .failure = FailureClass::RateLimit},
                        Start);
        const Moment probing = scheduler.breaker().until();
        scheduler.ended(
            *scheduler.start(probing),
            {.clip = keyOf(1), .failure = FailureClass::Transient, .before = FailureClass::Transient},
            probing);
        QCOMPARE(scheduler.breaker().state(), CircuitBreaker::State::Open);
    }

    /// While the site is in trouble, no clip fails by it; but not for ever.
    void theSitesTrouble()
    {
        Scheduler scheduler(RateLimiter(0));
        QVERIFY(!scheduler.isSitesTrouble(FailureClass::Transient, Start));
        for (int number = 1; number <= 6; ++number)
            scheduler.ended(*scheduler.start(Start),
                            {.clip = keyOf(number), .failure = FailureClass::Transient}, Start);
        QCOMPARE(scheduler.breaker().state(), CircuitBreaker::State::Open);
        QVERIFY(scheduler.isSitesTrouble(FailureClass::Transient, Start + 24h));
        QVERIFY(scheduler.isSitesTrouble(FailureClass::Unknown, Start));
        QVERIFY(!scheduler.isSitesTrouble(FailureClass::BadMedia, Start));
        QVERIFY(!scheduler.isSitesTrouble(FailureClass::Permanent, Start));
        QVERIFY(!scheduler.isSitesTrouble(FailureClass::Transient, Start + 72h));
    }

    void saysWhyItStands()
    {
        Scheduler scheduler(RateLimiter(0));
        scheduler.ended(*scheduler.start(Start),
                        {.clip = keyOf(1), .failure = FailureClass::RateLimit, .reason = u"Slower."_s},
                        Start);
        QCOMPARE(scheduler.reason(), u"Slower."_s);
        // What spoils the probe is not why.
        scheduler.ended(*scheduler.start(Start + 15min),
                        {.clip = keyOf(2), .failure = FailureClass::Transient, .reason = u"Broken off."_s},
                        Start + 15min);
        QCOMPARE(scheduler.reason(), u"Slower."_s);
    }

    /// Two programs of one user.
    void aLimitIsShared()
    {
        QTemporaryDir folder;
        const RateLimiterFile file(folder.filePath(u"earmark/pace"_s));
        Scheduler one(RateLimiter(3'600, Moment(0), 1, file)), two(RateLimiter(3'600, Moment(0), 2, file));
        const auto ticket = one.start(Start);
        QVERIFY(ticket);
        QVERIFY(!two.start(Start + 100ms)); // one a second, for both
        QVERIFY(*two.nextStart() > Start + 500ms);
        one.ended(*ticket, {.clip = keyOf(1), .failure = FailureClass::RateLimit, .reason = u"Slower."_s},
                  Start + 2s);
        QVERIFY(!two.start(Start + 3s));
        QCOMPARE(two.breaker().state(), CircuitBreaker::State::Open);
        QCOMPARE(two.breaker().reason(), CircuitBreaker::Reason::RateLimit);
        QCOMPARE(two.nextStart(), one.nextStart());
        QCOMPARE(two.reason(), u"Slower."_s);
        const Moment later = *one.nextStart();
        const auto probe = one.start(later);
        QVERIFY(probe);
        one.ended(*probe, {.clip = keyOf(2)}, later + 1s);
        Scheduler three(RateLimiter(3'600, Moment(0), 3, file));
        QVERIFY(three.start(later + 5s));
    }

    void patience_data()
    {
        QTest::addColumn<FailureClass>("failure");
        QTest::addColumn<QList<int>>("waits"); // seconds before the second, third, … download; then it stands
        using enum FailureClass;
        QTest::newRow("transient") << Transient << QList{30, 120};
        QTest::newRow("bad media") << BadMedia << QList{30};
        QTest::newRow("unknown") << Unknown << QList{30};
        QTest::newRow("permanent") << Permanent << QList<int>();
        QTest::newRow("conditional") << Conditional << QList<int>();
        QTest::newRow("later") << Later << QList<int>();
    }

    void patience()
    {
        QFETCH(FailureClass, failure);
        QFETCH(QList<int>, waits);
        const RetryPolicy policy;
        for (int attempts = 1; attempts <= waits.size(); ++attempts)
            QCOMPARE(policy.waitAfter(failure, attempts), Moment(waits[attempts - 1] * 1s));
        QCOMPARE(policy.tries(failure), waits.empty() ? 0 : static_cast<int>(waits.size()) + 1);
        QCOMPARE(policy.waitAfter(failure, static_cast<int>(waits.size()) + 1), std::nullopt);
        QVERIFY(!isBlameless(failure));
    }

    void theBlamelessNeverFail()
    {
        for (const FailureClass failure : {FailureClass::RateLimit, FailureClass::Environment}) {
            QVERIFY(isBlameless(failure));
            QVERIFY(RetryPolicy().waitAfter(failure, 1'000).has_value());
        }
    }

    void theProbeGoesAlone()
    {
        Scheduler scheduler(RateLimiter(0));
        scheduler.ended(*scheduler.start(Start), {.clip = keyOf(1), .failure = FailureClass::RateLimit},
                        Start);
        QCOMPARE(scheduler.nextStart(), Start + 15min);
        const int probe = *scheduler.start(Start + 15min);
        QCOMPARE(scheduler.nextStart(), std::nullopt);
        scheduler.cancelled(probe, keyOf(2), Start + 16min);
        QCOMPARE(scheduler.nextStart(), Start + 16min);
        scheduler.ended(*scheduler.start(Start + 16min),
                        {.clip = keyOf(3), .failure = FailureClass::Permanent}, Start + 17min);
        QVERIFY(*scheduler.nextStart() <= Start + 17min);
    }

    void theProbeKeepsThePace()
    {
        Scheduler scheduler(RateLimiter(1, Moment(0), 1)); // one an hour
        scheduler.ended(*scheduler.start(Start), {.clip = keyOf(1), .failure = FailureClass::RateLimit},
                        Start);
        QVERIFY(*scheduler.nextStart() >= Start + 1h);
        scheduler.tryNow(Start + 1min);
        QVERIFY(*scheduler.nextStart() >= Start + 1h);
    }

    void aDayOfTheEngine_data()
    {
        QTest::addColumn<int>("perHour");
        QTest::addColumn<int>("workers");
        QTest::newRow("guest, 2 workers") << RateLimiter::Guest << 2;
        QTest::newRow("guest, 16 workers") << RateLimiter::Guest << 16;
        QTest::newRow("account, 16 workers") << RateLimiter::Account << 16;
    }

    /// Twenty-four hours with a site that answers well, badly, slowly, and turns everybody away at times.
    void aDayOfTheEngine()
    {
        QFETCH(int, perHour);
        QFETCH(int, workers);
        struct Job
        {
            int ticket, number;
            Moment end;
        };
        std::minstd_rand random(7);
        const auto chance = [&random](int percent) { return static_cast<int>(random() % 100) < percent; };
        Scheduler scheduler(RateLimiter(perHour, Moment(0), 3));
        std::vector<Job> jobs;
        std::vector<Moment> starts;
        int number = 0, limits = 0;
        for (Moment now = Start; now < Start + 24h; now += 100ms) {
            // In the second and the ninth hour the site lets nobody through.
            const bool isShut =
                (now > Start + 2h && now < Start + 3h) || (now > Start + 9h && now < Start + 11h);
            std::erase_if(jobs, [&](const Job &job) {
                if (job.end > now)
                    return false;
                const FailureClass failure = isShut       ? FailureClass::RateLimit
                                             : chance(10) ? FailureClass::Transient
                                             : chance(10) ? FailureClass::Permanent
                                                          : FailureClass::None;
                limits += isShut;
                scheduler.ended(job.ticket, {.clip = keyOf(job.number), .failure = failure}, now);
                return true;
            });
            while (static_cast<int>(jobs.size()) < workers) {
                const auto next = scheduler.nextStart();
                if (!next || *next > now)
                    break;
                starts.push_back(now);
                const unsigned longest = chance(2) ? 180'000 : 8'000;
                jobs.push_back(
                    {*scheduler.start(now), number++ % 90'000, now + 1s + Moment(random() % longest)});
            }
            const bool isWaiting = scheduler.breaker().state() != CircuitBreaker::State::Closed;
            QVERIFY(!isWaiting || !starts.empty());
        }
        const auto most = static_cast<std::size_t>(perHour);
        for (std::size_t at = most; at < starts.size(); ++at)
            QVERIFY(starts[at] - starts[at - most] >= 1h);
        // It stood for no longer than the site did, the wait that was begun meanwhile, and one more for a
        // probe that the network spoiled.
        QVERIFY2(static_cast<double>(starts.size()) > perHour * 15.5,
                 QByteArray::number(starts.size()).constData());
        QVERIFY2(limits > 2 && limits < 2 * workers + 12, QByteArray::number(limits).constData());
    }
};

QTEST_GUILESS_MAIN(TestScheduler)
#include "tst_scheduler.moc"
