#include "clips/duplicates.h"
#include "support/clips.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "workspace/ledgerreader.h"
#include "workspace/workspace.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace earmark;
using namespace earmark::workspace;
using test::keyOf;

namespace {

constexpr int Clips = 5;

} // namespace

class TestJudgements final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        open();
        m_workspace->enqueue(test::wanted(Clips, "/m/09x0r"));
    }
    void cleanup() { m_workspace.reset(); }

    void everyStepCanBeTakenBackAndGivenAgain()
    {
        judge(0, {Verdict::Keep});
        judge(1, {Verdict::Reject, true, "/m/09x0r,/m/04rlf", u"A “quoted” note\nof two lines"_s});
        judge(0, {Verdict::Undecided, true});
        const auto all = judgements();

        m_workspace->undoJudgement();
        QCOMPARE(judgement(0), Judgement{Verdict::Keep});
        m_workspace->undoJudgement();
        QCOMPARE(judgement(1), Judgement());
        const auto step = m_workspace->undoJudgement();
        QVERIFY(step);
        QCOMPARE(step->changes.front().key, keyOf(0));
        QCOMPARE(judgement(0), Judgement());
        QVERIFY(!m_workspace->undoJudgement());

        for (int count = 0; count < 3; ++count)
            QVERIFY(m_workspace->redoJudgement());
        QVERIFY(!m_workspace->redoJudgement());
        QCOMPARE(judgements(), all);
    }

    void undoSurvivesARestart()
    {
        judge(0, {Verdict::Keep});
        judge(1, {Verdict::Keep, false, "/m/09x0r", u"ä"_s});
        judge(2, {Verdict::Reject});
        m_workspace->undoJudgement();
        const auto before = judgements();
        reopen();
        QCOMPARE(judgements(), before);
        QCOMPARE(m_workspace->journal().position(), std::size_t{2});
        QCOMPARE(m_workspace->journal().size(), std::size_t{3});
        QVERIFY(m_workspace->redoJudgement());
        QCOMPARE(judgement(2), Judgement{Verdict::Reject});
        reopen();
        for (int step = 0; step < 3; ++step)
            QVERIFY(m_workspace->undoJudgement());
        reopen();
        QCOMPARE(judgements(), (std::vector<Judgement>(Clips)));
        QVERIFY(!m_workspace->undoJudgement());
        QVERIFY(m_workspace->redoJudgement());
        QCOMPARE(judgement(0), Judgement{Verdict::Keep});
    }

    void whatWasTakenBackGoesWithTheNextStep()
    {
        judge(0, {Verdict::Keep});
        judge(1, {Verdict::Keep});
        m_workspace->undoJudgement();
        judge(2, {Verdict::Reject});
        QVERIFY(!m_workspace->redoJudgement());
        reopen();
        QCOMPARE(m_workspace->journal().size(), std::size_t{2});
        QVERIFY(!m_workspace->redoJudgement());
        QVERIFY(m_workspace->undoJudgement());
        QCOMPARE(judgement(2), Judgement());
        QCOMPARE(judgement(0), Judgement{Verdict::Keep});
    }

    void aBatchIsOneStep()
    {
        judge(1, {Verdict::Reject});
        const QSignalSpy one(m_workspace.get(), &Workspace::clipChanged);
        const QSignalSpy many(m_workspace.get(), &Workspace::clipsReset);
        std::vector<std::pair<SegmentKey, Judgement>> batch;
        for (int number = 0; number < Clips; ++number)
            batch.emplace_back(keyOf(number), Judgement{Verdict::Reject});
        batch.emplace_back(SegmentKey{*YtId::parse("unknown_---"), 0, 10'000}, Judgement{Verdict::Reject});
        QVERIFY(m_workspace->judge(batch));
        QCOMPARE(m_workspace->journal().toUndo()->changes.size(),
                 std::size_t{Clips - 1}); // one had it already
        QCOMPARE(many.size(), 1);
        QCOMPARE(one.size(), 0);
        QVERIFY(!m_workspace->judge(batch));
        reopen();
        QVERIFY(m_workspace->undoJudgement());
        QCOMPARE(judgement(1), Judgement{Verdict::Reject});
        QCOMPARE(judgement(4), Judgement());
    }

    void downloadsDoNotTouchThem()
    {
        judge(3, {Verdict::Keep, true, "/m/09x0r", u"good"_s});
        Clip record = m_workspace->record(keyOf(3));
        record.judgement = {};
        record.progress.state = ClipState::Ready;
        record.audio.measures.peak = -123;
        record.audio.measures.clipped = 4'000'000'000;
        record.audio.measures.silence = 65'535;
        record.audio.measures.bandwidth = 24'000;
        m_workspace->update(keyOf(3), record);
        const Judgement kept{Verdict::Keep, true, "/m/09x0r", u"good"_s};
        QCOMPARE(judgement(3), kept);
        reopen();
        QCOMPARE(judgement(3), kept);
        QVERIFY(m_workspace->record(keyOf(3)).audio.measures == record.audio.measures);
        m_workspace->setFormat({16'000, 1});
        QVERIFY(!m_workspace->record(keyOf(3)).audio.measures.areKnown());
        QCOMPARE(judgement(3), kept);
    }

    void readersSeeThem()
    {
        judge(2, {Verdict::Keep, false, "/m/09x0r", {}});
        m_workspace->setLastHeard(keyOf(2).stem());
        VERIFY_OK(m_workspace->flush());
        const auto reader = LedgerReader::open(m_folder->path());
        VERIFY_OK(reader);
        std::vector<Judgement> found;
        VERIFY_OK((*reader)->forEach([&found](const WantedClip &, const Clip &record) {
            found.push_back(record.judgement);
            return true;
        }));
        QCOMPARE(found, judgements());
        reopen();
        QCOMPARE(m_workspace->lastHeard(), keyOf(2).stem());
    }

    void knowsDuplicates()
    {
        const auto finish = [this](int number, char sound) {
            const Clip clip = m_workspace->record(keyOf(number));
            m_workspace->update(keyOf(number), test::withWav(clip, 44'100, 44'100, QByteArray(32, sound)));
        };
        const auto at = [this](int number) { return *m_workspace->clips().find(keyOf(number)); };
        finish(1, 'a');
        finish(2, 'b');
        Duplicates duplicates(m_workspace->clips());
        QVERIFY(!duplicates.isDuplicate(at(1)));
        QVERIFY(!duplicates.isDuplicate(at(0)));
        finish(3, 'a');
        QVERIFY(duplicates.update(m_workspace->clips(), at(3)));
        QVERIFY(duplicates.isDuplicate(at(3)));
        QCOMPARE(duplicates.first(at(3)), at(1));
        // One comes before those that were there: what came first until now is a duplicate.
        finish(0, 'a');
        QVERIFY(!duplicates.update(m_workspace->clips(), at(0)));
        duplicates = Duplicates(m_workspace->clips());
        QVERIFY(!duplicates.isDuplicate(at(0)));
        QVERIFY(duplicates.isDuplicate(at(1)));
        finish(0, 'c');
        QVERIFY(!duplicates.update(m_workspace->clips(), at(0)));
        judge(3, {Verdict::Keep});
        QVERIFY(duplicates.update(m_workspace->clips(), at(3)));
    }

private:
    void open()
    {
        auto opened = Workspace::open(m_folder->path());
        if (!opened)
            qFatal("%s", qPrintable(opened.error().text));
        m_workspace = std::move(*opened);
    }
    void reopen()
    {
        m_workspace.reset();
        open();
    }
    void judge(int number, const Judgement &judgement)
    {
        QVERIFY(m_workspace->judge({{keyOf(number), judgement}}));
    }
    Judgement judgement(int number) const { return m_workspace->record(keyOf(number)).judgement; }
    std::vector<Judgement> judgements() const
    {
        std::vector<Judgement> all;
        for (int number = 0; number < Clips; ++number)
            all.push_back(judgement(number));
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
};

QTEST_GUILESS_MAIN(TestJudgements)
#include "tst_judgements.moc"
