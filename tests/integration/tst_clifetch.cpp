#include "support/cliprocess.h"
#include "support/clips.h"
#include "support/mediaserver.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <csignal>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::Fault;
using test::runCli;

namespace {

constexpr int Patience = 60'000;

} // namespace

/// What fetch and export say before, while and after they work.
class TestCliFetch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_content = test::noiseM4a(); }
    void init()
    {
        m_server = std::make_unique<test::MediaServer>();
        m_folder = std::make_unique<QTemporaryDir>();
        QByteArray text;
        for (int number = 0; number < 4; ++number) {
            m_server->serve(test::servedPath(number), m_content);
            text += test::servedId(number).toLatin1() + ", 2.000, 5.000, \"/m/09x0r\"\n";
        }
        m_list = test::writeFile(m_folder->filePath(u"list.csv"_s), text);
    }
    void cleanup() { m_server->release(); }

    void aDryRunChangesNothing()
    {
        const QStringList dry = fetching({u"--dry-run"_s, u"--json"_s});
        QJsonObject plan = runCli(dry).json();
        QCOMPARE(plan[u"segments"_s].toInt(), 4);
        QCOMPARE(plan[u"to_download"_s].toInt(), 4);
        QCOMPARE(plan[u"per_hour"_s].toInt(-1), 0); // the limit is YouTube's
        // WAVs of three seconds each, and AAC of 128 kbit/s with a second more on each side.
        QCOMPARE(plan[u"bytes"_s].toInt(), 4 * (3 * 44'100 * 2 + 5 * 16'000));
        QVERIFY(plan[u"free_bytes"_s].toDouble() > 0);
        QVERIFY(!QFile::exists(workspace()));
        QCOMPARE(m_server->requests(test::servedPath(0)), 0);
        // YouTube's pace, and no yt-dlp is asked.
        const QStringList guest{u"fetch"_s,     m_list,        u"--into"_s,   workspace(),
                                u"--dry-run"_s, u"--yt-dlp"_s, u"/nowhere"_s, u"--json"_s};
        QCOMPARE(runCli(guest).json()[u"per_hour"_s].toInt(), 300);
        QCOMPARE(runCli(guest).json()[u"seconds"_s].toInt(), 48);

        m_server->setFault(test::servedPath(1), {Fault::Caller::Any, 404});
        const QStringList limited{u"--limit"_s, u"3"_s};
        QCOMPARE(runCli(fetching(limited)).exitCode, 3);
        const auto before = filesIn(workspace());
        const auto asked = [&](const QStringList &more) { return runCli(dry + more).json(); };
        plan = asked({});
        QCOMPARE(plan[u"to_download"_s].toInt(), 1);
        QCOMPARE(plan[u"ready"_s].toInt(), 2);
        QCOMPARE(plan[u"not_retried"_s].toInt(), 1);
        QCOMPARE(asked({u"--retry"_s, u"permanent"_s})[u"to_download"_s].toInt(), 2);
        QCOMPARE(asked({u"--sample-rate"_s, u"16000"_s})[u"to_convert_again"_s].toInt(), 2);
        QCOMPARE(asked({u"--where"_s, u"state:failed"_s})[u"segments"_s].toInt(), 1);
        const auto people = runCli(fetching({u"--dry-run"_s}));
        for (const char *line : {"4 segments found, 1 clip to download into ", "\n2 ready already\n",
                                 "\n1 failed and not retried; see --retry\n", "\nAbout "})
            QVERIFY2(people.output.contains(line), people.output.constData());
        QCOMPARE(filesIn(workspace()).keys(), before.keys());
        QVERIFY(filesIn(workspace()) == before);
    }

    void aDryRunIsTrue()
    {
        const int foretold = runCli(fetching({u"--dry-run"_s, u"--json"_s})).json()[u"to_download"_s].toInt();
        QCOMPARE(runCli(fetching({u"--json"_s})).json()[u"ready"_s].toInt(), foretold);
    }

    void aDryRunGoesBesideAFetch()
    {
        m_server->setFault(test::servedPath(0), {Fault::Caller::Ffmpeg, 0, 0});
        QProcess first;
        test::startCli(first, fetching({}));
        QTRY_VERIFY_WITH_TIMEOUT(m_server->requests(test::servedPath(0), Fault::Caller::Ffmpeg) > 0,
                                 Patience);
        const auto dry = runCli(fetching({u"--dry-run"_s, u"--json"_s}));
        QVERIFY2(dry.exitCode == 0, dry.errors.constData());
        QVERIFY(dry.json()[u"queued_before"_s].toInt() > 0);
        ::kill(static_cast<pid_t>(first.processId()), SIGTERM);
        QVERIFY(first.waitForFinished(Patience));
    }

    void writesTheManifest_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("file");
        QTest::newRow("in the workspace") << u"--manifest"_s << u"w/manifest.json"_s;
        QTest::newRow("elsewhere") << u"--manifest=OUT/all.json"_s << u"all.json"_s;
    }
    void writesTheManifest()
    {
        QFETCH(QString, option);
        QFETCH(QString, file);
        option.replace(u"OUT"_s, m_folder->path());
        file = m_folder->filePath(file);
        m_server->setFault(test::servedPath(1), {Fault::Caller::Any, 404});
        // The option stands before the list, which is not taken for its path.
        const auto run = runCli(
            {u"fetch"_s, option, m_list, u"--into"_s, workspace(), u"--source"_s, source(), u"--json"_s});
        QCOMPARE(run.exitCode, 3); // one failed; those that are there are in it
        QVERIFY2(run.errors.contains("3 clips written to " + file.toUtf8()), run.errors.constData());
        QCOMPARE(run.json()[u"manifest"_s].toString(), file);
        QCOMPARE(run.json()[u"written"_s].toInt(), 3);
        const QByteArray written = test::readFile(file);
        QCOMPARE(runCli({u"export"_s, workspace(), u"--out"_s, file}).exitCode, 0);
        QCOMPARE(written, test::readFile(file));
    }

    void writesNoManifestOfNothing()
    {
        for (int number = 0; number < 4; ++number)
            m_server->setFault(test::servedPath(number), {Fault::Caller::Any, 404});
        const auto run = runCli(fetching({u"--manifest"_s, u"--json"_s}));
        QCOMPARE(run.exitCode, 3);
        QCOMPARE(run.json()[u"error"_s][u"code"_s].toString(), u"manifest"_s);
        QVERIFY(!QFile::exists(workspace() + u"/manifest.json"_s));
    }

    void refusesAManifestBeforeItDownloads()
    {
        const auto run = runCli(fetching({u"--manifest="_s + m_list}));
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains("Choose another name"), run.errors.constData());
        const auto nowhere = runCli(fetching({u"--manifest=/nowhere/x.json"_s}));
        QCOMPARE(nowhere.exitCode, 1);
        QVERIFY2(nowhere.errors.contains("no folder /nowhere"), nowhere.errors.constData());
        QCOMPARE(m_server->requests(test::servedPath(0)), 0);
    }

    void anInterruptWritesNoManifest()
    {
        m_server->setFault(test::servedPath(3), {Fault::Caller::Ffmpeg, 0, 0});
        QProcess cli;
        test::startCli(cli, fetching({u"--manifest"_s}));
        QTRY_VERIFY_WITH_TIMEOUT(m_server->requests(test::servedPath(3), Fault::Caller::Ffmpeg) > 0,
                                 Patience);
        ::kill(static_cast<pid_t>(cli.processId()), SIGINT);
        QVERIFY(cli.waitForFinished(Patience));
        QCOMPARE(cli.exitCode(), 130);
        QVERIFY(!QFile::exists(workspace() + u"/manifest.json"_s));
    }

    void tellsProgressAsJson()
    {
        const auto run = runCli(fetching({u"--progress"_s, u"json"_s, u"--quiet"_s}));
        QCOMPARE(run.exitCode, 0);
        const QByteArrayList lines = run.errors.trimmed().split('\n');
        QVERIFY2(lines.size() >= 2, run.errors.constData());
        for (const QByteArray &line : lines) {
            const QJsonObject json = QJsonDocument::fromJson(line).object();
            for (const auto &key : {u"state"_s, u"total"_s, u"ready"_s, u"short"_s, u"failed"_s, u"queued"_s,
                                    u"running"_s, u"rate"_s, u"eta_seconds"_s})
                QVERIFY2(json.contains(key), line.constData());
            QCOMPARE(json[u"total"_s].toInt(), 4);
        }
        const QJsonObject last = QJsonDocument::fromJson(lines.back()).object();
        QCOMPARE(last[u"state"_s].toString(), u"done"_s);
        QCOMPARE(last[u"ready"_s].toInt(), 4);
        QCOMPARE(last[u"queued"_s].toInt(), 0);
    }

    void tellsAsMuchAsIsAskedFor()
    {
        m_server->setFault(test::servedPath(1), {Fault::Caller::Any, 404});
        const auto verbose = runCli(fetching({u"--verbose"_s}));
        QCOMPARE(verbose.exitCode, 3);
        for (const QString &line :
             {u"Y%1_2_5: ready"_s.arg(test::servedId(0)),
              u"Y%1_2_5: failed, permanent: "_s.arg(test::servedId(1)), u"--download-sections"_s})
            QVERIFY2(verbose.errors.contains(line.toUtf8()), verbose.errors.constData());
        const auto usual = runCli(fetching({u"--retry"_s, u"all"_s}));
        QVERIFY2(usual.errors.contains("4 segments found, 1 to download, 3 ready; yt-dlp "),
                 usual.errors.constData());
        QVERIFY(!usual.errors.contains("--download-sections"));
        QCOMPARE(runCli(fetching({u"--retry"_s, u"all"_s, u"--quiet"_s})).errors, QByteArray());
    }

    void aStopIsAnErrorInJson()
    {
        for (int number = 0; number < 4; ++number)
            m_server->setFault(test::servedPath(number), {Fault::Caller::Any, 429});
        const auto run = runCli(fetching({u"--json"_s, u"--quiet"_s}));
        QCOMPARE(run.exitCode, 4);
        QCOMPARE(run.json()[u"queued"_s].toInt(), 4);
        QCOMPARE(run.json()[u"error"_s][u"code"_s].toString(), u"rate-limit"_s);
        QVERIFY(!run.errors.isEmpty());
    }

    void aDryExportChangesNothing()
    {
        QCOMPARE(runCli(fetching({})).exitCode, 0);
        const QString out = m_folder->filePath(u"out"_s);
        const auto exporting = [&](const QStringList &more) {
            return QStringList{u"export"_s, workspace(), u"--out"_s, out, u"--dry-run"_s} + more;
        };
        const auto before = filesIn(m_folder->path());
        QJsonObject plan = runCli(exporting({u"--json"_s, u"--min-duration"_s, u"3"_s})).json();
        QCOMPARE(plan[u"written"_s].toInt(), 4);
        QCOMPARE(plan[u"replaced"_s].toArray().size(), 0);
        plan = runCli(exporting({u"--json"_s, u"--min-duration"_s, u"3.5"_s})).json();
        QCOMPARE(plan[u"written"_s].toInt(), 0);
        QCOMPARE(plan[u"skipped"_s][u"too short"_s].toInt(), 4);
        QVERIFY(filesIn(m_folder->path()) == before);

        // What is shown first is what is written then.
        const QStringList kaldi{u"--format"_s, u"kaldi"_s, u"--split"_s, u"50/50"_s};
        const QByteArray shown = runCli(exporting(kaldi)).output;
        QVERIFY2(shown.contains("4 clips to write to ") && shown.contains("First lines of train/wav.scp:\n"),
                 shown.constData());
        QVERIFY(!QFile::exists(out));
        QStringList real = exporting(kaldi);
        real.removeAll(u"--dry-run"_s);
        QCOMPARE(runCli(real).exitCode, 0);
        QVERIFY(shown.contains(test::readFile(out + u"/train/wav.scp"_s).trimmed()));
        const QByteArray again = runCli(exporting(kaldi)).output;
        QVERIFY2(again.contains("Would replace " + out.toUtf8() + "/train/wav.scp\n"), again.constData());

        // A folder that is not an export is refused as it would be.
        QVERIFY(QDir().mkpath(m_folder->filePath(u"mine"_s)));
        test::writeFile(m_folder->filePath(u"mine/notes.txt"_s), "mine");
        QCOMPARE(runCli(exporting(kaldi + QStringList{u"--out"_s, m_folder->filePath(u"mine"_s)})).exitCode,
                 2);
        const auto refused = runCli({u"export"_s, workspace(), u"--format"_s, u"kaldi"_s, u"--out"_s,
                                     m_folder->filePath(u"mine"_s), u"--dry-run"_s});
        QCOMPARE(refused.exitCode, 1);
    }

private:
    /// But for what every program that reads a ledger makes beside it.
    static QMap<QString, QByteArray> filesIn(const QString &folder)
    {
        QMap<QString, QByteArray> files = test::readFiles(folder);
        files.removeIf([](const auto &file) {
            return file.key().endsWith(u"-wal"_s) || file.key().endsWith(u"-shm"_s);
        });
        return files;
    }
    QString workspace() const { return m_folder->filePath(u"w"_s); }
    QString source() const { return m_server->url(u"/{ytid}.m4a"_s); }
    QStringList fetching(const QStringList &options) const
    {
        return QStringList{u"fetch"_s, m_list, u"--into"_s, workspace(), u"--source"_s, source()} + options;
    }

    QByteArray m_content;
    std::unique_ptr<test::MediaServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_list;
};

QTEST_GUILESS_MAIN(TestCliFetch)
#include "tst_clifetch.moc"
