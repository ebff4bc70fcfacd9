#include "export/exportjob.h"
#include "readers/segmentfile.h"
#include "support/resulttest.h"
#include "support/soundfiles.h"
#include "support/soundmatch.h"
#include "support/splittexts.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::exports;
using namespace earmark::workspace;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(earmark::exports::ExportOptions)

namespace {

constexpr int Rate = 16'000;

/// Labels that mean something to a reader of tables, or to a spreadsheet.
const std::vector<std::vector<std::string_view>> Plain{
    {"/m/09x0r", "/t/dd00088"},
    {"bee, wasp, etc. buzzing", "/m/09x0r"},
    {"Ünïcödé, “label”", "say \"hi\"", "a \" b"},
    {"=SUM(A1)", "-1", "+x", "@cmd"},
    {"'=SUM(A1)"},
    {"''-twice", "'quoted'", "'"},
    {"\"begins with a quote", "ends with one\""},
    {"a|b#c~d", "#no comment"},
    {"costs $5", "{set}", "\\n"},
    {"7"},
    {"1e3"},
    {"None"},
    {"true"},
};
/// Besides, one with what usually stands between labels.
const std::vector<std::vector<std::string_view>> WithSemicolons = [] {
    auto labels = Plain;
    labels.push_back({"semi;colon", "/m/04rlf"});
    labels.push_back({";", "a;", ";b"});
    return labels;
}();

} // namespace

/// What Earmark writes, Earmark reads back exactly: segments, labels, and what listeners said.
class TestReadBack final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exactly_data()
    {
        QTest::addColumn<ExportOptions>("options");
        QTest::addColumn<QString>("file"); ///< within what was written
        QTest::addColumn<bool>("withSemicolons");
        const std::vector<ExportColumn> said{ExportColumn::Verdict, ExportColumn::Flagged,
                                             ExportColumn::Doubted, ExportColumn::Note};
        const auto rows = [&](const char *name, ExportOptions options, const QString &file = {}) {
            options.columns.insert(options.columns.end(), said.begin(), said.end());
            for (const bool withSemicolons : {false, true})
                QTest::addRow("%s%s", name, withSemicolons ? ", semicolons" : "")
                    << options << file << withSemicolons;
        };
        rows("NeMo", {.format = exportFormat(u"nemo")});
        rows("CSV", {.format = exportFormat(u"csv")});
        rows("CSV, names", {.format = exportFormat(u"csv"), .labels = LabelKind::Names});
        rows("CSV, names, ids beside them",
             {.format = exportFormat(u"csv"), .columns = {ExportColumn::Mids}, .labels = LabelKind::Names});
        rows("CSV, all columns that say the segment",
             {.format = exportFormat(u"csv"),
              .columns = {ExportColumn::Ytid, ExportColumn::Start, ExportColumn::End}});
        rows("TSV", {.format = exportFormat(u"tsv")});
        rows("SpeechBrain", {.format = exportFormat(u"speechbrain-csv")});
        rows("metadata.csv", {.format = exportFormat(u"audiofolder-csv"), .clips = ClipFiles::Linked},
             u"/metadata.csv"_s);
        rows("metadata.jsonl", {.format = exportFormat(u"audiofolder"), .clips = ClipFiles::Linked},
             u"/metadata.jsonl"_s);
    }
    void exactly()
    {
        QFETCH(ExportOptions, options);
        QFETCH(QString, file);
        QFETCH(bool, withSemicolons);
        const QTemporaryDir folder;
        segments::SegmentTable table;
        const auto said = fill(folder.filePath(u"clips"_s), withSemicolons ? WithSemicolons : Plain, table);
        options.out = folder.filePath(u"out"_s);
        VERIFY_OK(runExport(folder.filePath(u"clips"_s), {.options = options}));
        const auto split = readers::readSegments(options.out + file);
        VERIFY_OK(split);
        QCOMPARE(test::linesOf(split->problems), QStringList());
        QCOMPARE(test::rowsOf(split->table), test::rowsOf(table));
        QCOMPARE(split->judgements.size(), said.size());
        for (const auto &[key, judgement] : said)
            QVERIFY2(split->judgements.at(key) == judgement, qPrintable(key.stem()));
    }

    /// An export says what stands between labels where it is not a semicolon.
    void namesItsDelimiter()
    {
        const QTemporaryDir folder;
        segments::SegmentTable table;
        fill(folder.filePath(u"clips"_s), WithSemicolons, table);
        const QString out = folder.filePath(u"out.csv"_s);
        VERIFY_OK(runExport(folder.filePath(u"clips"_s),
                            {.options = {.format = exportFormat(u"csv"), .out = out}}));
        QVERIFY(test::readFile(out).startsWith("path,duration,labels,delimiter\n"));
    }

private:
    /// Makes a workspace of clips with these labels; gives what is said of them.
    std::map<SegmentKey, Judgement> fill(const QString &path,
                                         const std::vector<std::vector<std::string_view>> &labels,
                                         segments::SegmentTable &table)
    {
        auto workspace = Workspace::open(path);
        if (!workspace)
            qFatal("%s", qPrintable(workspace.error().text));
        std::map<SegmentKey, Judgement> said;
        for (const auto &each : labels) {
            const segments::Row row = table.size();
            const SegmentKey key{*YtId::parse("-exts-_1234"), row * 1000, row * 1000 + 500};
            table.append(key, each);
            (*workspace)->enqueue({{key, row, table.midList(row)}});
            Clip record = (*workspace)->record(key);
            record.progress.state = ClipState::Ready;
            record.audio.samples = key.samples(Rate);
            record.audio.sampleRate = Rate;
            test::writePlainWav((*workspace)->layout().clip(key),
                                test::noise(record.audio.samples, 0.2, row + 1), Rate, 1);
            (*workspace)->update(key, record);
            Judgement judgement{.verdict = row % 2 == 0 ? Verdict::Keep : Verdict::Undecided,
                                .isFlagged = row % 3 == 0,
                                .note = QString::fromUtf8(QByteArray(each[0].data(), std::ssize(each[0])))};
            segments::SegmentTable doubted;
            doubted.append(key, std::span(each).first(1));
            judgement.doubted = doubted.midList(0);
            (*workspace)->judge({{key, judgement}});
            said.emplace(key, judgement);
        }
        if (const auto flushed = (*workspace)->flush(); !flushed)
            qFatal("%s", qPrintable(flushed.error().text));
        return said;
    }
};

QTEST_GUILESS_MAIN(TestReadBack)
#include "tst_readback.moc"
