#include "audio/pcm.h"
#include "support/cliprocess.h"
#include "support/clips.h"
#include "support/mediaserver.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include <csignal>

#include <unistd.h>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::runCli;

namespace {

constexpr int Patience = 60'000;
constexpr int Clips = 6;

} // namespace

/// earmark-cli on folders that are not as it left them, or that are not its own.
class TestCliWorkspace final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_sound = test::noiseM4a();
        QByteArray split;
        for (int number = 0; number < Clips; ++number)
            split += test::servedId(number).toLatin1() + ", 2.000, 5.000, \"/m/09x0r\"\n";
        m_split = test::writeFile(m_media.filePath(u"split.csv"_s), split);
    }

    void init()
    {
        m_server = std::make_unique<test::MediaServer>();
        for (int number = 0; number < Clips; ++number)
            m_server->serve(test::servedPath(number), m_sound);
        m_folder = std::make_unique<QTemporaryDir>();
    }

    /// As the common script leaves it: WAVs up to 14 ms too long, m4a sections on clocks of their own.
    void takesOverTheFolderOfTheCommonScript()
    {
        QDir folder(m_folder->path());
        QVERIFY(folder.mkpath(u"processed"_s) && folder.mkpath(u"downloaded"_s));
        const auto put = [&](int number, int frames, int rate) {
            QVERIFY(test::writePlainWav(wav(number), test::noise(frames, 0.3, 5), rate, 1));
            test::writeFile(folder.filePath(u"downloaded/%1.m4a"_s.arg(test::servedKey(number).stem())),
                            "a section");
        };
        put(0, 3 * 44'100, 44'100);       // exact
        put(1, 3 * 44'100 + 626, 44'100); // 14.2 ms more
        put(2, 3 * 44'100 - 9'000, 44'100);
        put(3, 3 * 16'000, 16'000);
        put(4, 3 * 44'100, 44'100);
        QVERIFY(QFile::resize(wav(4), 100'000));
        const QByteArray exact = test::readFile(wav(0));
        const QByteArray longer = test::readFile(wav(1));

        const auto run = fetch();
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"ready"_s].toInt(), Clips);
        for (const char *said : {"2 clips lie in processed", "3 are made anew", "1 at another sample rate",
                                 "1 cut off", "1 too short", "5 sections"})
            QVERIFY2(run.errors.contains(said), run.errors.constData());
        QCOMPARE(test::readFile(wav(0)), exact);
        // The same samples, without those beyond the end.
        QCOMPARE(test::readFile(wav(1)).mid(44), longer.mid(44, 3 * 44'100 * 2));
        for (int number = 0; number < Clips; ++number) {
            QCOMPARE(m_server->requests(test::servedPath(number)) > 0, number >= 2);
            const auto info = audio::readWavInfo(wav(number));
            VERIFY_OK(info);
            QCOMPARE(info->frames, 3 * 44'100);
            QCOMPARE(QFile::exists(wav(number) + u".refused"_s), number >= 2 && number <= 4);
        }
        QCOMPARE(runCli({u"verify"_s, m_folder->path(), u"--deep"_s}).exitCode, 0);
    }

    void aDamagedLedgerCostsNoClip_data()
    {
        QTest::addColumn<bool>("hasBackup");
        QTest::newRow("with a backup") << true;
        QTest::newRow("from the files alone") << false;
    }
    void aDamagedLedgerCostsNoClip()
    {
        QFETCH(bool, hasBackup);
        QCOMPARE(fetch().exitCode, 0);
        test::writeFile(m_folder->filePath(u"earmark.sqlite"_s), QByteArray(10'000, 'x'));
        if (!hasBackup)
            QFile::remove(m_folder->filePath(u"earmark.sqlite.backup"_s));
        QCOMPARE(runCli({u"status"_s, m_folder->path()}).exitCode, 1);
        const int requests = m_server->requests(test::servedPath(0));
        const auto run = fetch();
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.errors.contains("was damaged and is kept as earmark.sqlite.damaged-"),
                 run.errors.constData());
        QCOMPARE(run.json()[u"ready"_s].toInt(), Clips);
        QCOMPARE(m_server->requests(test::servedPath(0)), requests);
        QCOMPARE(runCli({u"verify"_s, m_folder->path(), u"--deep"_s}).exitCode, 0);
        const auto manifest = runCli({u"export"_s, m_folder->path(), u"--json"_s});
        QCOMPARE(manifest.json()[u"written"_s].toInt(), Clips);
        QCOMPARE(test::readFile(m_folder->filePath(u"manifest.json"_s)).count("audio_filepath"), Clips);
    }

    void aLedgerMovedAwayDuringAFetchIsWrittenAgain()
    {
        QCOMPARE(fetch().exitCode, 0);
        const QString ledger = m_folder->filePath(u"earmark.sqlite"_s);
        const QByteArray backup = test::readFile(ledger + u".backup"_s);
        m_server->setFault(test::servedPath(9), {test::Fault::Caller::Ffmpeg, 0, 0});
        m_server->serve(test::servedPath(9), m_sound);
        const QString more = test::writeFile(m_media.filePath(u"more.csv"_s),
                                             test::servedId(9).toLatin1() + ", 2, 5, \"/m/09x0r\"\n");
        QProcess cli;
        test::startCli(cli, {u"fetch"_s, more, u"--into"_s, m_folder->path(), u"--source"_s,
                             m_server->url(u"/{ytid}.m4a"_s)});
        QTRY_VERIFY_WITH_TIMEOUT(m_server->requests(test::servedPath(9)) > 0, Patience);
        QVERIFY(QFile::rename(ledger, m_folder->filePath(u"mine.sqlite"_s)));
        ::kill(static_cast<pid_t>(cli.processId()), SIGINT);
        QVERIFY(cli.waitForFinished(Patience));
        m_server->release();
        const auto status = runCli({u"status"_s, m_folder->path(), u"--json"_s}).json();
        QCOMPARE(status[u"ready"_s].toInt(), Clips);
        QCOMPARE(status[u"queued"_s].toInt(), 1);
        QVERIFY(test::readFile(ledger + u".backup"_s).size() >= backup.size());
    }

    void clipsLieOnAnotherDiskThroughLinkedFolders()
    {
        for (const QString &name : {u"processed"_s, u"downloaded"_s}) {
            QVERIFY(QDir().mkpath(m_folder->filePath(u"scratch/"_s + name)));
            QVERIFY(QDir().mkpath(m_folder->filePath(u"ws"_s)));
            QVERIFY(
                QFile::link(m_folder->filePath(u"scratch/"_s + name), m_folder->filePath(u"ws/"_s + name)));
        }
        const QString workspace = m_folder->filePath(u"ws"_s);
        const auto run = runCli({u"fetch"_s, m_split, u"--into"_s, workspace, u"--source"_s,
                                 m_server->url(u"/{ytid}.m4a"_s), u"--json"_s});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"ready"_s].toInt(), Clips);
        for (const QString &name : {u"processed"_s, u"downloaded"_s}) {
            QVERIFY(QFileInfo(workspace + u'/' + name).isSymLink());
            QCOMPARE(QDir(m_folder->filePath(u"scratch/"_s + name)).entryList(QDir::Files).size(), Clips);
        }
        QCOMPARE(runCli({u"verify"_s, workspace, u"--deep"_s, u"--repair"_s}).exitCode, 0);
    }

    void shardsAreDisjointAndComplete()
    {
        QStringList together;
        for (const QString &shard : {u"1/3"_s, u"2/3"_s, u"3/3"_s}) {
            const auto run = runCli({u"list"_s, m_split, u"--shard"_s, shard});
            QCOMPARE(run.exitCode, 0);
            for (const QByteArray &line : run.output.split('\n').mid(1)) {
                if (!line.isEmpty())
                    together.append(QString::fromLatin1(line));
            }
        }
        together.sort();
        QStringList all =
            QString::fromLatin1(runCli({u"list"_s, m_split}).output).trimmed().split(u'\n').mid(1);
        all.sort();
        QCOMPARE(together, all);
        QCOMPARE(runCli({u"list"_s, m_split, u"--shard"_s, u"4/3"_s}).exitCode, 2);
        const auto part = runCli({u"fetch"_s, m_split, u"--into"_s, m_folder->path(), u"--source"_s,
                                  m_server->url(u"/{ytid}.m4a"_s), u"--shard"_s, u"1/3"_s, u"--json"_s});
        QCOMPARE(part.exitCode, 0);
        QVERIFY(part.json()[u"ready"_s].toInt() < Clips);
    }

    void aReadOnlyFolderIsReadAndNotWritten()
    {
        const QString option = ::geteuid() == 0 ? u"-m"_s : u"-rm"_s;
        if (QProcess::execute(u"unshare"_s, {option, u"true"_s}) != 0)
            QSKIP("This machine gives no mount namespaces, so no folder can be read-only.");
        QCOMPARE(fetch().exitCode, 0);
        QProcess cli;
        cli.start(u"unshare"_s, {option, u"sh"_s, u"-c"_s,
                                 u"mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" || exit 9; "
                                 "\"$2\" status \"$1\" && \"$2\" verify \"$1\" --deep || exit 8; "
                                 "\"$2\" fetch \"$3\" --into \"$1\" --source \"$4\""_s,
                                 u"sh"_s, m_folder->path(), qEnvironmentVariable("EARMARK_CLI"), m_split,
                                 m_server->url(u"/{ytid}.m4a"_s)});
        QVERIFY(cli.waitForFinished(Patience));
        const QByteArray errors = cli.readAllStandardError();
        QVERIFY2(cli.exitCode() == 1, errors.constData());
        QVERIFY2(errors.contains("cannot be written to"), errors.constData());
        QVERIFY(cli.readAllStandardOutput().contains("6 ready"));
    }

    void aDiskWithoutLocksIsToldInOneSentence()
    {
        // The loader takes a blank for the end of a path, and a build's may have one.
        const QTemporaryDir place;
        const QString noLocks = place.filePath(u"nolocks.so"_s);
        QVERIFY(QFile::link(qEnvironmentVariable("EARMARK_NOLOCKS"), noLocks));
        QProcess cli;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"LD_PRELOAD"_s, noLocks);
        cli.setProcessEnvironment(environment);
        cli.start(qEnvironmentVariable("EARMARK_CLI"), {u"fetch"_s, m_split, u"--into"_s, m_folder->path(),
                                                        u"--source"_s, m_server->url(u"/{ytid}.m4a"_s)});
        QVERIFY(cli.waitForFinished(Patience));
        const QByteArray errors = cli.readAllStandardError();
        if (errors.contains("runtime does not come first"))
            QSKIP("A sanitizer wants to be loaded first.");
        QCOMPARE(cli.exitCode(), 1);
        QVERIFY2(errors.contains("does not keep locks"), errors.constData());
    }

private:
    QString wav(int number) const
    {
        return m_folder->filePath(u"processed/%1.wav"_s.arg(test::servedKey(number).stem()));
    }
    test::CliRun fetch()
    {
        return runCli({u"fetch"_s, m_split, u"--into"_s, m_folder->path(), u"--source"_s,
                       m_server->url(u"/{ytid}.m4a"_s), u"--json"_s});
    }

    QTemporaryDir m_media;
    QByteArray m_sound;
    QString m_split;
    std::unique_ptr<test::MediaServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCliWorkspace)
#include "tst_cliworkspace.moc"
