#include "ui/clip/clipstage.h"

#include "session/session.h"
#include "support/auditionclips.h"
#include "support/testmain.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace earmark;
using segments::Row;
using ui::ClipStage;

/// Which sound is brought to the player, whatever the table does meanwhile. Every clip has a sound of its
/// own.
class TestClipStage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        test::makeClips(QDir(m_folder->path()));
        m_session = std::make_unique<session::Session>(ytdlp::Source());
        m_player = std::make_unique<playback::Player>();
        m_stage = std::make_unique<ClipStage>(*m_session, *m_player);
        m_session->openSplit(m_folder->filePath(u"split.csv"_s));
        QTRY_VERIFY(m_session->split());
        m_session->openWorkspace(m_folder->filePath(u"clips"_s));
        QTRY_COMPARE(m_session->count(ClipState::Ready), test::Clips);
    }
    void cleanup()
    {
        m_stage.reset();
        m_player.reset();
        m_session.reset();
        m_folder.reset();
    }

    void bringsTheSoundOfTheRow()
    {
        QSignalSpy rows(m_stage.get(), &ClipStage::rowChanged);
        m_stage->show(Row{3});
        QCOMPARE(rows.count(), 1);
        QCOMPARE(m_stage->row(), std::optional(Row{3}));
        QTRY_VERIFY(isOn(3));
        QCOMPARE(m_stage->notice(), QString());
        m_stage->show(std::nullopt);
        QVERIFY(!m_stage->sound());
        QVERIFY(!m_player->hasSound());
    }

    /// A held key: what goes by is not read, what it stops at is.
    void readsOnlyWhereItStops()
    {
        int sounds = 0;
        connect(m_stage.get(), &ClipStage::soundChanged, this,
                [&] { sounds += m_stage->sound() != nullptr; });
        for (Row row = 0; row < 30; ++row)
            m_stage->show(row);
        QVERIFY(!m_stage->sound());
        QTRY_VERIFY(isOn(29));
        QCOMPARE(sounds, 1);
    }

    void aLateSoundDoesNotTakeTheRowsPlace()
    {
        QList<bool> isOfLast;
        connect(m_stage.get(), &ClipStage::soundChanged, this, [&] {
            if (m_stage->sound())
                isOfLast += isOn(2);
        });
        m_stage->show(Row{1});
        m_stage->show(std::nullopt);
        m_stage->show(Row{2});
        QTRY_VERIFY(isOn(2));
        QCOMPARE(isOfLast, QList{true});
    }

    void saysWhyThereIsNoSound_data()
    {
        QTest::addColumn<ClipState>("state");
        QTest::addColumn<QString>("notice");
        const auto download = u"Download this clip to see and hear it."_s;
        QTest::newRow("absent") << ClipState::Absent << download;
        QTest::newRow("queued") << ClipState::Queued << download;
        QTest::newRow("failed") << ClipState::Failed << download;
        QTest::newRow("missing") << ClipState::Missing << u"Download the clip again to see and hear it."_s;
        QTest::newRow("damaged") << ClipState::Damaged << u"Download the clip again to see and hear it."_s;
    }
    void saysWhyThereIsNoSound()
    {
        QFETCH(ClipState, state);
        QFETCH(QString, notice);
        set(5, state);
        m_stage->show(Row{5});
        QTRY_COMPARE(m_stage->notice(), notice);
        QVERIFY(!m_stage->sound());
        // It comes as soon as the clip is there.
        set(5, ClipState::Ready);
        QTRY_VERIFY(isOn(5));
        QCOMPARE(m_stage->notice(), QString());
    }

    void losesWhatIsGone()
    {
        m_stage->show(Row{7});
        QTRY_VERIFY(isOn(7));
        m_stage->show(Row{8});
        QTRY_VERIFY(isOn(8));
        QVERIFY(QFile::remove(file(7)));
        m_stage->show(Row{7}); // in memory, but its file is looked at
        QTRY_COMPARE(m_session->split()->table.state(7), ClipState::Missing);
        QTRY_VERIFY(!m_stage->sound());
        QVERIFY(!m_stage->notice().isEmpty());
        QCOMPARE(m_session->split()->table.state(8), ClipState::Ready);
    }

    /// A clip that another program made, or an older Earmark, is measured when it is first heard.
    void keepsWhatWasMeasured()
    {
        QVERIFY(!m_session->record(4).audio.measures.areKnown());
        m_stage->show(Row{4});
        QTRY_VERIFY(m_session->record(4).audio.measures.areKnown());
        // A sine of 8,000 of 32,767: -12.25 dBFS, in hundredths.
        QVERIFY(std::abs(m_session->record(4).audio.measures.peak + 1225) <= 1);
    }

    void isEmptyWithAnotherSplit()
    {
        m_stage->show(Row{3});
        QTRY_VERIFY(isOn(3));
        m_session->openSample();
        QTRY_VERIFY(!m_stage->row());
        QVERIFY(!m_stage->sound());
    }

private:
    bool isOn(int clip) const
    {
        return m_stage->sound() && m_player->hasSound() &&
               m_stage->sound()->sound->samples == test::Staircase::samples(clip % test::Staircase::Most);
    }
    QString file(int clip) const { return m_session->workspace()->layout().clip(test::keyOf(clip)); }
    void set(int clip, ClipState state) const
    {
        Clip record = m_session->workspace()->record(test::keyOf(clip));
        record.progress.state = state;
        m_session->workspace()->update(test::keyOf(clip), record);
        QTRY_COMPARE(m_session->split()->table.state(static_cast<Row>(clip)), state);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<playback::Player> m_player;
    std::unique_ptr<ClipStage> m_stage;
};

QTEST_MAIN(TestClipStage)
#include "tst_clipstage.moc"
