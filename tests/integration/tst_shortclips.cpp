#include "playedstage.h"

#include "support/testmain.h"
#include "verify/shortclips.h"

using namespace earmark;
using namespace earmark::download;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::Played;
using verify::ShortProof;

/// When a clip is believed to be short, and how that is doubted again.
class TestShortClips final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray trouble = m_stage.prepare();
        QVERIFY2(trouble.isEmpty(), trouble.constData());
    }
    void cleanup() { m_stage.close(); }

    void deliveries_data()
    {
        QTest::addColumn<QStringList>("sounds"); // of one download each; the last repeats
        QTest::addColumn<double>("stated");      // seconds
        QTest::addColumn<ClipState>("state");
        QTest::addColumn<int>("downloads");
        QTest::addColumn<ShortProof>("proof");
        using enum ClipState;
        const QString none, whole = u"whole"_s, cut4 = u"cut4"_s, cut3 = u"cut3"_s;
        QTest::newRow("whole") << QStringList{whole} << 0.0 << Ready << 1 << ShortProof::None;
        QTest::newRow("broken off once") << QStringList{cut4, whole} << 0.0 << Ready << 2 << ShortProof::None;
        QTest::newRow("spoiled, then broken off")
            << QStringList{none, cut4, whole} << 0.0 << Ready << 3 << ShortProof::None;
        QTest::newRow("broken off at two places")
            << QStringList{cut4, cut3, whole} << 0.0 << Ready << 3 << ShortProof::None;
        QTest::newRow("twice the same") << QStringList{cut4} << 0.0 << Short << 2 << ShortProof::Repeated;
        QTest::newRow("stated") << QStringList{cut4} << 4.0 << Short << 1 << ShortProof::Stated;
        QTest::newRow("the source has more") << QStringList{cut4} << 300.0 << Failed << 4 << ShortProof::None;
        QTest::newRow("the source has more, and gives it")
            << QStringList{cut4, cut4, whole} << 300.0 << Ready << 3 << ShortProof::None;
    }
    void deliveries()
    {
        QFETCH(QStringList, sounds);
        QFETCH(double, stated);
        m_stage.reset(1);
        play(sounds, stated);
        m_stage.run();
        const auto record = m_stage.record(0);
        QTEST(record.progress.state, "state");
        QTEST(int(record.progress.attempts), "downloads");
        QTEST(verify::shortProof(record), "proof");
        if (record.progress.state == ClipState::Failed)
            QCOMPARE(record.progress.failure, FailureClass::BadMedia);
        const QDir raw(m_stage.workspace->layout().downloaded());
        if (record.progress.state != ClipState::Failed) // nothing that was refused stays beside the good one
            QTRY_COMPARE(QDir(raw.path()).entryList(QDir::Files),
                         QStringList{m_stage.keyOf(0).stem() + u".mka"_s});
    }

    void aKillInBetweenProvesNothing()
    {
        m_stage.reset(1);
        play({u"cut4"_s, u"cut4"_s});
        m_stage.run([this] { return m_stage.record(0).progress.attempts == 1; });
        m_stage.close();
        m_stage.open();
        QCOMPARE(m_stage.record(0).progress.state, ClipState::Queued);
        m_stage.run();
        QCOMPARE(m_stage.record(0).progress.state, ClipState::Short);
        QVERIFY(m_stage.record(0).progress.attempts >= 2);
    }

    void theProofStaysWithTheClip()
    {
        m_stage.reset(1);
        play({u"cut4"_s});
        m_stage.run();
        const auto asked = m_stage.ytdlp->asked();
        QVERIFY(verify::unprovenShortClips(*m_stage.workspace).empty());
        m_stage.close();
        m_stage.open();
        m_stage.workspace->setFormat({16'000, 1});
        m_stage.run();
        QCOMPARE(m_stage.record(0).progress.state, ClipState::Short);
        QCOMPARE(m_stage.record(0).audio.sampleRate, 16'000);
        QCOMPARE(verify::shortProof(m_stage.record(0)), ShortProof::Repeated);
        QCOMPARE(m_stage.ytdlp->asked(), asked);
    }

    void isDoubtedAgain_data()
    {
        QTest::addColumn<QString>("sound"); // of the downloads that follow
        QTest::addColumn<ClipState>("state");
        QTest::addColumn<int>("downloads");
        QTest::newRow("it was broken off") << u"whole"_s << ClipState::Ready << 1;
        QTest::newRow("it is short") << u"cut4"_s << ClipState::Short << 2;
    }
    void isDoubtedAgain()
    {
        QFETCH(QString, sound);
        m_stage.reset(2);
        play({u"cut4"_s});
        m_stage.run();
        // As an Earmark left it that kept no proof.
        auto record = m_stage.record(0);
        record.progress.reason.clear();
        m_stage.workspace->update(m_stage.keyOf(0), record);
        const auto unproven = verify::unprovenShortClips(*m_stage.workspace);
        QCOMPARE(unproven, std::vector{m_stage.keyOf(0)});
        play({sound});
        const std::vector all{m_stage.keyOf(0), m_stage.keyOf(1), m_stage.keyOf(7)};
        QCOMPARE(verify::doubtShortClips(*m_stage.workspace, all), 1);
        QCOMPARE(m_stage.record(0).progress.state, ClipState::Queued);
        QCOMPARE(m_stage.record(1).progress.state, ClipState::Ready);
        m_stage.run();
        QTEST(m_stage.record(0).progress.state, "state");
        QTEST(int(m_stage.record(0).progress.attempts), "downloads");
    }

private:
    void play(const QStringList &sounds, double stated = 0)
    {
        QList<Played> answers;
        const auto before = m_stage.ytdlp->asked().count(m_stage.ytidOf(0));
        answers.resize(before); // which have been given
        for (const QString &sound : sounds) {
            Played answer{.duration = stated};
            if (sound.isEmpty())
                answer.lines = QStringList{u"ERROR: [youtube] x: HTTP Error 503: Service Unavailable"_s};
            else
                answer.sound = m_stage.sound(sound);
            answers.append(answer);
        }
        m_stage.ytdlp->play(m_stage.ytidOf(0), answers);
    }

    test::PlayedStage m_stage;
};

QTEST_GUILESS_MAIN(TestShortClips)
#include "tst_shortclips.moc"
