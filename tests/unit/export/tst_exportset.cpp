#include "base/ownfiles.h"
#include "export/exportjob.h"
#include "readers/manifestreader.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::exports;
using namespace Qt::StringLiterals;
using Skipped = std::map<QString, qint64>;

namespace {

SegmentKey keyOf(std::string_view id)
{
    return {*YtId::parse(id), 30'000, 40'000};
}

struct GivenClip
{
    const char *id;
    const char *labels;
    ClipState state = ClipState::Ready;
    qint64 samples = 10'000; ///< at 1,000 Hz
    Judgement judgement = {};
    bool hasFile = true;
};

/// A choice as a test names it.
struct Choice
{
    ExportOptions options;
    QString written; ///< beginnings of the ids
    Skipped skipped;
};

} // namespace
Q_DECLARE_METATYPE(Choice)

/// Which clips go in, why others do not, and what is said of those that do.
class TestExportSet final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const std::vector<GivenClip> clips{
            {"dddddddddd0",
             "/m/0bt9lr,/m/0jbk",
             ClipState::Ready,
             10'000,
             {Verdict::Keep, false, "/m/0jbk", u"=good, “é”"_s}},
            {"cccccccccc0", "/m/01yrx", ClipState::Short, 4'000, {Verdict::Reject}},
            {"-bbbbbbbbb0", "/m/09x0r"},
            {"aaaaaaaaaa0", "/m/09x0r", ClipState::Ready, 10'000, {Verdict::Undecided, true, "/m/09x0r", {}}},
            {"failed00000", "/m/09x0r", ClipState::Failed, 0},
            {"queued00000", "/m/09x0r", ClipState::Queued, 0},
            {"gone0000000", "/m/09x0r", ClipState::Ready, 10'000, {}, false},
            {"other000000", "texts; with anything"},
        };
        auto workspace = workspace::Workspace::open(m_folder.path());
        VERIFY_OK(workspace);
        for (std::uint32_t position = 0; const GivenClip &clip : clips) {
            const SegmentKey key = keyOf(clip.id);
            (*workspace)->enqueue({{key, position++, clip.labels}});
            auto record = (*workspace)->record(key);
            record.progress.state = clip.state;
            record.progress.failure =
                clip.state == ClipState::Failed ? FailureClass::Permanent : FailureClass::None;
            record.audio.samples = clip.samples;
            record.audio.sampleRate = clip.samples > 0 ? 1'000 : 0;
            record.audio.sha256 = QByteArray(32, '\x1f');
            const QString path = (*workspace)->layout().clip(key);
            if (clip.samples > 0 && clip.hasFile) {
                QVERIFY(test::writePlainWav(
                    path, std::vector<std::int16_t>(static_cast<std::size_t>(clip.samples)), 1'000, 1));
                record.audio.sha256 = *sha256Of(path);
            }
            record.audio.measures = {
                .peak = -12'34, .loudness = -23'00, .silence = 0x7FFF, .bandwidth = 1'000};
            (*workspace)->update(key, record);
            (*workspace)->judge({{key, clip.judgement}});
        }
        VERIFY_OK((*workspace)->flush());
        auto read = ClipTable::read(m_folder.path());
        VERIFY_OK(read);
        m_clips = std::make_unique<ClipTable>(std::move(*read));
    }

    void chooses_data()
    {
        QTest::addColumn<Choice>("choice");
        const auto row = [](const char *name, ExportOptions options, const char *written, Skipped skipped) {
            QTest::newRow(name) << Choice{std::move(options), QString::fromLatin1(written),
                                          std::move(skipped)};
        };
        const Skipped unfinished{{u"failed"_s, 1}, {u"queued"_s, 1}, {u"missing"_s, 1}};
        const auto with = [unfinished](const char *reason, qint64 count) {
            Skipped more = unfinished;
            more[QString::fromLatin1(reason)] = count;
            return more;
        };
        row("all but the rejected, unless asked", {}, "d-ao", with("rejected", 1));
        row("all that can be played", {.scope = ExportScope::All}, "dc-ao", unfinished);
        Skipped kept{{u"failed"_s, 1}, {u"queued"_s, 1}, {u"rejected"_s, 1}, {u"undecided"_s, 4}};
        row("the kept", {.scope = ExportScope::Kept}, "d", kept);
        row("a query", {.query = u"label:Speech -is:flagged"_s}, "-", unfinished);
        row("a query on measures", {.query = u"verdict:keep peak:<-12"_s}, "d", {});
        row("a query for rejected clips, which the scope leaves out", {.query = u"verdict:reject"_s}, "",
            {{u"rejected"_s, 1}});
        row("a query for rejected clips, with all", {.scope = ExportScope::All, .query = u"verdict:reject"_s},
            "c", {});
        row("all that sound as one before them in the split",
            {.scope = ExportScope::All, .query = u"is:duplicate"_s}, "-ao", {});
        const QSet<SegmentKey> selection{keyOf("-bbbbbbbbb0"), keyOf("cccccccccc0"), keyOf("failed00000"),
                                         keyOf("nobodyknows"), keyOf("absent00000")};
        row("a selection", {.keys = selection}, "-",
            {{u"failed"_s, 1}, {u"rejected"_s, 1}, {u"not queued"_s, 2}});
        row("a selection of the kept", {.scope = ExportScope::Kept, .keys = selection}, "",
            {{u"failed"_s, 1}, {u"rejected"_s, 1}, {u"undecided"_s, 1}, {u"not queued"_s, 2}});
        row("an empty selection", {.keys = QSet<SegmentKey>()}, "", {});
        row("a selection that matches a query", {.query = u"label:Cat"_s, .keys = selection}, "",
            {{u"rejected"_s, 1}});
        row("long ones", {.scope = ExportScope::All, .shortest = 4.5}, "d-ao", with("too short", 1));
        row("no doubted labels", {.scope = ExportScope::All, .withDoubted = false}, "dc-o",
            with("all labels doubted", 1));
    }
    void chooses()
    {
        QFETCH(Choice, choice);
        const auto set = chooseClips(*m_clips, choice.options);
        VERIFY_OK(set);
        QString written;
        for (const ExportItem &item : set->items)
            written += QChar::fromLatin1(m_clips->segments().key(item.row).ytid.view().front());
        QCOMPARE(written, choice.written);
        QCOMPARE(set->skipped, choice.skipped);
        // Each of them is named.
        Skipped named;
        for (const LeftOut &each : set->leftOut)
            ++named[each.why];
        for ([[maybe_unused]] const SegmentKey &key : set->notQueued)
            ++named[u"not queued"_s];
        QCOMPARE(named, set->skipped);
    }

    /// coverage.json has a reason for every segment that was asked for and is not in the manifest.
    void whyEachIsMissing()
    {
        const QString out = m_folder.filePath(u"card/manifest.json"_s);
        QVERIFY(QDir().mkpath(QFileInfo(out).path()));
        QSet<SegmentKey> asked{keyOf("nobodyknows")};
        for (segments::Row row = 0; row < m_clips->size(); ++row)
            asked.insert(m_clips->segments().key(row));
        ExportJob job{.options = {.out = out, .scope = ExportScope::All, .keys = asked}};
        job.options.withDoubted = false;
        job.options.shortest = 4.5;
        job.hasCard = true;
        const auto report = runExport(m_folder.path(), job);
        VERIFY_OK(report);
        const QJsonObject told =
            QJsonDocument::fromJson(test::readFile(m_folder.filePath(u"card/coverage.json"_s))).object();
        QStringList why;
        for (const QJsonValue &each : told[u"missing_clips"_s].toArray())
            why.append(each[u"ytid"_s].toString() + u' ' + each[u"which"_s].toString() + u' ' +
                       each[u"reason"_s].toString());
        const QStringList expected{u"cccccccccc0 too short "_s, u"aaaaaaaaaa0 all labels doubted "_s,
                                   u"failed00000 permanent "_s, u"queued00000 queued "_s,
                                   u"gone0000000 missing "_s,   u"nobodyknows not queued "_s};
        QCOMPARE(why, expected);
        QCOMPARE(report->written + why.size(), asked.size());
        qint64 counted = 0;
        const QJsonObject counts = told[u"left_out"_s].toObject();
        for (const QJsonValue &count : counts)
            counted += count.toInteger();
        QCOMPARE(counted, why.size());
    }

    void firstLine_data()
    {
        QTest::addColumn<ExportOptions>("options");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("without doubted labels")
            << ExportOptions{.withDoubted = false}
            << QByteArray(
                   R"({"audio_filepath":"processed/Ydddddddddd0_30_40.wav","duration":10.0,"labels":["/m/0bt9lr"],"label":"/m/0bt9lr","offset":0.0,"verdict":"keep"})");
        QTest::newRow("names")
            << ExportOptions{.labels = LabelKind::Names}
            << QByteArray(
                   R"({"audio_filepath":"processed/Ydddddddddd0_30_40.wav","duration":10.0,"labels":["Dog","Animal"],"label":"Dog|Animal","mids":["/m/0bt9lr","/m/0jbk"],"offset":0.0,"verdict":"keep"})");
        ExportOptions indices{.scope = ExportScope::Kept, .labels = LabelKind::Indices};
        QTest::newRow("indices")
            << indices
            << QByteArray(
                   R"({"audio_filepath":"processed/Ydddddddddd0_30_40.wav","duration":10.0,"labels":[74,72],"label":"74|72","mids":["/m/0bt9lr","/m/0jbk"],"offset":0.0,"verdict":"keep"})");
        QTest::newRow("all columns, a prefix")
            << ExportOptions{.columns = {ExportColumn::Ytid, ExportColumn::End, ExportColumn::Start,
                                         ExportColumn::SamplingRate, ExportColumn::Verdict,
                                         ExportColumn::Doubted, ExportColumn::Note, ExportColumn::Flagged,
                                         ExportColumn::Peak, ExportColumn::Loudness, ExportColumn::Silence,
                                         ExportColumn::Bandwidth},
                             .paths = PathStyle::Prefixed,
                             .prefix = u"/data/é/"_s}
            << QByteArray(
                   R"({"audio_filepath":"/data/\u00e9/Ydddddddddd0_30_40.wav","duration":10.0,"labels":["/m/0bt9lr","/m/0jbk"],"label":"/m/0bt9lr|/m/0jbk","offset":0.0,"ytid":"dddddddddd0","start":30.0,"end":40.0,"sampling_rate":1000,"verdict":"keep","flagged":0,"doubted":["/m/0jbk"],"note":"=good, \u201c\u00e9\u201d","peak":-12.34,"loudness":-23.0,"silence":0.5,"bandwidth":4000.0})");
        QTest::newRow("CSV against formulas")
            << ExportOptions{.format = exportFormat(u"csv"),
                             .columns = {ExportColumn::Note, ExportColumn::Peak}}
            << QByteArray("processed/Ydddddddddd0_30_40.wav,10.0,/m/0bt9lr|/m/0jbk,|,\"'=good, “é”\",-12.34");
        QTest::newRow("TSV as it is")
            << ExportOptions{.format = exportFormat(u"tsv"),
                             .columns = {ExportColumn::Note},
                             .escapesFormulas = false}
            << QByteArray("processed/Ydddddddddd0_30_40.wav\t10.0\t/m/0bt9lr|/m/0jbk\t|\t=good, “é”");
        QTest::newRow("official") << ExportOptions{.format = exportFormat(u"official")}
                                  << QByteArray("dddddddddd0, 30.000, 40.000, \"/m/0bt9lr,/m/0jbk\"");
        QTest::newRow("a shard's")
            << ExportOptions{.format = exportFormat(u"webdataset")}
            << QByteArray(
                   R"({"duration":10.0,"labels":["/m/0bt9lr","/m/0jbk"],"label":"/m/0bt9lr|/m/0jbk"})");
    }
    void firstLine()
    {
        QFETCH(ExportOptions, options);
        QFETCH(QByteArray, line);
        options.out = m_folder.filePath(u"manifest.json"_s);
        const auto set = chooseClips(*m_clips, options);
        VERIFY_OK(set);
        const auto preview = previewExport(*m_clips, *set, options, 1);
        VERIFY_OK(preview);
        QCOMPARE(preview->text.trimmed().split('\n').back(), line);
        QCOMPARE(preview->clips, std::ssize(set->items));
    }

    void previewWarns()
    {
        ExportOptions options{.out = m_folder.filePath(u"x.json"_s), .scope = ExportScope::Kept};
        auto set = chooseClips(*m_clips, options);
        VERIFY_OK(set);
        auto preview = previewExport(*m_clips, *set, options, 10);
        VERIFY_OK(preview);
        QVERIFY(preview->warnings.contains(u"525 of the 527 classes have no clip here."_s));
        QVERIFY(preview->warnings.contains(u"1 clip left out: rejected."_s));
        // The command line prints these sentences, the result carries them.
        options.scope = ExportScope::All;
        options.out = m_folder.filePath(u"warned.json"_s);
        const auto report = runExport(m_folder.path(), {.options = options});
        VERIFY_OK(report);
        QVERIFY2(report->warnings.filter(u"labels are joined by “|” instead"_s).size() == 1,
                 qPrintable(report->warnings.join(u'\n')));
        set->items.clear();
        preview = previewExport(*m_clips, *set, options, 10);
        VERIFY_OK(preview);
        QCOMPARE(preview->warnings.back(), u"No clip to export."_s);
        const auto refused = writeExport(*m_clips, *set, options);
        COMPARE_ERROR(refused, ErrorCode::BadInput);
        QVERIFY2(refused.error().text.contains(u"1 clip left out: rejected. "_s),
                 qPrintable(refused.error().text));
    }

    void aLabelWithoutIndexIsNamed()
    {
        const ExportOptions options{.out = m_folder.filePath(u"x.json"_s), .labels = LabelKind::Indices};
        const auto report = runExport(m_folder.path(), {.options = options});
        COMPARE_ERROR(report, ErrorCode::BadInput);
        QVERIFY2(report.error().text.contains(u"texts; with anything"), qPrintable(report.error().text));
        QVERIFY(!QFileInfo::exists(options.out));
    }

    void aMatrixOfAllClasses()
    {
        const ExportOptions options{.format = exportFormat(u"csv"),
                                    .out = m_folder.filePath(u"matrix.csv"_s),
                                    .scope = ExportScope::Kept,
                                    .isMultiHot = true};
        VERIFY_OK(runExport(m_folder.path(), {.options = options}));
        const auto lines = test::readFile(options.out).trimmed().split('\n');
        const auto header = lines[0].split(',');
        const auto row = lines[1].split(',');
        QCOMPARE(header.size(), 4 + 527); // path, duration, labels, delimiter
        QCOMPARE(row.size(), header.size());
        QCOMPARE(row.count("1"), 2);
        QCOMPARE(row[header.indexOf("/m/0bt9lr")], QByteArray("1"));
    }

    void partsAreFilesOrFolders_data()
    {
        QTest::addColumn<const ExportFormat *>("format");
        QTest::addColumn<QStringList>("files");
        QTest::newRow("files") << exportFormat(u"nemo") << QStringList{u"train.json"_s, u"test.json"_s};
        QTest::newRow("folders") << exportFormat(u"audiofolder")
                                 << QStringList{u"train/metadata.jsonl"_s, u"test/metadata.jsonl"_s,
                                                u"train/Ydddddddddd0_30_40.wav"_s,
                                                u"test/Ycccccccccc0_30_40.wav"_s};
        QTest::newRow("shards") << exportFormat(u"webdataset")
                                << QStringList{u"train-000000.tar"_s, u"test-000000.tar"_s};
    }
    void partsAreFilesOrFolders()
    {
        QFETCH(const ExportFormat *, format);
        QFETCH(QStringList, files);
        const QTemporaryDir folder;
        const ExportOptions options{
            .format = format, .out = folder.filePath(u"set"_s), .scope = ExportScope::All};
        const auto set = chooseClips(*m_clips, options);
        VERIFY_OK(set);
        const ExportParts parts{{u"train"_s, u"test"_s}, {0, 1, 0, 0, 1}};
        qint64 last = 0;
        qint64 total = 0;
        VERIFY_OK(writeExport(*m_clips, *set, options, parts, {}, [&](qint64 done, qint64 all) {
            QVERIFY(done >= last);
            last = done;
            total = all;
        }));
        QCOMPARE(last, total);
        for (const QString &file : files)
            QVERIFY2(QFileInfo::exists(options.out + u'/' + file), qPrintable(file));
        if (format != exportFormat(u"webdataset"))
            QCOMPARE(test::readFile(options.out + u'/' + files[1]).count('\n'), 2);
    }

    /// Selection, labels and verdicts, whatever labels are written as.
    void comesBack_data()
    {
        QTest::addColumn<LabelKind>("labels");
        QTest::newRow("ids") << LabelKind::Ids;
        QTest::newRow("names") << LabelKind::Names;
        QTest::newRow("indices") << LabelKind::Indices;
    }
    void comesBack()
    {
        QFETCH(LabelKind, labels);
        const ExportOptions options{.out = m_folder.filePath(u"again.json"_s),
                                    .scope = ExportScope::All,
                                    .query = u"-id:other"_s,
                                    .labels = labels};
        VERIFY_OK(runExport(m_folder.path(), {.options = options}));
        const auto split = readers::readManifest(options.out);
        VERIFY_OK(split);
        QCOMPARE(split->problemCount, 0);
        QCOMPARE(split->table.size(), 4U);
        const auto set = chooseClips(*m_clips, options);
        VERIFY_OK(set);
        for (segments::Row row = 0; row < split->table.size(); ++row) {
            const segments::Row clip = set->items[row].row;
            QCOMPARE(split->table.key(row), m_clips->segments().key(clip));
            QCOMPARE(split->table.midList(row), m_clips->segments().midList(clip));
            QCOMPARE(split->table.verdict(row), m_clips->segments().verdict(clip));
        }
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<ClipTable> m_clips;
};

QTEST_GUILESS_MAIN(TestExportSet)
#include "tst_exportset.moc"
