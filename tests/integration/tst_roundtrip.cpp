#include "base/format.h"
#include "readers/segmentfile.h"
#include "support/cliprocess.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QTemporaryDir>

#include <array>

using namespace earmark;
using namespace Qt::StringLiterals;
using test::runCli;

namespace {

struct Sound
{
    const char *ytid;
    std::uint32_t startMs;
    std::uint32_t endMs;
    const char *labels;
    Judgement judgement;
};

/// Not in the order of their names; with labels that are no classes, and everything that can be said of a
/// clip.
const std::array Sounds{
    Sound{"zzzzzzzzzzz", 30'000, 31'500, "/m/09x0r,/t/dd00088", {.verdict = Verdict::Keep}},
    Sound{"-0RWZT-miFs", 0, 1'000, "/m/04rlf", {.verdict = Verdict::Reject, .note = u"a \"dog\", far; Ä"_s}},
    Sound{"--PJHxphWEs",
          23'700,
          24'900,
          "/m/0h2mp,/m/09x0r",
          {.verdict = Verdict::Keep, .doubted = "/m/0h2mp"}},
    Sound{"Yabcdefghij", 30'000, 31'000, "/t/dd00088,/m/09x0r", {.isFlagged = true}},
    Sound{"AAAAAAAAAAA", 30'000, 31'000, "/m/09x0r,/m/04rlf,/m/0h2mp", {.doubted = "/m/04rlf,/m/09x0r"}},
    Sound{"AAAAAAAAAAA", 100'000, 101'500, "/m/09x0r", {}},
};

SegmentKey keyOf(const Sound &sound)
{
    return {*YtId::parse(sound.ytid), sound.startMs, sound.endMs};
}

} // namespace

/// A manifest and its clips, opened in a folder where nothing is known of them, come to the same: export,
/// fetch, export.
class TestRoundTrip final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir().mkpath(m_folder.filePath(u"sounds"_s)));
        QByteArray split;
        for (int frequency = 300; const Sound &sound : Sounds) {
            const SegmentKey key = keyOf(sound);
            QVERIFY(test::writePlainWav(
                m_folder.filePath(u"sounds/"_s + key.stem() + u".wav"_s),
                test::noise(key.samples(16'000), 0.2, static_cast<unsigned>(frequency++)), 16'000, 1));
            split += QByteArray(sound.ytid) + ", " + secondsText(sound.startMs).toLatin1() + ", " +
                     secondsText(sound.endMs).toLatin1() + ", \"" + sound.labels + "\"\n";
        }
        m_split = test::writeFile(m_folder.filePath(u"split.csv"_s), split);
    }
    void init()
    {
        QDir(clips()).removeRecursively();
        QDir(m_folder.filePath(u"former"_s)).removeRecursively();
        QVERIFY(fetched(m_split));
        auto workspace = workspace::Workspace::open(clips());
        VERIFY_OK(workspace);
        for (const Sound &sound : Sounds)
            (*workspace)->judge({{keyOf(sound), sound.judgement}});
        VERIFY_OK((*workspace)->flush());
    }

    void theSameBytes_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("manifest"); ///< beside or in what was written
        const auto row = [](const char *name, const char *options, const char *manifest = "") {
            QTest::newRow(name) << QString::fromLatin1(options) << QString::fromLatin1(manifest);
        };
        row("as usual", "--format nemo");
        row("rejected clips, too", "--scope all");
        row("names", "--labels name");
        row("indices", "--labels index");
        row("indices, ids as a column", "--labels index --column mids");
        row("without doubted labels", "--drop-doubted");
        row("without them, as names", "--drop-doubted --labels name --column doubted");
        row("absolute paths", "--paths absolute");
        row("a prefix", "--prefix $root/");
        row("all that was said", "--scope all --column verdict,flagged,doubted,note,label_names");
        row("all columns",
            "--column ytid,start,end,label_names,mids,sampling_rate,verdict,flagged,doubted,note,"
            "sha256,peak,rms,loudness,silence,bandwidth,clipped");
        row("only what was kept", "--scope kept");
        row("not what was rejected", "--scope not-rejected --column note");
        row("with the clips", "--clips copy", "/manifest.json");
        row("with the clips, without Y", "--clips link --without-y --labels name", "/manifest.json");
        row("AudioFolder", "--format audiofolder --column verdict,doubted", "/metadata.jsonl");
        row("the official CSV", "--format official");
        row("CSV", "--format csv");
        row("CSV with all that was said", "--scope all --format csv --column verdict,flagged,doubted,note");
        row("TSV, names, doubted labels left out",
            "--format tsv --labels name --drop-doubted --column note,doubted");
        row("CSV, ids beside indices", "--format csv --labels index --column mids");
        row("CSV, ids beside names", "--format csv --labels name --column ytid,start,end");
        row("SpeechBrain's CSV", "--format speechbrain-csv --column verdict --paths relative");
        row("AudioFolder with a table", "--format audiofolder-csv --column verdict", "/metadata.csv");
        row("TSV, names", "--format tsv --labels name --column ytid,start,end");
        row("CSV as it is", "--format csv --raw --column ytid,start,end,label_names");
    }
    void theSameBytes()
    {
        QFETCH(QString, options);
        QFETCH(QString, manifest);
        const QStringList flags = options.split(u' ');
        const auto before = exported(flags);
        QVERIFY(!before.isEmpty());
        QVERIFY(QDir().rename(clips(), m_folder.filePath(u"former"_s)));
        const QString former = m_folder.filePath(u"former/out"_s) + manifest;
        QVERIFY(fetched(former));
        QCOMPARE(exported(flags), before);
    }

    void segmentsLabelsAndVerdicts()
    {
        exported({u"--scope"_s, u"all"_s, u"--column"_s, u"flagged,doubted,note"_s});
        const auto opened = readers::readSegments(clips() + u"/out"_s);
        VERIFY_OK(opened);
        QCOMPARE(opened->problemCount, 0);
        QCOMPARE(opened->table.size(), segments::Row(Sounds.size()));
        for (segments::Row row = 0; const Sound &sound : Sounds) {
            QCOMPARE(opened->table.key(row).stem(), keyOf(sound).stem());
            QCOMPARE(opened->table.midList(row), QByteArray(sound.labels));
            const auto said = opened->judgements.find(keyOf(sound));
            QCOMPARE(said == opened->judgements.end() ? Judgement() : said->second, sound.judgement);
            ++row;
        }
    }

    void whatWasDecidedHereStays()
    {
        exported({});
        {
            auto workspace = workspace::Workspace::open(clips());
            VERIFY_OK(workspace);
            (*workspace)->judge({{keyOf(Sounds[0]), {.verdict = Verdict::Reject}}});
            VERIFY_OK((*workspace)->flush());
        }
        const auto run = runCli(fetchOf(clips() + u"/out"_s));
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.errors.contains("What was decided here of 1 clip stays, though"),
                 run.errors.constData());
        auto workspace = workspace::Workspace::open(clips());
        VERIFY_OK(workspace);
        QCOMPARE((*workspace)->record(keyOf(Sounds[0])).judgement.verdict, Verdict::Reject);
    }

private:
    QString clips() const { return m_folder.filePath(u"clips"_s); }
    QStringList fetchOf(const QString &split) const
    {
        // Nobody listens there: nothing is to be fetched.
        return {u"fetch"_s,         split,
                u"--into"_s,        clips(),
                u"--source"_s,      u"http://127.0.0.1:9/{ytid}"_s,
                u"--sample-rate"_s, u"16000"_s,
                u"--json"_s};
    }
    /// Into a folder that has the sounds, but knows nothing of them.
    bool fetched(const QString &split)
    {
        QDir().mkpath(clips() + u"/processed"_s);
        for (const QString &name : QDir(m_folder.filePath(u"sounds"_s)).entryList(QDir::Files))
            QFile::copy(m_folder.filePath(u"sounds/"_s + name), clips() + u"/processed/"_s + name);
        const auto run = runCli(fetchOf(split));
        if (run.exitCode != 0)
            qWarning().noquote() << run.errors;
        return run.exitCode == 0;
    }
    QMap<QString, QByteArray> exported(const QStringList &flags)
    {
        const QString out = clips() + u"/out"_s;
        const auto run = runCli(QStringList{u"export"_s, clips(), u"--out"_s, out} + flags);
        if (run.exitCode != 0) {
            qWarning().noquote() << run.errors;
            return {};
        }
        return test::readFiles(out);
    }

    QTemporaryDir m_folder;
    QString m_split;
};

QTEST_GUILESS_MAIN(TestRoundTrip)
#include "tst_roundtrip.moc"
