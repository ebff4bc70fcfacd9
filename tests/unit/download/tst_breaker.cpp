#include "download/breaker.h"

#include "support/testmain.h"

#include <QTest>

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using State = Breaker::State;
using Trouble = Breaker::Trouble;
using Answer = Breaker::Answer;

namespace {

constexpr Moment Start = 1'000h;

SegmentKey clip(int number)
{
    return {*YtId::parse(u"-clip%1_"_s.arg(number, 5, 10, QChar(u'0')).toStdString()), 0, 1'000};
}

/// One download from beginning to end, of a clip of its own.
struct Site
{
    void answers(Answer answer)
    {
        const int ticket = breaker.begun();
        for (const SegmentKey &each : breaker.ended(ticket, {clip(++clips), answer}, now))
            doubted.push_back(each);
    }
    void answers(Answer answer, int times)
    {
        while (times-- > 0)
            answers(answer);
    }
    /// Waits for the probe's moment; how long that was.
    Moment wait()
    {
        const Moment waited = breaker.until() - now;
        now = breaker.until();
        return waited;
    }

    Breaker breaker;
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
        QTest::addColumn<QList<Answer>>("answers");
        QTest::addColumn<State>("expected");
        QTest::addColumn<Trouble>("trouble");
        using enum Answer;
        const auto times = [](int count, Answer answer) { return QList<Answer>(count, answer); };
        const auto row = [](const char *name, const QList<Answer> &answers, State state,
                            Trouble trouble = Trouble::Network) {
            QTest::newRow(name) << answers << state << trouble;
        };
        row("nothing", {}, State::Closed);
        row("all well", times(100, Good), State::Closed);
        row("one rate limit", {Good, RateLimited}, State::Open, Trouble::RateLimit);
        row("four refusals", times(4, Refused), State::Closed);
        row("five refusals", times(5, Refused), State::Open, Trouble::Refusal);
        row("five, not in a row", times(4, Refused) + QList{Good} + times(4, Refused), State::Closed);
        row("nothing does not interrupt", times(4, Refused) + QList{Nothing, Refused}, State::Open,
            Trouble::Refusal);
        row("five unanswered", times(5, Unanswered), State::Closed);
        row("six unanswered", times(6, Unanswered), State::Open, Trouble::Network);
        row("both kinds count for themselves", times(5, Unanswered) + times(4, Refused), State::Closed);
        row("the site cannot be found", times(6, Unreachable), State::Open, Trouble::Network);
        row("four unknown texts", times(4, NotUnderstood), State::Closed);
        row("five unknown texts", times(5, NotUnderstood), State::Open, Trouble::Unknown);
        row("unknown texts are no refusals", times(4, NotUnderstood) + times(4, Refused), State::Closed);
        row("fourteen unavailable", times(14, Gone), State::Closed);
        row("fifteen unavailable", times(15, Gone), State::Open, Trouble::Unavailable);
        row("fifteen, and a sound among them", times(14, Gone) + QList{Good} + times(14, Gone),
            State::Closed);
        row("an age limit is no sound", times(14, Gone) + QList{Answered, Gone}, State::Open,
            Trouble::Unavailable);
        row("unavailable is an answer", times(4, Refused) + QList{Gone} + times(4, Refused), State::Closed);
        row("this computer's fault", times(100, Nothing), State::Closed);
    }

    void opens()
    {
        QFETCH(QList<Answer>, answers);
        QFETCH(State, expected);
        QFETCH(Trouble, trouble);
        Site site;
        for (const Answer answer : answers)
            site.answers(answer);
        QCOMPARE(site.breaker.state(), expected);
        if (expected == State::Open) {
            QCOMPARE(site.breaker.trouble(), trouble);
            QCOMPARE(site.wait(), Breaker::wait(trouble, 0));
        }
    }

    void theWaitsGrow_data()
    {
        QTest::addColumn<Trouble>("trouble");
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<QList<int>>("minutes");
        QTest::newRow("rate limit") << Trouble::RateLimit << Answer::RateLimited
                                    << QList{15, 30, 60, 120, 240, 240, 240};
        QTest::newRow("refusals") << Trouble::Refusal << Answer::Refused << QList{10, 20, 60, 120, 240, 240};
        QTest::newRow("network") << Trouble::Network << Answer::Unanswered << QList{1, 2, 5, 10, 30, 30};
        QTest::newRow("unknown") << Trouble::Unknown << Answer::NotUnderstood << QList{10, 20, 60, 120, 240};
        // The last one is over more than six hours after the first began.
        QTest::newRow("unavailable") << Trouble::Unavailable << Answer::Gone << QList{15, 30, 60, 120, 240};
    }

    void theWaitsGrow()
    {
        QFETCH(Trouble, trouble);
        QFETCH(Answer, answer);
        QFETCH(QList<int>, minutes);
        Site site;
        while (site.breaker.state() == State::Closed)
            site.answers(answer);
        for (const int expected : minutes) {
            QCOMPARE(site.breaker.state(), State::Open);
            QCOMPARE(site.breaker.trouble(), trouble);
            QCOMPARE(site.wait(), std::chrono::minutes(expected));
            site.answers(answer);
        }
    }

    void theProbeDecides_data()
    {
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<State>("expected");
        QTest::addColumn<int>("minutes"); // until the next probe
        QTest::newRow("good") << Answer::Good << State::Closed << 0;
        QTest::newRow("limited") << Answer::RateLimited << State::Open << 30;
        QTest::newRow("refused") << Answer::Refused << State::Open << 15;
        QTest::newRow("unanswered") << Answer::Unanswered << State::Open << 15;
        QTest::newRow("cancelled") << Answer::Nothing << State::Open << 0;
    }

    void theProbeDecides()
    {
        QFETCH(Answer, answer);
        QFETCH(State, expected);
        QFETCH(int, minutes);
        Site site;
        site.answers(Answer::RateLimited);
        site.wait();
        const int probe = site.breaker.begun();
        QCOMPARE(site.breaker.state(), State::Probing);
        site.breaker.ended(probe, {clip(1), answer}, site.now);
        QCOMPARE(site.breaker.state(), expected);
        if (expected == State::Open)
            QCOMPARE(site.wait(), std::chrono::minutes(minutes));
    }

    void whatBeganBeforeSaysNothing()
    {
        Site site;
        const int first = site.breaker.begun(), second = site.breaker.begun(), third = site.breaker.begun();
        site.breaker.ended(first, {clip(1), Answer::RateLimited}, site.now);
        const Moment until = site.breaker.until();
        site.breaker.ended(second, {clip(2), Answer::RateLimited}, site.now + 1min);
        QCOMPARE(site.breaker.until(), until);
        site.wait();
        const int probe = site.breaker.begun();
        site.breaker.ended(third, {clip(3), Answer::Good}, site.now);
        QCOMPARE(site.breaker.state(), State::Probing);
        site.breaker.ended(probe, {clip(4), Answer::RateLimited}, site.now);
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
        site.answers(Answer::RateLimited);
        site.wait();
        site.answers(Answer::Good, 50);
        site.now += std::chrono::minutes(minutesBetween);
        site.answers(Answer::RateLimited);
        QCOMPARE(site.wait(), std::chrono::minutes(minutes));
    }

    void oneClipIsNoRun()
    {
        // The last clip of a queue, again and again.
        Breaker breaker;
        for (int time = 0; time < 20; ++time)
            breaker.ended(breaker.begun(), {clip(1), time % 2 ? Answer::Refused : Answer::Unanswered}, Start);
        QCOMPARE(breaker.state(), State::Closed);
    }

    /// When only clips are left that have failed before, their tries are all there is to go by.
    void theLastClips_data()
    {
        QTest::addColumn<int>("clips");
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<int>("tries"); // of all of them, until the breaker opens; 0: it does not
        QTest::newRow("one, the site cannot be found") << 1 << Answer::Unreachable << 3;
        QTest::newRow("two, the site cannot be found") << 2 << Answer::Unreachable << 3;
        QTest::newRow("one that breaks off") << 1 << Answer::Unanswered << 0;
        QTest::newRow("five that break off") << 5 << Answer::Unanswered << 0;
        QTest::newRow("two that are refused") << 2 << Answer::Refused << 0;
    }

    void theLastClips()
    {
        QFETCH(int, clips);
        QFETCH(Answer, answer);
        QFETCH(int, tries);
        Breaker breaker;
        for (int tried = 1; tried <= 12 && breaker.state() == State::Closed; ++tried) {
            QVERIFY(breaker.ended(breaker.begun(), {clip(tried % clips), answer, true}, Start).empty());
            QCOMPARE(breaker.state() == State::Open, tries > 0 && tried >= tries);
        }
        // An answer for one of them, and the others have their own trouble.
        Breaker answered;
        for (int tried = 0; tried < 12; ++tried)
            answered.ended(answered.begun(), {clip(tried % 3), tried % 3 == 2 ? Answer::Good : answer, true},
                           Start);
        QCOMPARE(answered.state(), State::Closed);
    }

    /// What was held against them before the site was known to be in trouble.
    void theRunIsAcquitted_data()
    {
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<int>("clips");
        QTest::newRow("refused") << Answer::Refused << 5;
        QTest::newRow("the network") << Answer::Unanswered << 6;
        QTest::newRow("unknown words") << Answer::NotUnderstood << 5;
        QTest::newRow("unavailable") << Answer::Gone << 15;
    }

    void theRunIsAcquitted()
    {
        QFETCH(Answer, answer);
        QFETCH(int, clips);
        Site site;
        site.answers(Answer::Good);
        site.answers(answer, clips);
        QCOMPARE(site.breaker.state(), State::Open);
        std::vector<SegmentKey> run;
        for (int number = 0; number < clips; ++number)
            run.push_back(clip(2 + number));
        QCOMPARE(site.doubted, run);
    }

    void aBlockIsTakenBack()
    {
        Site site;
        site.answers(Answer::Good);
        site.answers(Answer::Gone, 15);
        QCOMPARE(site.doubted.size(), 15U);
        QCOMPARE(site.doubted.front(), clip(2));
        QCOMPARE(site.doubted.back(), clip(16));
        QCOMPARE(site.breaker.unavailableSince(), Start);
        site.wait();
        site.answers(Answer::Gone); // still
        QCOMPARE(site.doubted.size(), 16U);
        QCOMPARE(site.breaker.unavailableSince(), Start);
        site.wait();
        site.answers(Answer::Good);
        QCOMPARE(site.breaker.state(), State::Closed);
        QCOMPARE(site.breaker.unavailableSince(), Moment(0));
        QCOMPARE(site.doubted.size(), 16U);
    }

    /// A block that was over before fifteen clips had met it.
    void aShortBlockIsTakenBack()
    {
        Site site;
        site.answers(Answer::Gone, 4);
        site.answers(Answer::Good);
        QVERIFY(site.doubted.empty());
        site.answers(Answer::Gone, 5);
        QVERIFY(site.doubted.empty());
        site.answers(Answer::Good);
        QCOMPARE(site.doubted.size(), 5U);
        QCOMPARE(site.doubted.front(), clip(6));
    }

    /// A list of videos that have gone must come to its end.
    void whatStaysUnavailableIsBelieved()
    {
        Site site;
        site.answers(Answer::Gone, 15);
        Moment waited(0);
        int probes = 0;
        for (; site.breaker.state() == State::Open; ++probes) {
            waited += site.wait();
            site.answers(Answer::Gone);
        }
        QVERIFY(waited >= Breaker::BelievedAfter && waited < 2 * Breaker::BelievedAfter);
        QCOMPARE(site.doubted.size(), static_cast<std::size_t>(15 + probes - 1));
        site.doubted.clear();
        site.answers(Answer::Gone, 100);
        QCOMPARE(site.breaker.state(), State::Closed);
        QVERIFY(site.doubted.empty());
        // And then it was a block after all.
        site.answers(Answer::Good);
        QCOMPARE(site.doubted.size(), 101U);
        site.answers(Answer::Gone, 14);
        QCOMPARE(site.breaker.state(), State::Closed);
    }

    void aSuspicionOutlivesTheProgram()
    {
        Breaker fresh(Start);
        QCOMPARE(fresh.state(), State::Open);
        QCOMPARE(fresh.trouble(), Trouble::Unavailable);
        QVERIFY(fresh.until() <= Start);
        QCOMPARE(fresh.ended(fresh.begun(), {clip(1), Answer::Gone}, Start + 1h).size(), 1U);
        QCOMPARE(fresh.state(), State::Open);
        QVERIFY(fresh.ended(fresh.begun(), {clip(1), Answer::Gone}, Start + 7h).empty());
        QCOMPARE(fresh.state(), State::Closed);
    }

    void aLimitFoundByAnotherProgram()
    {
        Breaker breaker;
        breaker.limitedUntil(Start - 1s, Start);
        QCOMPARE(breaker.state(), State::Closed);
        breaker.limitedUntil(Start + 20min, Start);
        QCOMPARE(breaker.state(), State::Open);
        QCOMPARE(breaker.trouble(), Trouble::RateLimit);
        QCOMPARE(breaker.until(), Start + 20min);
        breaker.limitedUntil(Start + 5min, Start);
        QCOMPARE(breaker.until(), Start + 20min);
        breaker.ended(breaker.begun(), {clip(1), Answer::Good}, Start + 20min);
        QCOMPARE(breaker.state(), State::Closed);
    }

    void theUserNeedNotWait()
    {
        Site site;
        site.breaker.tryNow(site.now);
        QCOMPARE(site.breaker.state(), State::Closed);
        site.answers(Answer::RateLimited);
        site.now += 1min;
        site.breaker.tryNow(site.now);
        QCOMPARE(site.wait(), Moment(0));
        site.answers(Answer::RateLimited);
        QCOMPARE(site.wait(), Moment(30min));
    }
};

QTEST_GUILESS_MAIN(TestBreaker)
#include "tst_breaker.moc"
