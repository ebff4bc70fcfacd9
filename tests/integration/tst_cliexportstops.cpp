#include "support/cliprocess.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <csignal>

using namespace earmark;
using namespace earmark::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 60'000;
constexpr int LongPrefix = 12'000;     ///< characters of a line
constexpr int LongestPrefix = 120'000; ///< the most that an argument may have is 128 KiB

} // namespace

/// Exports that end in the middle.
class TestCliExportStops final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto workspace = workspace::Workspace::open(clips());
        VERIFY_OK(workspace);
        for (std::uint32_t position = 0; position < 2'000; ++position) {
            const SegmentKey key{*YtId::parse("many" + std::to_string(1'000'000 + position)), 0, 1'500};
            (*workspace)->enqueue({{key, position, "/m/09x0r"}});
            auto record = (*workspace)->record(key);
            record.progress.state = ClipState::Ready;
            record.audio.samples = 2'400;
            record.audio.sampleRate = 1'600;
            (*workspace)->update(key, record);
            QVERIFY(
                writePlainWav((*workspace)->layout().clip(key), std::vector<std::int16_t>(2'400), 1'600, 1));
        }
        VERIFY_OK((*workspace)->flush());
    }

    void killedInTheMiddleNothingIsHalf_data()
    {
        QTest::addColumn<QString>("format");
        QTest::newRow("a file") << u"nemo"_s;
        QTest::newRow("a folder") << u"kaldi"_s;
    }
    /// Half of the hundred times each. The exports are large, and are killed when so much is written.
    void killedInTheMiddleNothingIsHalf()
    {
        QFETCH(QString, format);
        constexpr int rounds = 50;
        constexpr int most = 8'000'000; // bytes, of some 24 million
        const QTemporaryDir folder;
        const QString out = folder.filePath(u"out"_s);
        const auto command = [&](const QString &prefix) {
            return QStringList{u"export"_s, clips(), u"--format"_s, format,
                               u"--out"_s,  out,     u"--prefix"_s, prefix};
        };
        const QString longPrefix(LongPrefix, u'n');
        QCOMPARE(runCli(command(longPrefix)).exitCode, 0);
        const auto next = readFiles(out);
        QCOMPARE(runCli(command(u"former/"_s)).exitCode, 0);
        const auto former = readFiles(out);
        QVERIFY(former != next);

        QRandomGenerator chance(6);
        int hits = 0;
        for (int round = 0; round < rounds; ++round) {
            QProcess cli;
            startCli(cli, command(longPrefix));
            const qint64 written = waitForBytes(cli, folder.path(), chance.bounded(most));
            cli.kill();
            QVERIFY(cli.state() == QProcess::NotRunning || cli.waitForFinished(Patience));
            const auto content = readFiles(out);
            QVERIFY(content == former || content == next);
            hits += written > 0 && cli.exitStatus() == QProcess::CrashExit && content == former;
        }
        qInfo("%d of %d were killed in the middle of writing", hits, rounds);
        QVERIFY(hits >= rounds * 8 / 10);

        QCOMPARE(runCli(command(longPrefix)).exitCode, 0);
        QCOMPARE(readFiles(out), next);
        QCOMPARE(entriesOf(folder.path()), QStringList{u"out"_s});
    }

    void interruptedItLeavesTheFormer_data() { killedInTheMiddleNothingIsHalf_data(); }
    void interruptedItLeavesTheFormer()
    {
        QFETCH(QString, format);
        const QTemporaryDir folder;
        const QString out = folder.filePath(u"out"_s);
        const auto command = [&](const QString &prefix) {
            return QStringList{u"export"_s, clips(), u"--format"_s, format,
                               u"--out"_s,  out,     u"--prefix"_s, prefix};
        };
        QCOMPARE(runCli(command(u"former/"_s)).exitCode, 0);
        const auto former = readFiles(out);
        QProcess cli;
        cli.start(qEnvironmentVariable("EARMARK_CLI"), command(QString(LongestPrefix, u'n')));
        QVERIFY(waitForBytes(cli, folder.path(), 0) > 0);
        ::kill(static_cast<pid_t>(cli.processId()), SIGINT);
        QVERIFY(cli.waitForFinished(Patience));
        QCOMPARE(cli.exitStatus(), QProcess::NormalExit);
        QCOMPARE(cli.exitCode(), 130);
        QCOMPARE(cli.readAllStandardOutput(), QByteArray());
        QCOMPARE(cli.readAllStandardError(),
                 "earmark-cli: Interrupted. Nothing was written; run the same command again.\n");
        QCOMPARE(readFiles(out), former);
        QCOMPARE(entriesOf(folder.path()), QStringList{u"out"_s});
    }

private:
    QString clips() const { return m_folder.filePath(u"clips"_s); }
    static QStringList entriesOf(const QString &folder)
    {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    /// Waits until the files below a folder that the program has open, which have no names yet, hold more
    /// than so many bytes. How many; 0 when the program ended before that.
    static qint64 waitForBytes(QProcess &cli, const QString &folder, qint64 enough)
    {
        if (!cli.waitForStarted(Patience))
            return 0;
        const QString opened = u"/proc/%1/fd"_s.arg(cli.processId());
        while (cli.state() != QProcess::NotRunning) {
            qint64 bytes = 0;
            for (const QFileInfo &file : QDir(opened).entryInfoList(QDir::Files | QDir::System)) {
                if (file.symLinkTarget().startsWith(folder + u'/'))
                    bytes += file.size();
            }
            if (bytes > enough)
                return bytes;
            cli.waitForFinished(1);
        }
        return 0;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCliExportStops)
#include "tst_cliexportstops.moc"
