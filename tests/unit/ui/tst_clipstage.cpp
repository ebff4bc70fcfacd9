#include "ui/clip/clipstage.h"

#include "support/testmain.h"
#include "unit/ui/stagedclips.h"

#include <QSignalSpy>

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
        m_clips = std::make_unique<test::StagedClips>();
        QVERIFY(m_clips->open());
    }
    void cleanup() { m_clips.reset(); }

    void bringsTheSoundOfTheRow()
    {
        QSignalSpy rows(&m_clips->stage, &ClipStage::rowChanged);
        m_clips->stage.show(Row{3});
        QCOMPARE(rows.count(), 1);
        QCOMPARE(m_clips->stage.row(), std::optional(Row{3}));
        QTRY_VERIFY(isOn(3));
        QCOMPARE(m_clips->stage.notice(), QString());
        m_clips->stage.show(std::nullopt);
        QVERIFY(!m_clips->stage.sound());
        QVERIFY(!m_clips->player.hasSound());
    }

    /// A held key: what goes by is not read, what it stops at is.
    void readsOnlyWhereItStops()
    {
        int sounds = 0;
        connect(&m_clips->stage, &ClipStage::soundChanged, this,
                [&] { sounds += m_clips->stage.sound() != nullptr; });
        for (Row row = 0; row < 30; ++row)
            m_clips->stage.show(row);
        QVERIFY(!m_clips->stage.sound());
        QTRY_VERIFY(isOn(29));
        QCOMPARE(sounds, 1);
    }

    void aLateSoundDoesNotTakeTheRowsPlace()
    {
        QList<bool> isOfLast;
        connect(&m_clips->stage, &ClipStage::soundChanged, this, [&] {
            if (m_clips->stage.sound())
                isOfLast += isOn(2);
        });
        m_clips->stage.show(Row{1});
        m_clips->stage.show(std::nullopt);
        m_clips->stage.show(Row{2});
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
        m_clips->setState(5, state);
        m_clips->stage.show(Row{5});
        QTRY_COMPARE(m_clips->stage.notice(), notice);
        QVERIFY(!m_clips->stage.sound());
        // It comes as soon as the clip is there.
        m_clips->setState(5, ClipState::Ready);
        QTRY_VERIFY(isOn(5));
        QCOMPARE(m_clips->stage.notice(), QString());
    }

    void losesWhatIsGone()
    {
        m_clips->stage.show(Row{7});
        QTRY_VERIFY(isOn(7));
        m_clips->stage.show(Row{8});
        QTRY_VERIFY(isOn(8));
        QVERIFY(QFile::remove(file(7)));
        m_clips->stage.show(Row{7}); // in memory, but its file is looked at
        QTRY_COMPARE(m_clips->session.split()->table.state(7), ClipState::Missing);
        QTRY_VERIFY(!m_clips->stage.sound());
        QVERIFY(!m_clips->stage.notice().isEmpty());
        QCOMPARE(m_clips->session.split()->table.state(8), ClipState::Ready);
    }

    /// A clip that another program made, or an older Earmark, is measured when it is first heard.
    void keepsWhatWasMeasured()
    {
        QVERIFY(!m_clips->session.record(4).audio.measures.areKnown());
        m_clips->stage.show(Row{4});
        QTRY_VERIFY(m_clips->session.record(4).audio.measures.areKnown());
        // A sine of 8,000 of 32,767: -12.25 dBFS, in hundredths.
        QVERIFY(std::abs(m_clips->session.record(4).audio.measures.peak + 1225) <= 1);
    }

    void isEmptyWithAnotherSplit()
    {
        m_clips->stage.show(Row{3});
        QTRY_VERIFY(isOn(3));
        m_clips->session.openSample();
        QTRY_VERIFY(!m_clips->stage.row());
        QVERIFY(!m_clips->stage.sound());
    }

private:
    bool isOn(int clip) const
    {
        return m_clips->stage.sound() && m_clips->player.hasSound() &&
               m_clips->stage.sound()->sound->samples ==
                   test::Staircase::samples(clip % test::Staircase::Most);
    }
    QString file(int clip) const { return m_clips->session.workspace()->layout().clip(test::keyOf(clip)); }

    std::unique_ptr<test::StagedClips> m_clips;
};

QTEST_MAIN(TestClipStage)
#include "tst_clipstage.moc"
