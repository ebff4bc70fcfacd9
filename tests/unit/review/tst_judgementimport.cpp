#include "review/judgementimport.h"
#include "support/clips.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace earmark;
using test::keyOf;

namespace {

constexpr int Known = 3; ///< clips that the workspace has

} // namespace

/// What a manifest tells of verdicts, as a workspace takes it over.
class TestTakeover final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_workspace = open();
        m_workspace->enqueue(test::wanted(Known, "/m/09x0r"));
    }
    void cleanup() { m_workspace.reset(); }

    void whatIsNewIsTakenAsOneStep()
    {
        m_said = {{keyOf(0), {.verdict = Verdict::Keep}},
                  {keyOf(1),
                   {.verdict = Verdict::Reject, .isFlagged = true, .doubted = "/m/09x0r", .note = u"rain"_s}},
                  {keyOf(7), {.verdict = Verdict::Keep}}};
        QCOMPARE(take(),
                 u"What listeners said of 2 clips was taken over from m.json; what m.json says of 1 clip is "
                 "taken over when they are downloaded here."_s);
        QCOMPARE(here(0), m_said[keyOf(0)]);
        QCOMPARE(here(1), m_said[keyOf(1)]);
        QCOMPARE(take(), u"What m.json says of 1 clip is taken over when they are downloaded here."_s);

        // It is in the ledger, and taken back as one.
        m_workspace.reset();
        m_workspace = open();
        QCOMPARE(here(1), m_said[keyOf(1)]);
        QVERIFY(m_workspace->undoJudgement());
        QCOMPARE(here(0), Judgement());
        QCOMPARE(here(1), Judgement());
        // Taken back is decided, too: no start of the program gives it again.
        QVERIFY(compared().fresh.empty());
        QVERIFY(m_workspace->redoJudgement());
        QCOMPARE(here(0).verdict, Verdict::Keep);

        m_workspace->enqueue({{keyOf(7), 7, "/m/09x0r"}});
        QCOMPARE(take(), u"What listeners said of 1 clip was taken over from m.json."_s);
        QCOMPARE(here(7).verdict, Verdict::Keep);
    }

    void whatIsDecidedHereStays_data()
    {
        QTest::addColumn<Judgement>("said");
        QTest::addColumn<Judgement>("here");
        QTest::addColumn<qint64>("differing");
        const Judgement kept{.verdict = Verdict::Keep};
        const Judgement rejected{.verdict = Verdict::Reject};
        const Judgement noted{.verdict = Verdict::Keep, .note = u"rain"_s};
        const Judgement flagged{.isFlagged = true};
        const Judgement doubted{.doubted = "/m/09x0r"};
        QTest::newRow("the same") << kept << kept << qint64(0);
        QTest::newRow("another verdict") << kept << rejected << qint64(1);
        QTest::newRow("more is known here") << kept << noted << qint64(0);
        QTest::newRow("less is known here") << noted << kept << qint64(1);
        QTest::newRow("only flagged here") << kept << flagged << qint64(1);
        QTest::newRow("flagged there") << flagged << kept << qint64(1);
        QTest::newRow("doubted there") << doubted << kept << qint64(1);
        QTest::newRow("decided and taken away again") << kept << Judgement() << qint64(1);
    }
    void whatIsDecidedHereStays()
    {
        QFETCH(Judgement, said);
        QFETCH(Judgement, here);
        m_workspace->judge({{keyOf(0), noteOf(u"before"_s)}});
        m_workspace->judge({{keyOf(0), here}});
        m_said = {{keyOf(0), said}};
        const review::JudgementImport judgementImport = compared();
        QVERIFY(judgementImport.fresh.empty());
        QTEST(judgementImport.differing, "differing");
        QCOMPARE(take().isEmpty(), judgementImport.differing == 0);
        QCOMPARE(this->here(0), here);
    }

    void whatIsJudgedInBetweenStays()
    {
        m_said = {{keyOf(0), {.verdict = Verdict::Keep}}};
        const review::JudgementImport judgementImport = compared();
        QCOMPARE(judgementImport.fresh.size(), std::size_t(1));
        m_workspace->judge({{keyOf(0), {.verdict = Verdict::Reject}}});
        review::apply(*m_workspace, judgementImport);
        QCOMPARE(here(0).verdict, Verdict::Reject);
    }

private:
    static Judgement noteOf(const QString &text) { return {.note = text}; }
    std::unique_ptr<workspace::Workspace> open() const
    {
        auto opened = workspace::Workspace::open(m_folder->path());
        return opened ? std::move(*opened) : nullptr;
    }
    Judgement here(int number) const { return m_workspace->record(keyOf(number)).judgement; }
    review::JudgementImport compared() const
    {
        return review::judgementImport(m_said, m_workspace->clips(), m_workspace->journal());
    }
    QString take()
    {
        const review::JudgementImport judgementImport = compared();
        review::apply(*m_workspace, judgementImport);
        return review::describe(judgementImport, u"m.json"_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::map<SegmentKey, Judgement> m_said;
};

QTEST_GUILESS_MAIN(TestTakeover)
#include "tst_judgementimport.moc"
