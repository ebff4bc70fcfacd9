#include "clips/lifecycle.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "workspace/ledgerreader.h"
#include "workspace/sql/connection.h"
#include "workspace/workspace.h"

#include <QFile>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::workspace;
using namespace Qt::StringLiterals;

namespace {

constexpr int Newest = 6;

SegmentKey key(const char *id, std::uint32_t startMs, std::uint32_t endMs)
{
    return {*YtId::parse(id), startMs, endMs};
}

QByteArray countedUp(int from)
{
    QByteArray bytes;
    for (int number = from; number < from + 32; ++number)
        bytes.append(static_cast<char>(number));
    return bytes;
}

} // namespace

/// Ledgers as each former version left them (tests/unit/workspace/ledgers, dumped by SQLite), opened by this
/// one.
class TestFormerLedgers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opens_data()
    {
        QTest::addColumn<int>("version");
        for (int version = 1; version <= Newest; ++version)
            QTest::addRow("version %d", version) << version;
    }
    void opens()
    {
        QFETCH(int, version);
        const QTemporaryDir folder;
        restore(version, Layout(folder.path()).ledger());
        {
            auto opened = Workspace::open(folder.path());
            VERIFY_OK(opened);
            Workspace &workspace = **opened;
            QVERIFY2(workspace.notice().isEmpty(), qPrintable(workspace.notice()));
            QCOMPARE(workspace.clips().size(), version < 6 ? 6U : 7U);

            const Clip read = workspace.record(key("ledger-read", 0, 10'000));
            QCOMPARE(read.progress.state, ClipState::Ready);
            QCOMPARE(read.progress.attempts, 1);
            QCOMPARE(read.progress.changedAt, 1'790'000'000'000);
            QCOMPARE(read.audio.samples, 441'000);
            QCOMPARE(read.audio.sampleRate, 44'100);
            QCOMPARE(read.audio.sha256.toByteArray(), countedUp(0));
            QCOMPARE(read.origin.position, 0U);
            QCOMPARE(read.origin.formatId, u"140"_s);
            QCOMPARE(read.origin.toolVersion, u"2025.04.30"_s);
            QCOMPARE(read.judgement.verdict, Verdict::Keep);
            // Measures came with version 4, the true peak with 6.
            QCOMPARE(read.audio.measures.areKnown(), version >= 4);
            QVERIFY(!read.audio.measures.hasTruePeak());
            if (version >= 4) {
                QCOMPARE(read.audio.measures.peak, -600);
                QCOMPARE(read.audio.measures.rms, -2'000);
                QCOMPARE(read.audio.measures.loudness, -2'300);
                QCOMPARE(read.audio.measures.offset, 5);
                QCOMPARE(read.audio.measures.silence, 100);
                QCOMPARE(read.audio.measures.bandwidth, 4'000);
            }
            QCOMPARE(workspace.journal().size(), version >= 4 ? 1U : 0U);

            const Clip failed = workspace.record(key("ledger-fail", 23'700, 33'700));
            QCOMPARE(failed.why(), u"permanent: It’s private."_s);
            QCOMPARE(failed.judgement.verdict, Verdict::Reject);
            QCOMPARE(failed.judgement.isFlagged, version >= 4);
            QCOMPARE(failed.judgement.note, version >= 4 ? u"A note."_s : QString());
            const Clip late = workspace.record(key("ledger-late", 5'000, 15'000));
            QCOMPARE(late.progress.failure, FailureClass::Later);
            QCOMPARE(late.progress.retryAt, version >= 2 ? 1'790'000'360'000 : 0);
            const Clip running = workspace.record(key("ledger-runs", 5'000, 15'000));
            QCOMPARE(running.progress.state, ClipState::Queued);
            QCOMPARE(running.progress.attempts, 2);
            QCOMPARE(workspace.record(key("ledger-shrt", 30'000, 40'000)).progress.state, ClipState::Short);
            QCOMPARE(workspace.nextQueued(), key("ledger-wait", 5'000, 15'000));
            if (version >= 6) {
                const Clip missing = workspace.record(key("ledger-miss", 5'000, 15'000));
                QCOMPARE(missing.why(), u"The file is missing."_s);
                QCOMPARE(missing.audio.measures.truePeak, -592);
            }
            // And it can be written.
            QVERIFY(workspace.change(key("ledger-fail", 23'700, 33'700), lifecycle::queue));
            QCOMPARE(workspace.enqueue({{key("ledger-news", 0, 10'000), 9, "/m/news"}}), 1);
            VERIFY_OK(workspace.flush());
        }
        auto connection = Connection::open(Layout(folder.path()).ledger(), Connection::Access::ReadOnly);
        VERIFY_OK(connection);
        QCOMPARE((*connection)->number("PRAGMA user_version").value_or(0), Newest);
        auto reader = LedgerReader::open(folder.path());
        VERIFY_OK(reader);
        QStringList all;
        VERIFY_OK((*reader)->forEach([&all](const WantedClip &wanted, const Clip &clip) {
            all.append(wanted.key.ytid.toString() + u' ' + keyword(clip.progress.state) + u' ' +
                       QString::fromUtf8(wanted.labels));
            return true;
        }));
        const QString labels = u" /m/09x0r,/m/0bt9lr"_s;
        QStringList expected{u"ledger-read ready"_s + labels,    u"ledger-shrt short"_s + labels,
                             u"ledger-fail queued"_s + labels,   u"ledger-wait queued"_s + labels,
                             u"ledger-runs fetching"_s + labels, u"ledger-late failed"_s + labels};
        if (version >= 6)
            expected.append(u"ledger-miss missing"_s + labels);
        expected.append(u"ledger-news queued /m/news"_s);
        QCOMPARE(all, expected);
        QCOMPARE((*reader)->skippedRows(), 0);
    }

private:
    static void restore(int version, const QString &ledger)
    {
        QFile dump(
            QStringLiteral(EARMARK_SOURCE_DIR "/tests/unit/workspace/ledgers/version%1.sql").arg(version));
        QVERIFY(dump.open(QIODevice::ReadOnly));
        auto connection = Connection::open(ledger, Connection::Access::Create);
        VERIFY_OK(connection);
        while (!dump.atEnd())
            VERIFY_OK((*connection)->execute(dump.readLine().toStdString()));
    }
};

QTEST_GUILESS_MAIN(TestFormerLedgers)
#include "tst_formerledgers.moc"
