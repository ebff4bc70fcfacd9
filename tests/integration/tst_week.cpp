#include "playedstage.h"

#include "support/testmain.h"

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Played;

using State = Queue::State;

namespace {

/// What the site says for a while, of every video.
struct Spell
{
    const char *name;
    Moment from, to; ///< after the beginning of the week
    QStringList lines;
    bool isSpoken = false; ///< the lines come before the true answer, and do not hinder it
};

// As yt-dlp 2026.08.19 prints them behind YouTube's own answers; the sources are named in the comments.
QStringList error(const QString &text)
{
    return {u"ERROR: [youtube] x: "_s + text};
}
const QString NoRuntime =
    u"WARNING: [youtube] No supported JavaScript runtime could be found. Only deno is enabled by default; to use another runtime add  --js-runtimes RUNTIME[:PATH]  to your command/config. YouTube extraction without a JS runtime has been deprecated, and some formats may be missing."_s;
const QString RotatedCookies =
    u"WARNING: [youtube] The provided YouTube account cookies are no longer valid. They have likely been rotated in the browser as a security measure."_s;

/// Blocked for hours, in the words that are known and in those that are not; the player's address out of
/// order; the network gone; cookies that are renewed in the browser while downloads work.
const std::vector<Spell> &week()
{
    static const std::vector<Spell> spells{
        {"rate limited", 5h, 8h,
         error(
             u"Video unavailable. This content isn't available, try again later. The current session has been rate-limited by YouTube for up to an hour."_s)},
        {"asked for a sign-in", 20h, 29h,
         error(
             u"Sign in to confirm you’re not a bot. Use --cookies-from-browser or --cookies for the authentication."_s)},
        {"blocked without a word of it", 40h, 45h, error(u"Video unavailable"_s)},
        {"player API 503", 60h, 64h,
         error(
             u"Unable to download API page: HTTP Error 503: Service Unavailable (caused by <HTTPError 503: Service Unavailable>)"_s)},
        {"rotated cookies", 70h, 90h, {RotatedCookies}, true},
        {"no network", 95h, 107h,
         error(
             u"Unable to download API page: HTTPSConnection(host='www.youtube.com', port=443): Failed to resolve 'www.youtube.com' ([Errno -3] Temporary failure in name resolution)"_s)},
        {"a new wording", 120h, 123h, error(u"This video is taking a break"_s)},
        {"blocked for a night", 140h, 150h, error(u"Video unavailable"_s)},
    };
    return spells;
}

/// Without a JavaScript runtime from here on, until the user's program has fetched one.
constexpr Moment RuntimeGone = 110h;

/// What is true of a video: one in twelve is gone, one in forty private, one in fifty of an age.
struct Truth
{
    QStringList lines{};
    ClipState state = ClipState::Ready;
    FailureClass failure = FailureClass::None;
};
Truth truthOf(int number)
{
    if (number % 12 == 5)
        return {error(u"Video unavailable. This video has been removed by the uploader"_s), ClipState::Failed,
                FailureClass::Permanent};
    if (number % 40 == 7)
        return {error(u"Private video. Sign in if you've been granted access to this video"_s),
                ClipState::Failed, FailureClass::Permanent};
    if (number % 50 == 3)
        return {error(u"Sign in to confirm your age. This video may be inappropriate for some users."_s),
                ClipState::Failed, FailureClass::Conditional};
    return {};
}

} // namespace

/// A week of YouTube, in the clock of the tests: all that is known to happen to a download of many clips, and
/// nobody there. EARMARK_WEEK=5000 makes it large.
class TestWeek final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray trouble = m_stage.prepare();
        QVERIFY2(trouble.isEmpty(), trouble.constData());
    }
    void init()
    {
        m_answers.clear();
        m_said.clear();
        m_hasRuntime = true;
        m_wasTaken = false;
    }
    void cleanup() { m_stage.close(); }

    void everyClipIsThereOrHasItsTrueReason_data()
    {
        QTest::addColumn<int>("workers");
        QTest::newRow("one worker") << 1;
        QTest::newRow("two workers") << 2;
    }

    void everyClipIsThereOrHasItsTrueReason()
    {
        QFETCH(int, workers);
        const int clips = qEnvironmentVariable("EARMARK_WEEK", u"420"_s).toInt();
        m_stage.reset(clips);
        m_stage.options.workers = workers;
        m_stage.options.retry = RetryPolicy(); // YouTube's
        m_stage.options.paceFile = m_stage.folder->filePath(u"pace"_s);
        // So that they are under way all the week, but for the spells of 50 hours.
        m_stage.options.perHour = std::max(1, clips / 110);
        m_stage.step = 20s;
        m_stage.begin();
        const Moment begun = m_stage.now;
        int restarts = 0;
        while (m_stage.workspace->counts().unfinished() > 0 && m_stage.now - begun < 24h * 14) {
            playTheHour(m_stage.now - begun, clips);
            const Moment end = m_stage.now + 20min;
            m_stage.run([&] { return m_stage.now >= end; });
            QVERIFY(!QTest::currentTestFailed());
            if (!m_hasRuntime && m_stage.queue->pauseHelp() == ytdlp::Remedy::Tools) {
                m_hasRuntime = true; // as a program fetches it
                ++restarts;
                m_stage.close();
                m_stage.open();
            }
            QVERIFY2(m_stage.queue->state() != State::Paused, qUtf8Printable(m_stage.queue->pauseReason()));
        }
        const Moment took = m_stage.now - begun;
        qInfo("%d clips in %.1f days, %d downloads, %d restarts.", clips,
              std::chrono::duration<double>(took) / 24h, int(m_stage.ytdlp->asked().size()), restarts);
        int wrong = 0;
        for (int number = 0; number < clips; ++number) {
            const auto record = m_stage.record(number);
            const Truth truth = truthOf(number);
            if (record.progress.state == truth.state && record.progress.failure == truth.failure)
                continue;
            ++wrong;
            qWarning("%d: %s %s, %d tries: %s", number, keyword(record.progress.state).data(),
                     keyword(record.progress.failure).data(), record.progress.attempts,
                     qUtf8Printable(record.progress.reason));
        }
        QCOMPARE(wrong, 0);
        QVERIFY(took > 24h * 5 && took < 24h * 10);
        // And nobody was hammered.
        QVERIFY(m_stage.ytdlp->asked().size() < clips * 14 / 10 + 100);
    }

private:
    /// Sets what the site says at this time after the beginning.
    void playTheHour(Moment time, int clips)
    {
        const auto spell = std::ranges::find_if(
            week(), [time](const Spell &each) { return time >= each.from && time < each.to; });
        const bool isShut = spell != week().end() && !spell->isSpoken;
        m_hasRuntime = m_hasRuntime || time < RuntimeGone;
        if (time >= RuntimeGone && !m_wasTaken) {
            m_wasTaken = true;
            m_hasRuntime = false;
        }
        const QString now = isShut ? QString::fromLatin1(spell->name)
                                   : u"%1 %2"_s.arg(spell != week().end()).arg(m_hasRuntime);
        if (std::exchange(m_said, now) == now)
            return;
        m_stage.ytdlp->playAtStart(m_hasRuntime ? QStringList() : QStringList{NoRuntime});
        const QStringList spoken = spell != week().end() && spell->isSpoken ? spell->lines : QStringList();
        for (int number = 0; number < clips; ++number) {
            const Truth truth = truthOf(number);
            Played answer;
            if (isShut) {
                answer.lines = spell->lines;
            } else if (truth.state != ClipState::Ready) {
                answer.lines = spoken + truth.lines;
            } else if (!m_hasRuntime) {
                answer.lines =
                    QStringList{NoRuntime} +
                    error(
                        u"Requested format is not available. Use --list-formats for a list of available formats"_s);
            } else {
                answer = m_stage.whole();
                answer.lines = spoken;
            }
            m_answers.insert(m_stage.ytidOf(number), {answer});
        }
        m_stage.ytdlp->play(m_answers);
    }

    test::PlayedStage m_stage;
    QHash<QString, QList<Played>> m_answers;
    QString m_said; ///< by the site, the last time that it changed
    bool m_hasRuntime = true;
    bool m_wasTaken = false;
};

QTEST_GUILESS_MAIN(TestWeek)
#include "tst_week.moc"
