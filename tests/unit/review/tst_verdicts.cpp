#include "review/facts.h"
#include "review/verdicts.h"
#include "support/clips.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace earmark;
using test::keyOf;

namespace {

constexpr int Clips = 4; ///< ready; one more is queued

} // namespace

class TestVerdicts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = workspace::Workspace::open(m_folder->path());
        VERIFY_OK(opened);
        m_workspace = std::move(*opened);
        m_workspace->enqueue(test::wanted(Clips + 1, "/m/09x0r,/m/04rlf"));
        for (int number = 0; number < Clips; ++number) {
            const QByteArray sound(32, static_cast<char>('a' + number / 2));
            m_workspace->update(keyOf(number),
                                test::withWav(m_workspace->record(keyOf(number)), 44'100, 44'100, sound));
        }
    }
    void cleanup() { m_workspace.reset(); }

    void verdicts()
    {
        std::vector<SegmentKey> all;
        for (int number = 0; number <= Clips; ++number)
            all.push_back(keyOf(number));
        QVERIFY(review::giveVerdict(*m_workspace, all, Verdict::Reject));
        QCOMPARE(verdict(0), Verdict::Reject);
        QCOMPARE(verdict(Clips), Verdict::Undecided); // there is nothing to hear yet
        QCOMPARE(lastStep(), u"reject, 4 clips"_s);
        QVERIFY(!review::giveVerdict(*m_workspace, all, Verdict::Reject));
        QVERIFY(review::giveVerdict(*m_workspace, {&all[1], 1}, Verdict::Keep));
        QCOMPARE(lastStep(), u"keep"_s);
        QVERIFY(m_workspace->undoJudgement());
        QCOMPARE(verdict(1), Verdict::Reject);
        QVERIFY(m_workspace->undoJudgement());
        QCOMPARE(verdict(1), Verdict::Undecided);
    }

    void flags()
    {
        const std::vector two{keyOf(0), keyOf(1)};
        QVERIFY(review::toggleFlag(*m_workspace, {two.data(), 1}));
        QCOMPARE(lastStep(), u"flag"_s);
        QVERIFY(review::toggleFlag(*m_workspace, two)); // one lacks it: both have it
        QVERIFY(judgement(0).isFlagged && judgement(1).isFlagged);
        QVERIFY(review::toggleFlag(*m_workspace, two));
        QVERIFY(!judgement(0).isFlagged && !judgement(1).isFlagged);
        QCOMPARE(lastStep(), u"flag taken away, 2 clips"_s);
    }

    void doubts()
    {
        QVERIFY(review::toggleDoubt(*m_workspace, keyOf(0), "/m/09x0r"));
        QCOMPARE(lastStep(), u"label doubted"_s);
        QVERIFY(review::toggleDoubt(*m_workspace, keyOf(0), "/m/04rlf"));
        QVERIFY(review::isDoubted(judgement(0), "/m/09x0r"));
        QCOMPARE(judgement(0).doubted, "/m/04rlf,/m/09x0r");
        QVERIFY(review::toggleDoubt(*m_workspace, keyOf(0), "/m/09x0r"));
        QCOMPARE(judgement(0).doubted, "/m/04rlf");
        QCOMPARE(lastStep(), u"label believed again"_s);
        QVERIFY(!review::isDoubted(judgement(1), "/m/09x0r"));
    }

    void notes()
    {
        QVERIFY(review::setNote(*m_workspace, keyOf(2), u"  a dog, far away "_s));
        QCOMPARE(judgement(2).note, u"a dog, far away"_s);
        QCOMPARE(lastStep(), u"note"_s);
        QVERIFY(!review::setNote(*m_workspace, keyOf(2), u"a dog, far away"_s));
        QVERIFY(!review::setNote(*m_workspace, keyOf(Clips), u"nothing to hear"_s));
    }

    void tablesKnowThem()
    {
        review::toggleDoubt(*m_workspace, keyOf(1), "/m/09x0r");
        const SegmentKey key = keyOf(1);
        review::giveVerdict(*m_workspace, {&key, 1}, Verdict::Keep);
        segments::SegmentTable table;
        const std::vector<std::string_view> mids{"/m/09x0r"};
        for (int number = 0; number <= Clips + 1; ++number) // one more than the ledger knows
            QVERIFY(table.append(keyOf(number), mids));
        table.index();
        auto facts = review::allFacts(table, m_workspace->clips());
        table.swapClips(facts.clips);
        QCOMPARE(table.verdict(1), Verdict::Keep);
        QCOMPARE(table.marks(1), ClipMarks(Doubted | Duplicate));
        QCOMPARE(table.marks(0), ClipMarks(0));
        QCOMPARE(table.marks(2), ClipMarks(0));
        QCOMPARE(table.marks(3), ClipMarks(Duplicate));
        QCOMPARE(facts.counts[static_cast<std::size_t>(ClipState::Ready)], Clips);
        QCOMPARE(facts.counts[static_cast<std::size_t>(ClipState::Queued)], 1);
        QCOMPARE(facts.counts[static_cast<std::size_t>(ClipState::Absent)], 1);
    }

    void commonLoudness_data()
    {
        QTest::addColumn<int>("peak");
        QTest::addColumn<int>("loudness");
        QTest::addColumn<double>("gain");
        QTest::newRow("quieter") << -600 << -1000 << -13.0;
        QTest::newRow("louder") << -3000 << -4000 << 17.0;
        QTest::newRow("no louder than its peak allows") << -500 << -4000 << 4.0;
        QTest::newRow("never down for its peak") << -50 << -3000 << 0.0;
        QTest::newRow("noise stays noise") << -9000 << -10'000 << 40.0;
        QTest::newRow("silent") << int(Measures::Silence) << int(Measures::Silence) << 0.0;
        QTest::newRow("not measured") << int(Measures::Unknown) << -1000 << 0.0;
    }
    void commonLoudness()
    {
        QFETCH(int, peak);
        QFETCH(int, loudness);
        const Measures measures{.peak = static_cast<std::int16_t>(peak),
                                .loudness = static_cast<std::int16_t>(loudness)};
        QTEST(review::gainToCommonLoudness(measures), "gain");
    }

private:
    Judgement judgement(int number) const { return m_workspace->record(keyOf(number)).judgement; }
    Verdict verdict(int number) const { return judgement(number).verdict; }
    QString lastStep() const { return review::describe(*m_workspace->journal().toUndo()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<workspace::Workspace> m_workspace;
};

QTEST_GUILESS_MAIN(TestVerdicts)
#include "tst_verdicts.moc"
