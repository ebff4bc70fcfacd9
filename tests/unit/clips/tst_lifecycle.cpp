#include "clips/lifecycle.h"
#include "support/testmain.h"

#include <functional>

using namespace earmark;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Moment = 1'790'000'000'000;
const QString Before = u"What was said before."_s;
const QString Sentence = u"This video is private."_s;

/// As it may be in any state: something in every field.
Clip clipIn(ClipState state)
{
    Clip clip;
    clip.progress = {
        {.changedAt = 1, .retryAt = 2, .state = state, .failure = FailureClass::Transient, .attempts = 3},
        Before};
    clip.audio = {
        .samples = 80'000, .sampleRate = 8'000, .measures = {.peak = -100}, .sha256 = QByteArray(32, 'x')};
    clip.origin = {7, u"140"_s, u"2026.10.26"_s};
    clip.judgement = {Verdict::Keep, true, "/m/09x0r", u"A note."_s};
    return clip;
}

ClipAudio otherAudio()
{
    return {.samples = 40'000, .sampleRate = 16'000, .measures = {}, .sha256 = QByteArray(32, 'y')};
}

using Change = std::function<bool(Clip &)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class TestLifecycle final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Every change in every state: what the clip is then, in the order of AllClipStates; "-": it is refused.
    void transitions_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("states");
        QTest::addColumn<QString>("fields"); // which differ afterwards, beside the state
        const auto row = [](const char *name, Change change, const QString &states, const QString &fields) {
            QTest::newRow(name) << change << states << fields;
        };
        // Absent Queued Fetching Formatting Ready Short Failed Missing Damaged
        row("queue", lifecycle::queue, u"queued - - - queued queued queued queued queued"_s,
            u"attempts reason retryAt"_s);
        row("queue from scratch", lifecycle::queueFromScratch,
            u"queued - - - queued queued queued queued queued"_s, u"attempts audio reason retryAt"_s);
        row("start to download", lifecycle::startDownload, u"- fetching - - - - - - -"_s, u""_s);
        row("count an attempt", lifecycle::countAttempt,
            u"absent queued fetching formatting ready short failed missing damaged"_s, u"attempts"_s);
        row("forgive an attempt", lifecycle::forgiveAttempt, u"- queued - - - - - - -"_s, u"attempts"_s);
        row("start to convert", lifecycle::startConverting, u"- formatting formatting - - - - - -"_s, u""_s);
        row(
            "put back", [](Clip &clip) { return lifecycle::putBack(clip.progress); },
            u"- - queued queued - - - - -"_s, u""_s);
        row(
            "put back after a failure",
            [](Clip &clip) { return lifecycle::putBack(clip.progress, FailureClass::BadMedia); },
            u"- - queued queued - - - - -"_s, u"failure"_s);
        row(
            "finish", [](Clip &clip) { return lifecycle::finish(clip, otherAudio()); },
            u"ready ready ready ready - - ready ready ready"_s, u"audio failure reason"_s);
        row(
            "finish short", [](Clip &clip) { return lifecycle::finish(clip, otherAudio(), Sentence); },
            u"short short short short - - short short short"_s, u"audio failure reason"_s);
        row(
            "finish short, without a proof",
            [](Clip &clip) { return lifecycle::finish(clip, otherAudio(), QString()); },
            u"short short short short - - short short short"_s, u"audio failure reason"_s);
        row(
            "fail", [](Clip &clip) { return lifecycle::fail(clip, FailureClass::Later, Sentence, Moment); },
            u"- - failed failed - - - - -"_s, u"failure reason retryAt"_s);
        row("cancel", lifecycle::cancel, u"- absent absent absent - - - - -"_s, u""_s);
        row(
            "find missing", [](Clip &clip) { return lifecycle::lose(clip, ClipState::Missing, Sentence); },
            u"- - - - missing missing - missing missing"_s, u"reason"_s);
        row(
            "find damaged", [](Clip &clip) { return lifecycle::lose(clip, ClipState::Damaged, Sentence); },
            u"- - - - damaged damaged - damaged damaged"_s, u"reason"_s);
        row(
            "find missing, as it was known",
            [](Clip &clip) { return lifecycle::lose(clip, ClipState::Missing, Before); },
            u"- - - - missing missing - - missing"_s, u""_s);
        row(
            "lose to a state that is no loss",
            [](Clip &clip) { return lifecycle::lose(clip, ClipState::Failed, Sentence); },
            u"- - - - - - - - -"_s, u""_s);
        row(
            "find again, whole", [](Clip &clip) { return lifecycle::recover(clip, 80'000); },
            u"- - - - - - - ready ready"_s, u"reason"_s);
        row(
            "find again, short", [](Clip &clip) { return lifecycle::recover(clip, 80'001); },
            u"- - - - - - - short short"_s, u"reason"_s);
    }
    void transitions()
    {
        QFETCH(Change, change);
        QFETCH(QString, states);
        QFETCH(QString, fields);
        const QStringList after = states.split(u' ');
        QCOMPARE(after.size(), qsizetype{AllClipStates.size()});
        for (const ClipState state : AllClipStates) {
            const QString expected = after[static_cast<qsizetype>(state)];
            const Clip before = clipIn(state);
            Clip clip = before;
            QCOMPARE(change(clip), expected != u"-");
            if (expected == u"-") {
                QVERIFY2(clip == before, keyword(state).data());
                continue;
            }
            QCOMPARE(QString(keyword(clip.progress.state)), expected);
            QStringList changed;
            const auto note = [&changed](const QString &field, bool isSame) {
                if (!isSame)
                    changed.append(field);
            };
            note(u"attempts"_s, clip.progress.attempts == before.progress.attempts);
            note(u"audio"_s, clip.audio == before.audio);
            note(u"failure"_s, clip.progress.failure == before.progress.failure);
            note(u"reason"_s, clip.progress.reason == before.progress.reason);
            note(u"retryAt"_s, clip.progress.retryAt == before.progress.retryAt);
            // What proves that a clip is short stays while it is converted again.
            const bool isProofKept = state == ClipState::Short && fields == u"attempts reason retryAt";
            QCOMPARE(changed.join(u' '), isProofKept ? u"attempts retryAt"_s : fields);
            // Nobody but the workspace says when, no change of progress touches what listeners said, and
            // where a clip comes from is the download's to say.
            QCOMPARE(clip.progress.changedAt, before.progress.changedAt);
            QVERIFY(clip.judgement == before.judgement);
            QVERIFY(clip.origin == before.origin);
        }
    }

    void whatIsSaid()
    {
        Clip clip = clipIn(ClipState::Fetching);
        QVERIFY(lifecycle::fail(clip, FailureClass::Permanent, Sentence));
        QCOMPARE(clip.why(), u"permanent: This video is private."_s);
        QCOMPARE(clip.progress.retryAt, 0);
        QVERIFY(lifecycle::queue(clip));
        QCOMPARE(clip.progress.failure, FailureClass::Permanent); // why the last time
        QVERIFY(clip.why().isEmpty());
        QVERIFY(lifecycle::startConverting(clip));
        QVERIFY(lifecycle::finish(clip, otherAudio(), Sentence));
        QCOMPARE(clip.progress.failure, FailureClass::None);
        QCOMPARE(clip.progress.reason, Sentence);
        QVERIFY(clip.audio == otherAudio());
    }

    void noAttemptIsForgivenTwice()
    {
        Clip clip;
        QVERIFY(lifecycle::queue(clip));
        QVERIFY(lifecycle::countAttempt(clip));
        QVERIFY(lifecycle::forgiveAttempt(clip));
        QVERIFY(!lifecycle::forgiveAttempt(clip));
        QCOMPARE(clip.progress.attempts, 0);
    }
};

QTEST_GUILESS_MAIN(TestLifecycle)
#include "tst_lifecycle.moc"
