#include "download/circuitbreaker.h"

#include "support/clips.h"
#include "support/testmain.h"

#include <QTest>

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::keyOf;

using State = CircuitBreaker::State;
using Reason = CircuitBreaker::Reason;
using Outcome = CircuitBreaker::Outcome;

namespace {

constexpr Moment Start = 1'000h;

/// One download from beginning to end, of a clip of its own.
struct Site
{
    void outcomes(Outcome outcome)
    {
        const int ticket = breaker.begun();
        for (const SegmentKey &each : breaker.ended(ticket, {keyOf(++clips), outcome}, now))
            doubted.push_back(each);
    }
    void outcomes(Outcome outcome, int times)
    {
        while (times-- > 0)
            outcomes(outcome);
    }
    /// Waits for the probe's moment; how long that was.
    Moment wait()
    {
        const Moment waited = breaker.until() - now;
        now = breaker.until();
        return waited;
    }

    CircuitBreaker breaker;
    Moment now = Start;
    int clips = 0;
    std::vector<SegmentKey> doubted; ///< by the breaker
};

} // namespace

class TestBreaker final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opens_data()
    {
        QTest::addColumn<QList<Outcome>>("outcomes");
        QTest::addColumn<State>("expected");
        QTest::addColumn<Reason>("reason");
        using enum Outcome;
        const auto times = [](int count, Outcome outcome) { return QList<Outcome>(count, outcome); };
        const auto row = [](const char *name, const QList<Outcome> &outcomes, State state,
                            Reason reason = Reason::Network) {
            QTest::newRow(name) << outcomes << state << reason;
        };
        row("nothing", {}, State::Closed);
        row("all well", times(100, Good), State::Closed);
        row("one rate limit", {Good, RateLimited}, State::Open, Reason::RateLimit);
        row("four refusals", times(4, Refused), State::Closed);
        row("five refusals", times(5, Refused), State::Open, Reason::Refusal);
        row("five, not in a row", times(4, Refused) + QList{Good} + times(4, Refused), State::Closed);
        row("nothing does not interrupt", times(4, Refused) + QList{Nothing, Refused}, State::Open,
            Reason::Refusal);
        row("five unanswered", times(5, Unanswered), State::Closed);
        row("six unanswered", times(6, Unanswered), State::Open, Reason::Network);
        row("both kinds count for themselves", times(5, Unanswered) + times(4, Refused), State::Closed);
        row("the site cannot be found", times(6, Unreachable), State::Open, Reason::Network);
        row("four unknown texts", times(4, NotUnderstood), State::Closed);
        row("five unknown texts", times(5, NotUnderstood), State::Open, Reason::Unknown);
        row("unknown texts are no refusals", times(4, NotUnderstood) + times(4, Refused), State::Closed);
        row("fourteen unavailable", times(14, Gone), State::Closed);
        row("fifteen unavailable", times(15, Gone), State::Open, Reason::Unavailable);
        row("fifteen, and a sound among them", times(14, Gone) + QList{Good} + times(14, Gone),
            State::Closed);
        row("an age limit is no sound", times(14, Gone) + QList{Answered, Gone}, State::Open,
            Reason::Unavailable);
        row("unavailable is an outcome", times(4, Refused) + QList{Gone} + times(4, Refused), State::Closed);
        row("this computer's fault", times(100, Nothing), State::Closed);
    }

    void opens()
    {
        QFETCH(QList<Outcome>, outcomes);
        QFETCH(State, expected);
        QFETCH(Reason, reason);
        Site site;
        for (const Outcome outcome : outcomes)
            site.outcomes(outcome);
        QCOMPARE(site.breaker.state(), expected);
        if (expected == State::Open) {
            QCOMPARE(site.breaker.reason(), reason);
            QCOMPARE(site.wait(), CircuitBreaker::wait(reason, 0));
        }
    }

    void theWaitsGrow_data()
    {
        QTest::addColumn<Reason>("reason");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QList<int>>("minutes");
        QTest::newRow("rate limit") << Reason::RateLimit << Outcome::RateLimited
                                    << QList{15, 30, 60, 120, 240, 240, 240};
        QTest::newRow("refusals") << Reason::Refusal << Outcome::Refused << QList{10, 20, 60, 120, 240, 240};
        QTest::newRow("network") << Reason::Network << Outcome::Unanswered << QList{1, 2, 5, 10, 30, 30};
        QTest::newRow("unknown") << Reason::Unknown << Outcome::NotUnderstood << QList{10, 20, 60, 120, 240};
        // The last one is over more than six hours after the first began.
        QTest::newRow("unavailable") << Reason::Unavailable << Outcome::Gone << QList{15, 30, 60, 120, 240};
    }

    void theWaitsGrow()
    {
        QFETCH(Reason, reason);
        QFETCH(Outcome, outcome);
        QFETCH(QList<int>, minutes);
        Site site;
        while (site.breaker.state() == State::Closed)
            site.outcomes(outcome);
        for (const int expected : minutes) {
            QCOMPARE(site.breaker.state(), State::Open);
            QCOMPARE(site.breaker.reason(), reason);
            QCOMPARE(site.wait(), std::chrono::minutes(expected));
            site.outcomes(outcome);
        }
    }

    void theProbeDecides_data()
    {
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<State>("expected");
        QTest::addColumn<int>("minutes"); // until the next probe
        QTest::newRow("good") << Outcome::Good << State::Closed << 0;
        QTest::newRow("limited") << Outcome::RateLimited << State::Open << 30;
        QTest::newRow("refused") << Outcome::Refused << State::Open << 15;
        QTest::newRow("unanswered") << Outcome::Unanswered << State::Open << 15;
        QTest::newRow("cancelled") << Outcome::Nothing << State::Open << 0;
    }

    void theProbeDecides()
    {
        QFETCH(Outcome, outcome);
        QFETCH(State, expected);
        QFETCH(int, minutes);
        Site site;
        site.outcomes(Outcome::RateLimited);
        site.wait();
        const int probe = site.breaker.begun();
        QCOMPARE(site.breaker.state(), State::Probing);
        site.breaker.ended(probe, {keyOf(1), outcome}, site.now);
        QCOMPARE(site.breaker.state(), expected);
        if (expected == State::Open)
            QCOMPARE(site.wait(), std::chrono::minutes(minutes));
    }

    void whatBeganBeforeSaysNothing()
    {
        Site site;
        const int first = site.breaker.begun(), second = site.breaker.begun(), third = site.breaker.begun();
        site.breaker.ended(first, {keyOf(1), Outcome::RateLimited}, site.now);
        const Moment until = site.breaker.until();
        site.breaker.ended(second, {keyOf(2), Outcome::RateLimited}, site.now + 1min);
        QCOMPARE(site.breaker.until(), until);
        site.wait();
        const int probe = site.breaker.begun();
        site.breaker.ended(third, {keyOf(3), Outcome::Good}, site.now);
        QCOMPARE(site.breaker.state(), State::Probing);
        site.breaker.ended(probe, {keyOf(4), Outcome::RateLimited}, site.now);
        QCOMPARE(site.wait(), Moment(30min));
    }

    void aLimitSoonAfterIsTheSame_data()
    {
        QTest::addColumn<int>("minutesBetween");
        QTest::addColumn<int>("minutes");
        QTest::newRow("soon") << 20 << 30;
        QTest::newRow("after an hour") << 61 << 15;
    }

    void aLimitSoonAfterIsTheSame()
    {
        QFETCH(int, minutesBetween);
        QFETCH(int, minutes);
        Site site;
        site.outcomes(Outcome::RateLimited);
        site.wait();
        site.outcomes(Outcome::Good, 50);
        site.now += std::chrono::minutes(minutesBetween);
        site.outcomes(Outcome::RateLimited);
        QCOMPARE(site.wait(), std::chrono::minutes(minutes));
    }

    void oneClipIsNoRun()
    {
        // The last clip of a queue, again and again.
        CircuitBreaker breaker;
        for (int time = 0; time < 20; ++time)
            breaker.ended(breaker.begun(), {keyOf(1), time % 2 ? Outcome::Refused : Outcome::Unanswered},
                          Start);
        QCOMPARE(breaker.state(), State::Closed);
    }

    /// When only clips are left that have failed before, their tries are all there is to go by.
    void theLastClips_data()
    {
        QTest::addColumn<int>("clips");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<int>("tries"); // of all of them, until the breaker opens; 0: it does not
        QTest::newRow("one, the site cannot be found") << 1 << Outcome::Unreachable << 3;
        QTest::newRow("two, the site cannot be found") << 2 << Outcome::Unreachable << 3;
        QTest::newRow("one that breaks off") << 1 << Outcome::Unanswered << 0;
        QTest::newRow("five that break off") << 5 << Outcome::Unanswered << 0;
        QTest::newRow("two that are refused") << 2 << Outcome::Refused << 0;
    }

    void theLastClips()
    {
        QFETCH(int, clips);
        QFETCH(Outcome, outcome);
        QFETCH(int, tries);
        CircuitBreaker breaker;
        for (int tried = 1; tried <= 12 && breaker.state() == State::Closed; ++tried) {
            QVERIFY(breaker.ended(breaker.begun(), {keyOf(tried % clips), outcome, true}, Start).empty());
            QCOMPARE(breaker.state() == State::Open, tries > 0 && tried >= tries);
        }
        // An outcome for one of them, and the others have trouble of their own.
        CircuitBreaker answered;
        for (int tried = 0; tried < 12; ++tried)
            answered.ended(answered.begun(),
                           {keyOf(tried % 3), tried % 3 == 2 ? Outcome::Good : outcome, true}, Start);
        QCOMPARE(answered.state(), State::Closed);
    }

    /// What was held against them before the site was known to be in trouble.
    void theRunIsAcquitted_data()
    {
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<int>("clips");
        QTest::newRow("refused") << Outcome::Refused << 5;
        QTest::newRow("the network") << Outcome::Unanswered << 6;
        QTest::newRow("unknown words") << Outcome::NotUnderstood << 5;
        QTest::newRow("unavailable") << Outcome::Gone << 15;
    }

    void theRunIsAcquitted()
    {
        QFETCH(Outcome, outcome);
        QFETCH(int, clips);
        Site site;
        site.outcomes(Outcome::Good);
        site.outcomes(outcome, clips);
        QCOMPARE(site.breaker.state(), State::Open);
        std::vector<SegmentKey> run;
        for (int number = 0; number < clips; ++number)
            run.push_back(keyOf(2 + number));
        QCOMPARE(site.doubted, run);
    }

    void aBlockIsTakenBack()
    {
        Site site;
        site.outcomes(Outcome::Good);
        site.outcomes(Outcome::Gone, 15);
        QCOMPARE(site.doubted.size(), 15U);
        QCOMPARE(site.doubted.front(), keyOf(2));
        QCOMPARE(site.doubted.back(), keyOf(16));
        QCOMPARE(site.breaker.unavailableSince(), Start);
        site.wait();
        site.outcomes(Outcome::Gone); // still
        QCOMPARE(site.doubted.size(), 16U);
        QCOMPARE(site.breaker.unavailableSince(), Start);
        site.wait();
        site.outcomes(Outcome::Good);
        QCOMPARE(site.breaker.state(), State::Closed);
        QCOMPARE(site.breaker.unavailableSince(), Moment(0));
        QCOMPARE(site.doubted.size(), 16U);
    }

    /// A block that was over before fifteen clips had met it.
    void aShortBlockIsTakenBack()
    {
        Site site;
        site.outcomes(Outcome::Gone, 4);
        site.outcomes(Outcome::Good);
        QVERIFY(site.doubted.empty());
        site.outcomes(Outcome::Gone, 5);
        QVERIFY(site.doubted.empty());
        site.outcomes(Outcome::Good);
        QCOMPARE(site.doubted.size(), 5U);
        QCOMPARE(site.doubted.front(), keyOf(6));
    }

    /// A list of videos that have gone must come to its end.
    void whatStaysUnavailableIsBelieved()
    {
        Site site;
        site.outcomes(Outcome::Gone, 15);
        Moment waited(0);
        int probes = 0;
        for (; site.breaker.state() == State::Open; ++probes) {
            waited += site.wait();
            site.outcomes(Outcome::Gone);
        }
        QVERIFY(waited >= CircuitBreaker::BelievedAfter && waited < 2 * CircuitBreaker::BelievedAfter);
        QCOMPARE(site.doubted.size(), static_cast<std::size_t>(15 + probes - 1));
        site.doubted.clear();
        site.outcomes(Outcome::Gone, 100);
        QCOMPARE(site.breaker.state(), State::Closed);
        QVERIFY(site.doubted.empty());
        // And then it was a block after all.
        site.outcomes(Outcome::Good);
        QCOMPARE(site.doubted.size(), 101U);
        site.outcomes(Outcome::Gone, 14);
        QCOMPARE(site.breaker.state(), State::Closed);
    }

    void aSuspicionOutlivesTheProgram()
    {
        CircuitBreaker fresh(Start);
        QCOMPARE(fresh.state(), State::Open);
        QCOMPARE(fresh.reason(), Reason::Unavailable);
        QVERIFY(fresh.until() <= Start);
        QCOMPARE(fresh.ended(fresh.begun(), {keyOf(1), Outcome::Gone}, Start + 1h).size(), 1U);
        QCOMPARE(fresh.state(), State::Open);
        QVERIFY(fresh.ended(fresh.begun(), {keyOf(1), Outcome::Gone}, Start + 7h).empty());
        QCOMPARE(fresh.state(), State::Closed);
    }

    void aLimitFoundByAnotherProgram()
    {
        CircuitBreaker breaker;
        breaker.limitedUntil(Start - 1s, Start);
        QCOMPARE(breaker.state(), State::Closed);
        breaker.limitedUntil(Start + 20min, Start);
        QCOMPARE(breaker.state(), State::Open);
        QCOMPARE(breaker.reason(), Reason::RateLimit);
        QCOMPARE(breaker.until(), Start + 20min);
        breaker.limitedUntil(Start + 5min, Start);
        QCOMPARE(breaker.until(), Start + 20min);
        breaker.ended(breaker.begun(), {keyOf(1), Outcome::Good}, Start + 20min);
        QCOMPARE(breaker.state(), State::Closed);
    }

    void theUserNeedNotWait()
    {
        Site site;
        site.breaker.tryNow(site.now);
        QCOMPARE(site.breaker.state(), State::Closed);
        site.outcomes(Outcome::RateLimited);
        site.now += 1min;
        site.breaker.tryNow(site.now);
        QCOMPARE(site.wait(), Moment(0));
        site.outcomes(Outcome::RateLimited);
        QCOMPARE(site.wait(), Moment(30min));
    }
};

QTEST_GUILESS_MAIN(TestBreaker)
#include "tst_circuitbreaker.moc"
