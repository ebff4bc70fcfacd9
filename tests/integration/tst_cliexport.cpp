#include "classes/labelmap.h"
#include "support/cliprocess.h"
#include "support/consumers.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <array>

#include <sys/stat.h>
#include <unistd.h>

using namespace earmark;
using namespace earmark::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Patience = 60'000;
/// Ids that begin with what spreadsheets and shells take amiss, in no order.
constexpr std::array Ids{"zzzzzzzzzzz", "-0RWZT-miFs", "--PJHxphWEs",
                         "_id_with_un", "AAAAAAAAAAA", "AAAAAAAAAAA"};

} // namespace

/// Exports as their consumers read them, see support/consumers.py.
class TestCliExport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_clips = m_folder.filePath(u"clips"_s);
        auto workspace = workspace::Workspace::open(m_clips);
        VERIFY_OK(workspace);
        for (std::uint32_t position = 0; const char *id : Ids) {
            // The same video twice: 100 comes before 30 where names are sorted.
            const std::uint32_t start = position == 5 ? 100'000 : 30'000;
            const SegmentKey key{*YtId::parse(id), start, start + 1'500};
            const QByteArray labels = position % 2 == 0 ? "/m/09x0r,/t/dd00088" : "/m/04rlf";
            (*workspace)->enqueue({{key, position, labels}});
            QVERIFY(writePlainWav((*workspace)->layout().clip(key),
                                  std::vector<std::int16_t>(2'400 + position, 1'000), 1'600, 1));
            auto record = (*workspace)->record(key);
            record.progress.state = ClipState::Ready;
            record.audio.samples = 2'400 + position;
            record.audio.sampleRate = 1'600;
            (*workspace)->update(key, record);
            m_expected.append(QStringLiteral("%1 %2 %3")
                                  .arg(key.stem(), QString::fromLatin1(labels).replace(u',', u' '))
                                  .arg(2'400 + position));
            ++position;
        }
        VERIFY_OK((*workspace)->flush());
    }

    void consumersReadTheSameInEveryFormat_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"nemo", "csv", "tsv", "official", "speechbrain-csv", "speechbrain-json",
                                 "audiofolder", "audiofolder-csv", "kaldi", "webdataset", "croissant"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
    void consumersReadTheSameInEveryFormat()
    {
        QFETCH(QString, name);
        const QString out = exported(name, {});
        QStringList read = consumed(name, out);
        QStringList expected = m_expected;
        if (name == u"kaldi")
            expected.sort();
        if (name == u"official")
            expected.replaceInStrings(QRegularExpression(u" \\d+$"_s), u" "_s);
        QCOMPARE(read, expected);

        // Again, in the place of the former one: the same bytes, and nothing left beside it.
        const auto first = readFiles(out);
        QVERIFY(!first.isEmpty());
        exported(name, {});
        QCOMPARE(readFiles(out), first);
        QCOMPARE(QDir(QFileInfo(out).path()).entryList({u".*draft*"_s}, QDir::AllEntries | QDir::Hidden),
                 QStringList());
    }

    /// Their files and what they are for are in the description, see support/consumers.py.
    void croissantTellsOfParts_data()
    {
        QTest::addColumn<QString>("shares");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("the usual") << u"50/25/25"_s << QByteArray("cr:ValidationSplit");
        QTest::newRow("other names") << u"mine=50,yours=50"_s << QByteArray("mine/manifest.csv");
    }
    void croissantTellsOfParts()
    {
        QFETCH(QString, shares);
        QFETCH(QByteArray, said);
        const QString out = exported(u"croissant"_s, {u"--split"_s, shares, u"--clips"_s, u"link"_s});
        QStringList read = consumed(u"croissant"_s, out);
        QStringList expected = m_expected;
        read.sort();
        expected.sort();
        QCOMPARE(read, expected);
        QVERIFY(test::readFile(out + u"/croissant.json"_s).contains(said));
    }

    /// Reject rejects: such clips go in only when asked for, and every export says how many did not and why.
    void rejectedClipsAreLeftOutUnlessAsked_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("written");
        QTest::addColumn<QByteArrayList>("said");
        const QByteArrayList rejected{"earmark-cli: 2 clips left out: rejected.\n"};
        QTest::newRow("by default") << QStringList{} << 4 << rejected;
        QTest::newRow("not-rejected") << QStringList{u"--scope"_s, u"not-rejected"_s} << 4 << rejected;
        QTest::newRow("kept") << QStringList{u"--scope"_s, u"kept"_s} << 1
                              << QByteArrayList{rejected.front(),
                                                "earmark-cli: 3 clips left out: undecided.\n"};
        QTest::newRow("all") << QStringList{u"--scope"_s, u"all"_s} << 6 << QByteArrayList{};
        QTest::newRow("of a query") << QStringList{u"--where"_s, u"label:Music"_s} << 2
                                    << QByteArrayList{"earmark-cli: 1 clip left out: rejected.\n"};
        QTest::newRow("all of a query")
            << QStringList{u"--where"_s, u"label:Music"_s, u"--scope"_s, u"all"_s} << 3 << QByteArrayList{};
    }
    void rejectedClipsAreLeftOutUnlessAsked()
    {
        QFETCH(QStringList, options);
        QFETCH(int, written);
        QFETCH(QByteArrayList, said);
        const QTemporaryDir folder;
        {
            auto workspace = workspace::Workspace::open(folder.path());
            VERIFY_OK(workspace);
            for (std::uint32_t position = 0; position < 6; ++position) {
                const SegmentKey key{*YtId::parse(Ids[position]), 30'000 * (position + 1),
                                     30'000 * (position + 1) + 1'500};
                (*workspace)->enqueue({{key, position, position % 2 == 0 ? "/m/09x0r" : "/m/04rlf"}});
                QVERIFY(writePlainWav((*workspace)->layout().clip(key), std::vector<std::int16_t>(2'400),
                                      1'600, 1));
                auto record = (*workspace)->record(key);
                record.progress.state = ClipState::Ready;
                record.audio.samples = 2'400;
                record.audio.sampleRate = 1'600;
                (*workspace)->update(key, record);
                const Verdict verdict = position < 2    ? Verdict::Reject
                                        : position == 2 ? Verdict::Keep
                                                        : Verdict::Undecided;
                (*workspace)->judge({{key, {.verdict = verdict}}});
            }
            VERIFY_OK((*workspace)->flush());
        }
        const QString out = folder.filePath(u"out.json"_s);
        const QStringList command = QStringList{u"export"_s, folder.path(), u"--out"_s, out} + options;
        const auto people = runCli(command);
        QCOMPARE(people.exitCode, 0);
        QCOMPARE(readFile(out).count('\n'), written);
        for (const QByteArray &sentence : said)
            QVERIFY2(people.errors.contains(sentence), people.errors.constData());
        QCOMPARE(people.errors.count("left out"), said.size());
        const auto program = runCli(command + QStringList{u"--json"_s});
        QCOMPARE(program.json()[u"written"_s].toInt(), written);
        QCOMPARE(program.json()[u"skipped"_s].toObject().size(), said.size());
        QCOMPARE(program.json()[u"skipped"_s][u"rejected"_s].toInt(), said.isEmpty()                     ? 0
                                                                      : said.front().contains("2 clips") ? 2
                                                                                                         : 1);
    }

    /// Its reader takes an id to end at the first '_', and one clip of a video.
    void icefallReadsWhatItCan()
    {
        const QString out = exported(u"icefall"_s, {u"--where"_s, u"start:<100"_s});
        QStringList expected = m_expected;
        expected.removeLast();
        QCOMPARE(consumed(u"icefall"_s, out), expected);
    }

    void clipsGoAlong_data()
    {
        QTest::addColumn<QString>("how");
        QTest::newRow("copied") << u"copy"_s;
        QTest::newRow("linked") << u"link"_s;
    }
    void clipsGoAlong()
    {
        QFETCH(QString, how);
        const QString out = exported(u"croissant"_s, {u"--clips"_s, how, u"--without-y"_s});
        QStringList expected = m_expected;
        expected.replaceInStrings(QRegularExpression(u"^Y"_s), QString());
        QCOMPARE(consumed(u"croissant"_s, out), expected);
        struct stat status
        {
        };
        QCOMPARE(::stat(QFile::encodeName(out + u"/clips/zzzzzzzzzzz_30_31.5.wav"_s).constData(), &status),
                 0);
        QCOMPARE(status.st_nlink > 1, how == u"link");
    }

    void theCardNamesItsSources()
    {
        const QTemporaryDir folder;
        const QByteArray split = "zzzzzzzzzzz, 30.000, 31.500, \"/m/09x0r,/t/dd00088\"\n";
        const QString source = writeFile(folder.filePath(u"list.csv"_s), split);
        const QString out = folder.filePath(u"manifest.json"_s);
        const auto run = runCli({u"export"_s, m_clips, u"--out"_s, out, u"--where"_s, u"start:<100"_s,
                                 u"--card"_s, u"--source"_s, source});
        QCOMPARE(run.exitCode, 0);
        const auto card = QJsonDocument::fromJson(readFile(folder.filePath(u"coverage.json"_s))).object();
        QCOMPARE(card[u"query"_s].toString(), u"start:<100"_s);
        const auto named = card[u"sources"_s][0].toObject();
        QCOMPARE(named[u"name"_s].toString(), u"list.csv"_s);
        QCOMPARE(named[u"rows"_s].toInt(), 1);
        QCOMPARE(named[u"sha256"_s].toString().toLatin1(),
                 QCryptographicHash::hash(split, QCryptographicHash::Sha256).toHex());
    }

    void kaldiIsSortedAsSortSorts()
    {
        const QString out = exported(u"kaldi"_s, {});
        for (const char *name : {"wav.scp", "text", "utt2spk", "spk2utt"}) {
            QCOMPARE(QProcess::execute(u"env"_s, {u"LC_ALL=C"_s, u"sort"_s, u"-c"_s, u"-u"_s,
                                                  out + u'/' + QLatin1StringView(name)}),
                     0);
        }
    }

    void shardsKeepTheirSizeAndTarReadsThem()
    {
        constexpr qint64 most = 24'576;
        const QString out = exported(u"webdataset"_s, {u"--shard-size"_s, QString::number(most)});
        const QStringList shards = QDir(out).entryList({u"*.tar"_s});
        QVERIFY(shards.size() > 1);
        QCOMPARE(shards.front(), u"shard-000000.tar"_s);
        for (const QString &shard : shards) {
            QVERIFY(QFileInfo(out + u'/' + shard).size() <= most);
            QCOMPARE(
                QProcess::execute(u"tar"_s, {u"-xf"_s, out + u'/' + shard, u"--to-command=cat >/dev/null"_s}),
                0);
        }
        QCOMPARE(consumed(u"webdataset"_s, out), m_expected);
    }

    void indicesOfEitherLabelMap_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("index"); ///< of Gush
        const int ours = classes::LabelMap::builtIn().find("/t/dd00088")->index;
        const int yamNets = classes::LabelMap::yamNet().find("/t/dd00088")->index;
        QVERIFY(ours != yamNets);
        QTest::newRow("527") << QStringList{} << ours;
        QTest::newRow("521") << QStringList{u"--label-map"_s, u"521"_s} << yamNets;
    }
    void indicesOfEitherLabelMap()
    {
        QFETCH(QStringList, options);
        QFETCH(int, index);
        const QByteArray lines =
            test::readFile(exported(u"nemo"_s, QStringList{u"--labels"_s, u"index"_s} + options));
        QVERIFY2(lines.contains("\"labels\":[0," + QByteArray::number(index) + ']'), lines.constData());
    }

    void theReadmeShowsTheLoader()
    {
        const QByteArray loader = test::readFile(u"" EARMARK_SOURCE_DIR "/packaging/audioset_dataset.py"_s);
        QVERIFY(loader.count('\n') <= 22);
        QVERIFY(
            test::readFile(u"" EARMARK_SOURCE_DIR "/README.md"_s).contains("```python\n" + loader + "```\n"));
    }

    void torchLoadsTheManifest_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArrayList>("targets"); ///< of the first two clips
        const QByteArrayList speechAndGush{"[[0.0, 1.0, 1.0]]", "[[1.0, 0.0, 0.0]]"};
        QTest::newRow("ids") << QStringList{} << speechAndGush;
        QTest::newRow("names") << QStringList{u"--labels"_s, u"name"_s}
                               << QByteArrayList{"[[1.0, 0.0, 1.0]]", "[[0.0, 1.0, 0.0]]"};
        QTest::newRow("indices") << QStringList{u"--labels"_s, u"index"_s}
                                 << QByteArrayList{"[[1.0, 0.0, 1.0]]", "[[0.0, 1.0, 0.0]]"};
    }
    void torchLoadsTheManifest()
    {
        QFETCH(QStringList, options);
        QFETCH(QByteArrayList, targets);
        if (runPython({u"-c"_s, u"import torch"_s}).startsWith("failed"))
            QSKIP("PyTorch is not there for /usr/bin/python3.");
        const QString out = exported(u"nemo"_s, options);
        const QByteArray said =
            runPython({u"-c"_s,
                       u"import sys; sys.path.insert(0, sys.argv[1])\n"
                       "from audioset_dataset import AudioSetClips\n"
                       "from torch.utils.data import DataLoader\n"
                       "clips = AudioSetClips(sys.argv[2])\n"
                       "for sound, targets in DataLoader(clips):\n"
                       "    print(tuple(sound.shape), round(float(sound.max()), 4), targets.tolist())"_s,
                       u"" EARMARK_SOURCE_DIR "/packaging"_s, out});
        QCOMPARE(said.count('\n'), qsizetype(Ids.size()));
        QVERIFY2(said.startsWith("(1, 1, 2400) 0.0305 " + targets[0] + "\n(1, 1, 2401) 0.0305 " + targets[1] +
                                 '\n'),
                 said.constData());
    }

    /// Another reader of the clips, so that the sound is right and not only its size.
    void torchaudioHearsTheSame()
    {
        if (runPython({u"-c"_s, u"import torchaudio"_s}).startsWith("failed"))
            QSKIP("torchaudio is not there for /usr/bin/python3.");
        const QByteArray said =
            runPython({u"-c"_s,
                       u"import sys; sys.path.insert(0, sys.argv[1])\n"
                       "import torch, torchaudio\n"
                       "from audioset_dataset import AudioSetClips\n"
                       "clips = AudioSetClips(sys.argv[2])\n"
                       "for clip, (sound, targets) in zip(clips.clips, clips):\n"
                       "    heard, rate = torchaudio.load(str(clips.folder / clip['audio_filepath']))\n"
                       "    print(torch.equal(heard, sound), rate)"_s,
                       u"" EARMARK_SOURCE_DIR "/packaging"_s, exported(u"nemo"_s, {})});
        QCOMPARE(said, QByteArray("True 1600\n").repeated(qsizetype(Ids.size())));
    }

    void aFullDiskLeavesTheFormerFolder()
    {
        const QString option = ::geteuid() == 0 ? u"-m"_s : u"-rm"_s;
        if (QProcess::execute(u"unshare"_s, {option, u"true"_s}) != 0)
            QSKIP("This machine gives no mount namespaces, so no disk can be made full.");
        const QString disk = m_folder.filePath(u"tiny"_s);
        QVERIFY(QDir().mkpath(disk));
        for (const char *format : {"audiofolder", "webdataset"}) {
            QProcess cli;
            cli.start(
                u"unshare"_s,
                {option, u"sh"_s, u"-c"_s,
                 u"mount -t tmpfs -o size=64k tmpfs \"$1\" && \"$2\" export \"$3\" --format kaldi --out "
                 "\"$1/set\" && head -c 32768 /dev/zero >\"$1/filling\" && \"$2\" export \"$3\" --format "
                 "\"$4\" --out \"$1/set\"; code=$?; ls -A \"$1\" \"$1/set\"; exit $code"_s,
                 u"sh"_s, disk, qEnvironmentVariable("EARMARK_CLI"), m_clips, QString::fromLatin1(format)});
            QVERIFY(cli.waitForFinished(Patience));
            QCOMPARE(cli.exitCode(), 1);
            const QByteArray errors = cli.readAllStandardError();
            QVERIFY2(errors.contains("no room left"), errors.constData());
            const QByteArray output = cli.readAllStandardOutput();
            QVERIFY2(output.contains("filling\nset\n\n") && output.contains("text\nutt2spk\nwav.scp\n"),
                     output.constData());
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("said");
        const auto row = [](const char *name, const QString &options, int exitCode, const char *said) {
            QTest::newRow(name) << options.split(u' ') << exitCode << QByteArray(said);
        };
        row("no name", u"--format csv"_s, 2, "--out");
        row("a query that is wrong", u"--out x.json --where labl:Dog"_s, 2, "query");
        row("nothing fits", u"--out x.json --scope kept"_s, 1, "No clip of");
        row("a source that is not there", u"--out x.json --card --source nowhere.csv"_s, 1, "nowhere.csv");
        row("nothing of the query fits", u"--out x.json --scope kept --where label:Music"_s, 1,
            "3 clips left out: undecided.");
        row("a scope that is not known", u"--out x.json --scope ready"_s, 2, "ready");
        row("a column that is not known", u"--out x.json --column colour"_s, 2, "colour");
        row("several clips of a video for icefall", u"--format icefall --out x"_s, 1,
            "AAAAAAAAAAA has several");
        row("the workspace", u"--format kaldi --out "_s + m_clips, 1, "holds the workspace");
        row("somebody's folder", u"--format kaldi --out "_s + QDir(m_folder.path()).filePath(u"mine"_s), 1,
            "not written by an export");
    }
    void refuses()
    {
        QFETCH(QStringList, options);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, said);
        QVERIFY(QDir(m_folder.path()).mkpath(u"mine"_s));
        writeFile(m_folder.filePath(u"mine/notes.txt"_s), "mine");
        const auto run = runCli(QStringList{u"export"_s, m_clips} + options);
        QCOMPARE(run.exitCode, exitCode);
        QVERIFY2(run.errors.contains(said), run.errors.constData());
        QVERIFY(QFileInfo::exists(m_clips + u"/processed"_s));
    }

    void listsItsFormats()
    {
        const auto run = runCli({u"export"_s, u"--help"_s});
        QCOMPARE(run.exitCode, 0);
        for (const char *format : {"nemo", "kaldi", "webdataset", "croissant"})
            QVERIFY(run.output.contains(format));
    }

private:
    /// Where it was written to.
    QString exported(const QString &format, const QStringList &options)
    {
        const QString out =
            m_folder.filePath(u"out "_s + format + (format == u"nemo" ? u".json"_s : QString()));
        const auto run = runCli(
            QStringList{u"export"_s, m_clips, u"--format"_s, format, u"--out"_s, out, u"--json"_s} + options);
        if (run.exitCode != 0 || run.json()[u"out"_s].toString() != out)
            QTest::qFail(run.errors.constData(), __FILE__, __LINE__);
        return out;
    }
    QTemporaryDir m_folder;
    QString m_clips;
    QStringList m_expected; ///< a clip a line, as consumers.py prints them
};

QTEST_GUILESS_MAIN(TestCliExport)
#include "tst_cliexport.moc"
