#include "support/clips.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "workspace/ledgerreader.h"
#include "workspace/workspace.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <array>

using namespace earmark;
using namespace earmark::workspace;
using namespace Qt::StringLiterals;

namespace {

const SegmentKey Key{*YtId::parse("-states-001"), 1'000, 2'000};
constexpr int Rate = 8'000;
const QString WhyMissing = u"The file is missing."_s;
const QString WhyDamaged = u"The file has 3 samples; the ledger says 8,000."_s;

WantedClip wanted()
{
    return {Key, 7, "/m/09x0r"};
}

Clip finished(Clip record, ClipState state)
{
    record =
        test::withWav(record, Rate, state == ClipState::Short ? Rate / 2 : Rate, QByteArray(32, 'x'), state);
    record.audio.measures.peak = -100;
    record.progress.failure = state == ClipState::Failed ? FailureClass::Transient : FailureClass::None;
    return record;
}

} // namespace

/// A clip whose file somebody has met missing or damaged, and what becomes of it.
class TestClipStates final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = Workspace::open(m_folder->path());
        VERIFY_OK(opened);
        m_workspace = std::move(*opened);
        QCOMPARE(m_workspace->enqueue({wanted()}), 1);
    }
    void cleanup() { m_workspace.reset(); }

    void numbersAreKnown()
    {
        for (const ClipState state : AllClipStates) {
            QCOMPARE(clipStateFromNumber(static_cast<int>(state)), std::optional(state));
            QCOMPARE(clipStateFromKeyword(QString(keyword(state))), std::optional(state));
        }
        for (const qint64 number : {qint64{-1}, qint64{AllClipStates.size()}, qint64{1} << 40})
            QVERIFY(!clipStateFromNumber(number));
    }

    /// What each of the three ways to change it makes of a clip in each state; empty where nothing changes.
    void transitions_data()
    {
        QTest::addColumn<ClipState>("before");
        QTest::addColumn<std::optional<ClipState>>("markedMissing");
        QTest::addColumn<std::optional<ClipState>>("markedDamaged");
        QTest::addColumn<std::optional<ClipState>>("markedFound");
        QTest::addColumn<std::optional<ClipState>>("enqueued");
        using To = std::optional<ClipState>;
        using enum ClipState;
        const To same;
        const auto row = [](ClipState state) -> QTestData & { return QTest::newRow(keyword(state).data()); };
        row(Absent) << Absent << same << same << same << To(Queued);
        row(Queued) << Queued << same << same << same << same;
        row(Fetching) << Fetching << same << same << same << same;
        row(Formatting) << Formatting << same << same << same << same;
        row(Ready) << Ready << To(Missing) << To(Damaged) << same << same;
        row(Short) << Short << To(Missing) << To(Damaged) << same << same;
        row(Failed) << Failed << same << same << same << To(Queued);
        row(Missing) << Missing << same << To(Damaged) << To(Ready) << To(Queued);
        row(Damaged) << Damaged << To(Missing) << same << To(Ready) << To(Queued);
    }
    void transitions()
    {
        QFETCH(ClipState, before);
        QFETCH(std::optional<ClipState>, markedMissing);
        QFETCH(std::optional<ClipState>, markedDamaged);
        QFETCH(std::optional<ClipState>, markedFound);
        QFETCH(std::optional<ClipState>, enqueued);
        const auto mark = [this](ClipState state, const QString &why) {
            return m_workspace->markLost(std::array{LostClip{Key, state, why}});
        };
        struct Way
        {
            const char *name;
            std::optional<ClipState> after;
            std::function<qsizetype()> go;
        };
        const std::array ways{
            Way{"missing", markedMissing, [&] { return mark(ClipState::Missing, WhyMissing); }},
            Way{"damaged", markedDamaged, [&] { return mark(ClipState::Damaged, WhyDamaged); }},
            Way{"found", markedFound, [this] { return m_workspace->markFound(std::array{Key}); }},
            Way{"enqueued", enqueued, [this] { return m_workspace->enqueue({wanted()}); }},
        };
        for (const auto &[name, after, way] : ways) {
            Clip record = finished(m_workspace->record(Key), before);
            record.progress.reason = before == ClipState::Missing   ? WhyMissing
                                     : before == ClipState::Damaged ? WhyDamaged
                                                                    : QString();
            m_workspace->update(Key, record);
            const QSignalSpy changed(m_workspace.get(), &Workspace::clipChanged);
            const QSignalSpy reset(m_workspace.get(), &Workspace::clipsReset);
            QCOMPARE(way(), after ? 1 : 0);
            const Clip now = m_workspace->record(Key);
            QVERIFY2(now.progress.state == after.value_or(before), name);
            QCOMPARE(changed.size() + reset.size(), after ? 1 : 0);
            QCOMPARE(m_workspace->counts()[now.progress.state], 1);
            QCOMPARE(m_workspace->counts().total(), now.progress.state == ClipState::Absent ? 0 : 1);
            QCOMPARE(m_workspace->counts().lost(), isLost(now.progress.state) ? 1 : 0);
            // What is known of the file stays in any case: by it the file is known again.
            QCOMPARE(now.audio.samples, record.audio.samples);
            QCOMPARE(now.audio.sha256, record.audio.sha256);
            QVERIFY(now.audio.measures == record.audio.measures);
            QCOMPARE(now.why().isEmpty(), !hasWhy(now.progress.state));
            QCOMPARE(m_workspace->nextQueued().has_value(), now.progress.state == ClipState::Queued);
        }
    }

    void aShortClipIsShortAgain()
    {
        m_workspace->update(Key, finished(m_workspace->record(Key), ClipState::Short));
        QCOMPARE(m_workspace->markLost(std::array{LostClip{Key, ClipState::Missing, WhyMissing}}), 1);
        QCOMPARE(m_workspace->markFound(std::array{Key}), 1);
        QCOMPARE(m_workspace->record(Key).progress.state, ClipState::Short);
        QVERIFY(m_workspace->record(Key).progress.reason.isEmpty());
    }

    void theLedgerRemembers()
    {
        m_workspace->update(Key, finished(m_workspace->record(Key), ClipState::Ready));
        Judgement kept;
        kept.verdict = Verdict::Keep;
        QVERIFY(m_workspace->judge({{Key, kept}}));
        QCOMPARE(m_workspace->markLost(std::array{LostClip{Key, ClipState::Damaged, WhyDamaged}}), 1);
        const Clip before = m_workspace->record(Key);
        VERIFY_OK(m_workspace->flush());
        {
            auto reader = LedgerReader::open(m_folder->path());
            VERIFY_OK(reader);
            const auto counts = (*reader)->counts();
            VERIFY_OK(counts);
            QCOMPARE((*counts)[ClipState::Damaged], 1);
            QCOMPARE(counts->total(), 1);
        }
        m_workspace.reset();
        auto again = Workspace::open(m_folder->path());
        VERIFY_OK(again);
        QVERIFY((*again)->record(Key) == before);
        QCOMPARE((*again)->record(Key).judgement.verdict, Verdict::Keep);
        // Its labels are the ledger's alone, and outlive that it is queued by its key.
        Clip queued = before;
        queued.progress.state = ClipState::Queued;
        (*again)->update(Key, queued);
        VERIFY_OK((*again)->flush());
        auto reader = LedgerReader::open(m_folder->path());
        VERIFY_OK(reader);
        QByteArray labels;
        VERIFY_OK((*reader)->forEach([&labels](const WantedClip &clip, const Clip &) {
            labels = clip.labels;
            return true;
        }));
        QCOMPARE(labels, QByteArray("/m/09x0r"));
    }

    /// Its sound is known, and no other clip is called a copy of what cannot be heard.
    void aLostClipIsNobodysDouble()
    {
        m_workspace->update(Key, finished(m_workspace->record(Key), ClipState::Ready));
        const auto clip = m_workspace->clips().find(Key);
        QVERIFY(clip);
        QVERIFY(m_workspace->clips().sound(*clip) != 0);
        m_workspace->markLost(std::array{LostClip{Key, ClipState::Missing, WhyMissing}});
        QCOMPARE(m_workspace->clips().sound(*clip), 0U);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
};

QTEST_GUILESS_MAIN(TestClipStates)
#include "tst_clipstates.moc"
