#include "export/report/datasetcard.h"
#include "support/resulttest.h"
#include "support/testmain.h"
#include "workspace/workspace.h"

#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

using namespace earmark;
using namespace earmark::exports;
using namespace Qt::StringLiterals;
using workspace::Workspace;

namespace {

/// 2026-11-23T00:00:00Z
constexpr qint64 Midnight = 1'795'392'000'000;
constexpr qint64 Day = 86'400'000;

Measures measuresOf(int loudness, std::uint32_t clipped)
{
    Measures measures;
    measures.peak = -100;
    measures.loudness = static_cast<std::int16_t>(loudness);
    measures.silence = 0;
    measures.bandwidth = 4'000;
    measures.clipped = clipped;
    return measures;
}

Card card()
{
    Card card{.title = u"Dogs | \"and\" sirens"_s, .manifest = u"manifest.json"_s};
    card.format = u"nemo"_s;
    card.sources = {{u"balanced_train_segments.csv"_s, 22'160, QByteArray(32, '\x5a')}};
    card.query = u"dog -label:Music"_s;
    card.selection = u"those that were kept"_s;
    card.splitSeed = 42;
    card.parts = {{u"train"_s, 8'000, 2}, {u"test"_s, 2'000, 1}};
    card.partNotes = {u"Part test has 1 of 3 clips~"_s};
    card.classes = {{u"/m/09x0r"_s, u"Speech"_s, {2, 1}}, {u"/t/dd00088"_s, {}, {1, 0}}};
    card.leftOut = {{u"rejected"_s, 1}};
    card.sums.add({ClipState::Ready, 10.0, measuresOf(-2'350, 0), Verdict::Keep, 0, 1});
    card.sums.add({ClipState::Short, 5.5, measuresOf(-1'200, 3), Verdict::Keep, ClipMark::Flagged, 1});
    card.sums.add({ClipState::Ready, 10.0, {}, Verdict::Undecided, ClipMark::Doubted, 2});
    return card;
}

} // namespace

class TestDatasetCard final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto workspace = Workspace::open(m_folder->path());
        VERIFY_OK(workspace);
        struct GivenClip
        {
            const char *id;
            ClipState state;
            FailureClass failure = FailureClass::None;
            QString reason{};
            QString ytdlp{};
        };
        const std::vector<GivenClip> clips{
            {"readyready0", ClipState::Ready, {}, {}, u"2026.08.19"_s},
            {"-0RWZT-miFs", ClipState::Failed, FailureClass::Permanent, u"This video is \"gone\" | for é."_s},
            {"shortshort0", ClipState::Short, {}, {}, u"2026.10.26"_s},
            {"queuedqueue", ClipState::Queued},
            {"absent00000", ClipState::Absent},
        };
        std::vector<std::pair<SegmentKey, Clip>> records;
        for (std::uint32_t position = 0; const GivenClip &clip : clips) {
            const SegmentKey key{*YtId::parse(clip.id), 23'700, 33'700};
            (*workspace)->enqueue({{key, position, "/m/09x0r,/t/dd00088"}});
            auto record = (*workspace)->record(key);
            record.progress.state = clip.state;
            record.progress.failure = clip.failure;
            record.progress.reason = clip.reason;
            record.origin.toolVersion = clip.ytdlp;
            record.progress.changedAt = Midnight + position++ * Day;
            records.emplace_back(key, record);
            if (isPlayable(clip.state))
                test::writeFile((*workspace)->layout().clip(key), "sound");
        }
        (*workspace)->adopt(records);
        for (const QString &how : {u"label:Dog, 20 for each class, seed 7"_s, u"selected by hand"_s,
                                   u"label:Dog, 20 for each class, seed 7"_s, QString()})
            (*workspace)->noteChoice(how);
        (*workspace)->setPace(300);
        VERIFY_OK((*workspace)->flush());
    }

    void isWrittenTwiceAlike()
    {
        VERIFY_OK(write(m_folder->path()));
        const QByteArray text = test::readFile(file(CardName));
        const QByteArray json = test::readFile(file(CoverageName));
        VERIFY_OK(write(m_folder->path()));
        QCOMPARE(test::readFile(file(CardName)), text);
        QCOMPARE(test::readFile(file(CoverageName)), json);
    }

    void saysWhatIsKnown_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line :
             {"pretty_name: \"Dogs | \\\"and\\\" sirens\"",
              "- n<1K",
              "# Dogs \\| \"and\" sirens",
              "3 clips of AudioSet, 26 s in all: WAV, 16 bit, 44,100 Hz, mono. The list of them is "
              "`manifest.json` (nemo).",
              "- Segments from `balanced_train_segments.csv`, 22,160 of them, SHA-256 "
              "`5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a`",
              "- Query: `dog -label:Music`",
              "- Clips: those that were kept",
              "- Chosen to be downloaded: `label:Dog, 20 for each class, seed 7`",
              "- Chosen to be downloaded: `selected by hand`",
              "- Pace: 300 downloads an hour",
              "- Fetched: 2026-11-23 to 2026-11-25",
              "| train | 80.00 | 66.66 | 2 |",
              "Part test has 1 of 3 clips\\~",
              "| permanent: This video is \"gone\" \\| for é. | 1 |",
              "| queued | 1 |",
              "| not exported: rejected | 1 |",
              "| Loudness (LUFS) | -23.5 | -23.5 | -23.5 | -12.0 | -12.0 |",
              "| Bandwidth (Hz) | 16000 | 16000 | 16000 | 16000 | 16000 |",
              "| Speech (`/m/09x0r`) | 2 | 1 |",
              "| sound as another that is counted does | 1 |",
              "| keep | 2 |",
              "| a label is not heard | 1 |",
              "- Tools: Earmark " EARMARK_VERSION ", yt-dlp 2026.08.19 (1), yt-dlp 2026.10.26 (1)",
              "| `/t/dd00088` | 1 | 0 |",
              "  doi       = {10.1109/ICASSP.2017.7952261}"})
            QTest::newRow(line) << QByteArray(line);
    }
    void saysWhatIsKnown()
    {
        QFETCH(QByteArray, line);
        VERIFY_OK(write(m_folder->path()));
        const QByteArray text = test::readFile(file(CardName));
        QVERIFY2(('\n' + text).count('\n' + line + '\n') == 1, text.constData());
    }

    void leavesOutWhatIsNotKnown()
    {
        const QByteArray text = datasetCard({.title = u"A"_s, .manifest = u"m.csv"_s}, {});
        for (const char *part : {"Query", "Seed", "Pace", "Fetched", "Exported", "## Split", "## Sound",
                                 "## Classes", "yt-dlp", "Segments from"})
            QVERIFY2(!text.contains(part), part);
        QVERIFY(datasetCard({.title = u"A"_s, .manifest = u"m"_s, .madeAt = u"2026-11-23"_s}, {})
                    .contains("- Exported: 2026-11-23\n"));
    }

    void theReportNamesEveryMissingClip()
    {
        VERIFY_OK(write(m_folder->path()));
        const QByteArray bytes = test::readFile(file(CoverageName));
        QVERIFY(std::ranges::all_of(bytes, [](char c) { return c >= 0; })); // ASCII
        const auto json = nlohmann::json::parse(bytes.toStdString());
        const auto &missing = json["missing_clips"];
        QCOMPARE(missing.size(), std::size_t{2});
        QCOMPARE(missing[0]["ytid"].get<std::string>(), std::string("-0RWZT-miFs"));
        QCOMPARE(missing[0]["start"].get<double>(), 23.7);
        QCOMPARE(missing[0]["which"].get<std::string>(), std::string("permanent"));
        QCOMPARE(missing[0]["reason"].get<std::string>(), std::string("This video is \"gone\" | for é."));
        QCOMPARE(missing[1]["which"].get<std::string>(), std::string("queued"));
        QCOMPARE(json["asked"]["clips"].get<int>(), 4);
        QCOMPARE(json["sources"][0]["sha256"].get<std::string>(),
                 QByteArray("5a").repeated(32).toStdString());
        QCOMPARE(json["split"]["parts"][0]["asked_percent"].get<double>(), 80.0);
        QCOMPARE(json["exported"]["verdicts"]["keep"].get<int>(), 2);
        QCOMPARE(json["exported"]["duplicate"].get<int>(), 1);
        QCOMPARE(json["exported"]["clipped"].get<int>(), 1);
        QCOMPARE(json["exported"]["measured"].get<int>(), 2);
        QCOMPARE(json["exported"]["loudness_lufs"]["most"].get<double>(), -12.0);
        QCOMPARE(json["classes"][0]["clips"]["test"].get<int>(), 1);
        QCOMPARE(json["left_out"]["rejected"].get<int>(), 1);
        QCOMPARE(json["yt-dlp"].size(), std::size_t{2});
    }

    /// Texts of others stay texts: in their code span, in their cell, without characters that nobody sees. A
    /// real reader of Markdown is asked where there is one.
    void textsOfOthersAreNoMarkdown_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *name, const QString &text, const QString &shown) {
            QTest::newRow(name) << text << shown;
        };
        const QString image = u"<img src=x onerror=alert(1)>"_s;
        for (const int ticks : {1, 2, 3, 7}) {
            const QString run(ticks, u'`');
            const QString text = u"a"_s + run + image + run + u"b"_s;
            QTest::addRow("%d backticks", ticks) << text << text;
        }
        row("backticks at the ends", u"`a`"_s, u"`a`"_s);
        row("backticks alone", u"``"_s, u"``"_s);
        row("a bar", u"a|"_s + image + u"|b"_s, u"a|"_s + image + u"|b"_s);
        row("backticks and bars", u"a``|b` | "_s + image, u"a``|b` | "_s + image);
        row("lines", u"a\n\n# b\r\n| c |"_s, u"a # b | c |"_s);
        row("controls", u"a\x1b]0;b\x07"_s, u"a\uFFFD]0;b\uFFFD"_s);
        row("turned around", u"a\u202Eb\u2066c"_s, u"a\uFFFDb\uFFFDc"_s);
        row("a reference", u"&lt;b&gt; [a](http://b) *c*"_s, u"&lt;b&gt; [a](http://b) *c*"_s);
    }
    void textsOfOthersAreNoMarkdown()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        {
            auto workspace = Workspace::open(m_folder->path());
            VERIFY_OK(workspace);
            (*workspace)->noteChoice(text);
            VERIFY_OK((*workspace)->flush());
        }
        Card hostile = card();
        hostile.query = text;
        hostile.title = text;
        hostile.classes = {{text, {}, {1, 0}}, {u"/m/1"_s, text, {1, 0}}};
        const auto coverage = readCoverage(m_folder->path());
        VERIFY_OK(coverage);
        const QByteArray markdown = datasetCard(hostile, *coverage);
        QCOMPARE(markdown.count('\x1b'), 0);
        QCOMPARE(markdown.count("\u202E"), 0);
        QProcess reader;
        reader.start(u"/usr/bin/python3"_s, {u"" EARMARK_SOURCE_DIR "/tests/support/commonmark.py"_s,
                                             test::writeFile(file(u"hostile.md"_s), markdown)});
        QVERIFY(reader.waitForFinished());
        QVERIFY2(reader.exitCode() == 0 || reader.exitCode() == 3, reader.readAllStandardError().constData());
        if (reader.exitCode() == 3) // no reader here
            return;
        const auto read = nlohmann::json::parse(reader.readAllStandardOutput().toStdString());
        const auto has = [&read](const char *list, const QString &wanted) {
            const auto &texts = read[list];
            return std::ranges::count(texts, wanted.toStdString(),
                                      [](const auto &each) { return each.template get<std::string>(); }) > 0;
        };
        QCOMPARE(read["html"].get<int>(), 0);
        QCOMPARE(read["links"].get<int>(), 0);
        QVERIFY2(has("code", shown), reader.readAllStandardOutput().constData());
        QVERIFY(has("headings", shown));
        QVERIFY(has("cells", shown + u" (/m/1)"_s));
        QVERIFY(has("cells", shown));
        QVERIFY(has("items", u"Query: "_s + shown));
        QVERIFY(has("items", u"Chosen to be downloaded: "_s + shown));
    }

    /// The head as PyYAML reads it, with which the hub's own library does.
    void theHeadIsYaml()
    {
        const QString python = QStandardPaths::findExecutable(u"python3"_s);
        QProcess probe;
        probe.start(python, {u"-c"_s, u"import yaml"_s});
        if (python.isEmpty() || !probe.waitForFinished() || probe.exitCode() != 0)
            QSKIP("no Python with PyYAML here");
        VERIFY_OK(write(m_folder->path()));
        QProcess read;
        read.start(python,
                   {u"-c"_s,
                    u"import sys, yaml\n"
                    "head = yaml.safe_load(open(sys.argv[1], encoding='utf-8').read().split('---\\n')[1])\n"
                    "print(head['pretty_name'], head['task_categories'], head['size_categories'])"_s,
                    file(CardName)});
        QVERIFY(read.waitForFinished());
        QVERIFY2(read.exitCode() == 0, read.readAllStandardError().constData());
        QCOMPARE(read.readAllStandardOutput(),
                 QByteArray("Dogs | \"and\" sirens ['audio-classification'] ['n<1K']\n"));
    }

    void percentilesAreExact_data()
    {
        QTest::addColumn<QList<int>>("numbers");
        QTest::addColumn<QList<int>>("expected"); // at 0, 5, 50, 95 and 100 %
        QList<int> hundred;
        for (int i = 100; i > 0; --i)
            hundred << i;
        QTest::newRow("one") << QList<int>{-12'000}
                             << QList<int>{-12'000, -12'000, -12'000, -12'000, -12'000};
        QTest::newRow("two") << QList<int>{3, -3} << QList<int>{-3, -3, -3, 3, 3};
        QTest::newRow("hundred") << hundred << QList<int>{1, 5, 50, 95, 100};
        QTest::newRow("ends") << QList<int>{65'535, -32'768, 0}
                              << QList<int>{-32'768, -32'768, 0, 65'535, 65'535};
    }
    void percentilesAreExact()
    {
        QFETCH(QList<int>, numbers);
        QFETCH(QList<int>, expected);
        Spread spread;
        for (const int number : numbers)
            spread.add(number);
        QList<int> found;
        for (const int percent : {0, 5, 50, 95, 100})
            found << spread.percentile(percent);
        QCOMPARE(found, expected);
    }

    void leavesWhatWasThereWhenItCannot()
    {
        test::writeFile(file(CardName), "former");
        test::writeFile(file(CoverageName), "former");
        std::stop_source stop;
        stop.request_stop();
        COMPARE_ERROR(write(m_folder->path(), stop.get_token()), ErrorCode::Cancelled);
        COMPARE_ERROR(write(file(u"no/such"_s)), ErrorCode::Unwritable);
        QCOMPARE(test::readFile(file(CardName)), QByteArray("former"));
        QCOMPARE(test::readFile(file(CoverageName)), QByteArray("former"));
    }

private:
    /// The card of an export of all that was not rejected.
    Result<void> write(const QString &folder, const std::stop_token &stop = {}) const
    {
        const auto clips = ClipTable::read(m_folder->path());
        if (!clips)
            return tl::unexpected(clips.error());
        const auto set = chooseClips(*clips, {});
        return set ? writeCard(*clips, *set, folder, card(), stop) : tl::unexpected(set.error());
    }
    QString file(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestDatasetCard)
#include "tst_datasetcard.moc"
