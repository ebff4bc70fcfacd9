#include "base/ownfiles.h"
#include "support/cliprocess.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>

#include <unistd.h>

using namespace earmark;
using namespace earmark::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 60'000;
constexpr int MostSteps = 300; ///< more changes of names than any export here makes
constexpr int FewSteps = 32;   ///< as many as an export of few files makes
using Files = QMap<QString, QByteArray>;

QStringList entriesOf(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

/// All files below a folder, hidden ones too.
Files filesIn(const QString &folder)
{
    Files files;
    QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString path = all.next();
        if (path.endsWith(u"-wal"_s) || path.endsWith(u"-shm"_s)) // made by whoever reads a ledger
            continue;
        files.insert(path.mid(folder.size() + 1), readFile(path));
    }
    return files;
}

} // namespace

/// Exports among files that are the user's.
class TestCliExportSafety final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto workspace = workspace::Workspace::open(clips());
        VERIFY_OK(workspace);
        for (std::uint32_t position = 0; position < 3; ++position) {
            const SegmentKey key = keyOf(position);
            (*workspace)->enqueue({{key, position, "/m/09x0r"}});
            QVERIFY(writePlainWav((*workspace)->layout().clip(key), std::vector<std::int16_t>(2'400, 100),
                                  1'600, 1));
            auto record = (*workspace)->record(key);
            record.progress.state = ClipState::Ready;
            record.audio.samples = 2'400;
            record.audio.sampleRate = 1'600;
            record.audio.sha256 = *sha256Of((*workspace)->layout().clip(key));
            (*workspace)->update(key, record);
        }
        VERIFY_OK((*workspace)->flush());
    }

    void killedAtEachStepNothingIsLost_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<bool>("hasExchange");
        QTest::newRow("exchange") << u"audiofolder"_s << true;
        QTest::newRow("no exchange") << u"kaldi"_s << false;
    }
    /// Before each change of a name on the disk once; then once more without.
    void killedAtEachStepNothingIsLost()
    {
        QFETCH(QString, format);
        QFETCH(bool, hasExchange);
        const QString place = file(u"place"_s);
        const QString out = place + u"/out"_s;
        QVERIFY(QDir().mkpath(place));
        const auto command = [&](bool isFirst) {
            return QStringList{u"export"_s,  clips(),  u"--format"_s, format,
                               u"--out"_s,   out,      u"--labels"_s, isFirst ? u"id"_s : u"name"_s,
                               u"--clips"_s, u"link"_s};
        };
        std::array<Files, 2> wholes;
        for (const bool isFirst : {false, true}) {
            QCOMPARE(runCli(command(isFirst)).exitCode, 0);
            wholes[isFirst] = filesIn(out);
            wholes[isFirst].remove(u".earmark-export"_s);
        }
        QVERIFY(wholes[0] != wholes[1]);
        const Files own{{u"README.md"_s, "mine"}, {u".git/HEAD"_s, "ref"}, {u"clips.txt"_s, "mine"}};
        for (auto each = own.cbegin(); each != own.cend(); ++each) {
            QVERIFY(QDir().mkpath(QFileInfo(out + u'/' + each.key()).path()));
            writeFile(out + u'/' + each.key(), *each);
        }
        const auto isWhole = [&](const QString &folder) {
            Files content = filesIn(folder);
            content.remove(u".earmark-export"_s);
            for (auto each = own.cbegin(); each != own.cend(); ++each)
                content.remove(each.key());
            return content == wholes[0] || content == wholes[1];
        };
        bool wasFirst = true;
        int step = 1;
        for (bool isKilled = true; isKilled; ++step) {
            QVERIFY(step < MostSteps);
            isKilled = endsEarly(command(!wasFirst), place, u"EARMARK_KILL_AT"_s, step, hasExchange);
            const QStringList boxes =
                QDir(place).entryList({u".earmark-draft-??????"_s}, QDir::Dirs | QDir::Hidden);
            // The export is whole where it belongs, or where the next one finds it.
            const bool isThere = QFileInfo::exists(out);
            QVERIFY2(isThere ? isWhole(out)
                             : boxes.size() == 1 && isWhole(place + u'/' + boxes[0] + u"/old"_s),
                     qPrintable(QString::number(step)));
            const Files all = filesIn(place);
            for (auto each = own.cbegin(); each != own.cend(); ++each) {
                const qint64 copies = std::ranges::count_if(all.keys(), [&](const QString &name) {
                    return name.endsWith(u'/' + each.key()) && all[name] == *each;
                });
                QVERIFY2(copies == 1, qPrintable(u"%1 at step %2"_s.arg(each.key()).arg(step)));
            }
            QCOMPARE(runCli(command(!wasFirst)).exitCode, 0);
            wasFirst = !wasFirst;
            Files expected = wholes[wasFirst];
            expected.insert(own);
            Files content = filesIn(out);
            content.remove(u".earmark-export"_s);
            QCOMPARE(content, expected);
            QVERIFY2(entriesOf(place) == QStringList{u"out"_s},
                     qPrintable(u"step %1: %2"_s.arg(step).arg(filesIn(place).keys().join(u' '))));
        }
        qInfo("%d steps", step);
        QVERIFY(step > 20); // or the library that ends it was not there
    }

    /// A change of a name that fails is told, and the export stays as it was.
    void aStepThatFailsPutsTheFormerBack()
    {
        const QString place = file(u"place"_s);
        const QString out = place + u"/out"_s;
        QVERIFY(QDir().mkpath(place));
        const QStringList command{u"export"_s, clips(), u"--format"_s, u"kaldi"_s, u"--out"_s, out};
        QCOMPARE(runCli(command).exitCode, 0);
        writeFile(out + u"/README.md"_s, "mine");
        const Files whole = filesIn(out);
        int failures = 0;
        for (int step = 1; step <= FewSteps; ++step) {
            const QProcessEnvironment environment = steps(place, u"EARMARK_FAIL_AT"_s, step, false);
            QProcess cli;
            cli.setProcessEnvironment(environment);
            cli.start(qEnvironmentVariable("EARMARK_CLI"), command);
            QVERIFY(cli.waitForFinished(Patience));
            QCOMPARE(cli.exitStatus(), QProcess::NormalExit);
            QVERIFY2(QFileInfo::exists(out + u"/wav.scp"_s), qPrintable(QString::number(step)));
            Files now = filesIn(place);
            QCOMPARE(now.values().count("mine"), 1);
            failures += cli.exitCode() == 0 ? 0 : 1;
            QCOMPARE(runCli(command).exitCode, 0);
            now = filesIn(out);
            QCOMPARE(now.keys(), whole.keys());
            QVERIFY2(entriesOf(place) == QStringList{u"out"_s},
                     qPrintable(u"step %1: %2"_s.arg(step).arg(filesIn(place).keys().join(u' '))));
        }
        QVERIFY(failures > 5);
    }

    void anEditedCardIsKeptBesideTheNewOne()
    {
        const QString out = file(u"set/manifest.json"_s);
        QVERIFY(QDir().mkpath(file(u"set"_s)));
        const QStringList command{u"export"_s, clips(),      u"--out"_s, out,
                                  u"--card"_s, u"--split"_s, u"50/50"_s};
        const QStringList single{u"export"_s, clips(),       u"--out"_s, out,
                                 u"--card"_s, u"--frozen"_s, u"--json"_s};
        writeFile(file(u"set/coverage.json"_s), "mine, from before");
        auto run = runCli(single);
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[u"kept"_s].toArray(), QJsonArray{u"coverage.json.1"_s});
        QCOMPARE(readFile(file(u"set/coverage.json.1"_s)), QByteArray("mine, from before"));
        // Exporting again keeps nothing.
        run = runCli(single);
        QCOMPARE(run.json()[u"kept"_s].toArray(), QJsonArray());
        const QStringList before = entriesOf(file(u"set"_s));
        for (const QString &name : {u"dataset_card.md"_s, u"checksums.sha256"_s}) {
            for (int number = 1; number <= 2; ++number) {
                const QByteArray mine = "edited " + QByteArray::number(number);
                writeFile(file(u"set/"_s + name), mine);
                run = runCli({u"export"_s, clips(), u"--out"_s, out, u"--card"_s, u"--frozen"_s});
                QCOMPARE(run.exitCode, 0);
                const QString kept = u"%1.%2"_s.arg(name).arg(number);
                QVERIFY2(run.errors.contains("Kept 1 other file: " + kept.toUtf8() + '.'),
                         run.errors.constData());
                QCOMPARE(readFile(file(u"set/"_s + kept)), mine);
                QVERIFY(readFile(file(u"set/"_s + name)) != mine);
            }
        }
        QCOMPARE(entriesOf(file(u"set"_s)).size(), before.size() + 4);
    }

    void killedAtEachStepACardIsNotLost()
    {
        const QString place = file(u"set"_s);
        QVERIFY(QDir().mkpath(place));
        const QStringList command{u"export"_s, clips(), u"--out"_s, place + u"/manifest.json"_s, u"--card"_s};
        QCOMPARE(runCli(command).exitCode, 0);
        int step = 1;
        for (bool isKilled = true; isKilled; ++step) {
            QVERIFY(step < MostSteps);
            const QByteArray mine = "edited before step " + QByteArray::number(step);
            writeFile(place + u"/dataset_card.md"_s, mine);
            isKilled = endsEarly(command, place, u"EARMARK_KILL_AT"_s, step, true);
            QVERIFY2(filesIn(place).values().contains(mine), mine.constData());
            QCOMPARE(runCli(command).exitCode, 0);
            QVERIFY(filesIn(place).values().contains(mine));
            QVERIFY(readFile(place + u"/dataset_card.md"_s).startsWith("---"));
            // Each name that is taken would be one step more.
            for (const QString &kept : QDir(place).entryList({u"dataset_card.md.*"_s}))
                QVERIFY(removeFile(place + u'/' + kept));
        }
        QVERIFY(step > 5);
    }

    void theLedgerAndTheClipsAreNoTarget_data()
    {
        QTest::addColumn<QString>("out"); ///< from the test's folder on
        for (const char *out :
             {"clips/earmark.sqlite", "clips/earmark.sqlite.backup", "clips/earmark.sqlite-wal",
              "clips/earmark.sqlite-shm", "clips/.earmark.lock", "clips/.earmark.tmp/x.json",
              "clips/processed/x.json", "clips/downloaded/x.json", "clips/logs/x.json",
              "clips/processed/new/x.json", "list.csv", "link.json", "hard.json", "folder/earmark.sqlite",
              "list-link.csv", "list-hard.csv", "clips/../clips/earmark.sqlite", "scratch/x.json"})
            QTest::newRow(out) << QString::fromLatin1(out);
    }
    void theLedgerAndTheClipsAreNoTarget()
    {
        QFETCH(QString, out);
        const QString list = writeFile(file(u"list.csv"_s), "clip1000000, 0.000, 1.500, \"/m/09x0r\"\n");
        QVERIFY(QFile::link(clips() + u"/earmark.sqlite"_s, file(u"link.json"_s)));
        QVERIFY(hardLink(clips() + u"/earmark.sqlite"_s, file(u"hard.json"_s)));
        QVERIFY(QFile::link(clips(), file(u"folder"_s)));
        QVERIFY(QFile::link(list, file(u"list-link.csv"_s)));
        QVERIFY(hardLink(list, file(u"list-hard.csv"_s)));
        QVERIFY(QDir().mkpath(clips() + u"/processed/new"_s));
        QVERIFY(QDir().rename(clips() + u"/logs"_s, file(u"scratch"_s)) || QDir().mkpath(file(u"scratch"_s)));
        QVERIFY(QFile::link(file(u"scratch"_s), clips() + u"/logs"_s));
        const Files before = filesIn(m_folder->path());
        for (const QStringList &options : {QStringList{}, QStringList{u"--format"_s, u"kaldi"_s}}) {
            const auto run = runCli(
                QStringList{u"export"_s, clips(), u"--out"_s, file(out), u"--card"_s, u"--source"_s, list} +
                options);
            QCOMPARE(run.exitCode, 1);
            QVERIFY2(run.errors.contains("so nothing was written there. Choose another name."),
                     run.errors.constData());
        }
        QVERIFY(filesIn(m_folder->path()) == before);
    }

    /// The same of the lists of what is missing.
    void reportsAreWrittenElsewhere_data()
    {
        QTest::addColumn<QString>("option");
        QTest::newRow("coverage") << u"--out"_s;
        QTest::newRow("missing") << u"--missing"_s;
    }
    void reportsAreWrittenElsewhere()
    {
        QFETCH(QString, option);
        const Files before = filesIn(clips());
        const auto run = runCli({u"coverage"_s, clips(), option, clips() + u"/earmark.sqlite"_s});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.errors.contains("Choose another name."), run.errors.constData());
        QVERIFY(filesIn(clips()) == before);
    }

    void clipsThatDifferAreNamed()
    {
        const workspace::Layout layout(clips());
        QVERIFY(removeFile(layout.clip(keyOf(0))));
        QVERIFY(QFile(layout.clip(keyOf(1))).resize(1'000));
        const auto run = runCli({u"export"_s, clips(), u"--out"_s, file(u"x.json"_s), u"--json"_s});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.errors.contains("Missing: Yclip1000000_0_1.5.wav."), run.errors.constData());
        QVERIFY2(run.errors.contains("Damaged: Yclip1000001_0_1.5.wav."), run.errors.constData());
        const QJsonArray expected{
            QJsonObject{{u"clip"_s, u"Yclip1000000_0_1.5"_s}, {u"reason"_s, u"missing"_s}},
            QJsonObject{{u"clip"_s, u"Yclip1000001_0_1.5"_s}, {u"reason"_s, u"damaged"_s}}};
        QCOMPARE(run.json()[u"unfit"_s].toArray(), expected);
        QCOMPARE(run.json()[u"written"_s].toInt(), 1);
    }

private:
    static SegmentKey keyOf(std::uint32_t number)
    {
        return {*YtId::parse("clip" + std::to_string(1'000'000 + number)), 0, 1'500};
    }
    static bool hardLink(const QString &from, const QString &to)
    {
        return ::link(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
    }
    QString file(const QString &name) const { return m_folder->filePath(name); }
    QString clips() const { return file(u"clips"_s); }

    /// Of a program that loads support/stepkiller.cpp.
    QProcessEnvironment steps(const QString &below, const QString &what, int step, bool hasExchange) const
    {
        // The loader takes a blank for the end of a path, and a build's may have one.
        const QString library = file(u"stepkiller.so"_s);
        QFile::link(qEnvironmentVariable("EARMARK_STEPKILLER"), library);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"LD_PRELOAD"_s, library);
        environment.insert(u"ASAN_OPTIONS"_s,
                           environment.value(u"ASAN_OPTIONS"_s) + u":verify_asan_link_order=0"_s);
        environment.insert(u"EARMARK_KILL_BELOW"_s, below);
        environment.insert(what, QString::number(step));
        if (!hasExchange)
            environment.insert(u"EARMARK_NO_EXCHANGE"_s, u"1"_s);
        return environment;
    }
    /// False when it came to its end before that step.
    bool endsEarly(const QStringList &command, const QString &below, const QString &what, int step,
                   bool hasExchange) const
    {
        QProcess cli;
        cli.setProcessEnvironment(steps(below, what, step, hasExchange));
        cli.start(qEnvironmentVariable("EARMARK_CLI"), command);
        if (!cli.waitForFinished(Patience))
            qFatal("It does not end");
        return cli.exitStatus() == QProcess::CrashExit;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCliExportSafety)
#include "tst_cliexportsafety.moc"
