#include "ui/review/audition.h"

#include "support/testmain.h"
#include "unit/ui/stagedclips.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace earmark;
using review::Order;
using segments::Row;
using Rows = std::vector<Row>;

/// Which clips an audition goes through, where it begins and where it goes from there.
class TestAuditionRows final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_clips = std::make_unique<test::StagedClips>();
        m_audition = std::make_unique<ui::Audition>(m_clips->session, m_clips->stage);
        QVERIFY(m_clips->open());
    }
    void cleanup()
    {
        m_audition.reset();
        m_clips.reset();
    }

    void begins_data()
    {
        QTest::addColumn<int>("first");     // -1: none
        QTest::addColumn<int>("lastHeard"); // -1: never
        QTest::addColumn<Rows>("decided");
        QTest::addColumn<Row>("at");
        QTest::newRow("nothing known") << -1 << -1 << Rows{} << Row{9};
        QTest::newRow("at the row asked for") << 4 << 2 << Rows{} << Row{4};
        QTest::newRow("without that row's clip: where it left off") << 3 << 2 << Rows{} << Row{2};
        QTest::newRow("where it left off") << -1 << 2 << Rows{9, 4} << Row{2};
        QTest::newRow("left off at a row that is not shown") << -1 << 70 << Rows{9, 4} << Row{2};
        QTest::newRow("the first without a verdict") << -1 << -1 << Rows{9} << Row{4};
        QTest::newRow("all have one") << -1 << -1 << Rows{9, 4, 2, 7} << Row{9};
    }
    void begins()
    {
        QFETCH(int, first);
        QFETCH(int, lastHeard);
        QFETCH(Rows, decided);
        QFETCH(Row, at);
        m_clips->setState(3, ClipState::Absent);
        if (lastHeard >= 0)
            m_clips->session.workspace()->setLastHeard(test::keyOf(lastHeard).stem());
        for (const Row row : decided)
            judge(row, Verdict::Keep);
        QVERIFY(m_audition->begin({9, 4, 3, 2, 7}, first < 0 ? std::nullopt : std::optional(Row(first)), {}));
        QCOMPARE(m_audition->rows(), (Rows{9, 4, 2, 7})); // 3 has no clip
        QCOMPARE(m_audition->current(), std::optional(at));
        QCOMPARE(m_clips->stage.row(), std::optional(at));
        QCOMPARE(m_audition->decidedCount(), static_cast<qint64>(decided.size()));
        QCOMPARE(m_clips->session.workspace()->lastHeard(), test::keyOf(static_cast<int>(at)).stem());
    }

    void doesNotBeginWithoutAClip()
    {
        m_clips->setState(3, ClipState::Absent);
        QVERIFY(!m_audition->begin({3}, Row{3}, {}));
        QVERIFY(!m_audition->isOn());
        QVERIFY(!m_audition->current());
    }

    void goesToBothEnds()
    {
        QVERIFY(m_audition->begin({5, 6, 7}, Row{5}, {}));
        QSignalSpy ends(m_audition.get(), &ui::Audition::reachedEnd);
        QSignalSpy positions(m_audition.get(), &ui::Audition::positionChanged);
        m_audition->previous();
        QCOMPARE(m_audition->position(), 0U);
        m_audition->next();
        m_audition->next();
        QCOMPARE(m_clips->stage.row(), std::optional(Row{7}));
        QCOMPARE(ends.count(), 0);
        m_audition->next();
        QCOMPARE(ends.count(), 1);
        QCOMPARE(m_audition->position(), 2U);
        m_audition->goTo(2);
        QCOMPARE(positions.count(), 2);
        m_audition->end();
        QVERIFY(!m_audition->isOn());
        QCOMPARE(m_clips->stage.row(), std::optional(Row{7})); // it stays in the panel
    }

    void keepsItsClipInAnotherOrder()
    {
        Rows shown(30);
        std::iota(shown.begin(), shown.end(), Row{10});
        QVERIFY(m_audition->begin(shown, Row{17}, {}));
        QSignalSpy arranged(m_audition.get(), &ui::Audition::rowsChanged);
        for (const auto &wish :
             {ui::AuditionOptions{Order::Shuffled, 1, false}, ui::AuditionOptions{Order::Shuffled, 2, false},
              ui::AuditionOptions{Order::ByLabel, 2, false}}) {
            const Rows before = m_audition->rows();
            m_audition->setWish(wish);
            QCOMPARE(m_audition->current(), std::optional(Row{17}));
            QVERIFY(m_audition->rows() != before);
            QVERIFY(std::ranges::is_permutation(m_audition->rows(), shown));
        }
        QCOMPARE(arranged.count(), 3);
        m_audition->setWish({Order::ByLabel, 2, true}); // no other order
        QCOMPARE(arranged.count(), 3);
    }

    void countsAndHidesByVerdict()
    {
        QVERIFY(m_audition->begin({5, 6, 7}, Row{5}, {.isBlind = true}));
        QVERIFY(m_audition->hidesLabels(6));
        QSignalSpy verdicts(m_audition.get(), &ui::Audition::verdictsChanged);
        judge(6, Verdict::Reject);
        QTRY_COMPARE(m_audition->decidedCount(), 1);
        QVERIFY(verdicts.count() > 0);
        QVERIFY(!m_audition->hidesLabels(6));
        QVERIFY(m_audition->hidesLabels(5));
        judge(40, Verdict::Reject); // not in the audition
        QCOMPARE(m_audition->decidedCount(), 1);
        judge(6, Verdict::Undecided);
        QTRY_COMPARE(m_audition->decidedCount(), 0);
    }

private:
    void judge(Row row, Verdict verdict) const
    {
        QVERIFY(m_clips->session.workspace()->judge(
            {{test::keyOf(static_cast<int>(row)), Judgement{.verdict = verdict}}}));
        QTRY_COMPARE(m_clips->session.split()->table.verdict(row), verdict);
    }

    std::unique_ptr<test::StagedClips> m_clips;
    std::unique_ptr<ui::Audition> m_audition;
};

QTEST_MAIN(TestAuditionRows)
#include "tst_auditionrows.moc"
