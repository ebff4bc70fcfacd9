#include "readers/segmentfile.h"
#include "readers/segmentmerger.h"
#include "support/resulttest.h"
#include "support/splittexts.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::readers;
using namespace earmark::segments;
using namespace Qt::StringLiterals;
using test::linesOf;
using test::rowsOf;

/// Lists of segments as other datasets and people write them. The rows are invented, their form is the real
/// files'.
class TestListReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forms_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("rows");
        QTest::addColumn<bool>("isUsualLength");
        const auto row = [](const char *name, const QByteArray &text, const QStringList &rows,
                            bool isUsualLength = false) {
            QTest::newRow(name) << text << rows << isUsualLength;
        };
        const QStringList one{u"--PJHxphWEs 30000-40000 /m/09x0r"_s};
        const QStringList text{u"--PJHxphWEs 30000-40000 people marching"_s};
        row("VGGSound: no header, no end",
            "--PJHxphWEs,1,people marching,test\n"
            "Agi5ySKb1tY,30,\"playing violin, fiddle\",train\n"
            "abcDEF01234,185,\"female speech, woman speaking\",train\n"
            "_bcDEF01234,0,helicopter,train\n",
            {u"--PJHxphWEs 1000-11000 people marching"_s,
             u"Agi5ySKb1tY 30000-40000 \"playing violin, fiddle\""_s, u"abcDEF01234 185000-195000 /m/02zsn"_s,
             u"_bcDEF01234 0-10000 /m/09ct_"_s},
            true);
        row("VGGSound with its description as header",
            "# YouTube ID, start seconds, label, train/test split\n"
            "--PJHxphWEs,30,people marching,test\n",
            text, true);
        row("the same as a header that is read",
            "YouTube ID,start seconds,label,train/test split\n"
            "--PJHxphWEs,30,people marching,test\n",
            text, true);
        row("VGGSound's test.csv and AStest.csv: names of clips",
            "--PJHxphWEs_000001.mp4,people marching\n"
            "Agi5ySKb1tY_000030.mp4,\"playing violin, fiddle\"\n"
            "abcDEF01234_012345.mp4,\"female speech, woman speaking\"\n"
            "_bcDEF_1234_000000.mp4,helicopter\n",
            {u"--PJHxphWEs 1000-11000 people marching"_s,
             u"Agi5ySKb1tY 30000-40000 \"playing violin, fiddle\""_s,
             u"abcDEF01234 12345000-12355000 /m/02zsn"_s, u"_bcDEF_1234 0-10000 /m/09ct_"_s},
            true);
        row("VGGSounder: names of clips without a suffix, a row for each label",
            "video_id,label,modality,background_music,static_image,voice_over\n"
            "--PJHxphWEs_000030,people marching,AV,False,False,True\n"
            "--PJHxphWEs_000030,\"playing violin, fiddle\",A,False,False,True\n"
            "-bcDEF01234_000107,helicopter,V,False,False,False\n",
            {u"--PJHxphWEs 30000-40000 people marching,\"playing violin, fiddle\""_s,
             u"-bcDEF01234 107000-117000 /m/09ct_"_s},
            true);
        row("the same with apostrophes from a spreadsheet, below a comment",
            "video_id;label\n# mine\n\n'--PJHxphWEs_000030;people marching\n", text, true);
        row("VGGSound's names of clips in folders",
            "path,label\nvideo/--PJHxphWEs_000030.wav,people marching\n", text, true);
        row("Earmark's names of clips in folders",
            "path,label\nclips/Y--PJHxphWEs_30_40.wav,people marching\n", text);
        row("AudioCaps: five captions a clip",
            "audiocap_id,youtube_id,start_time,caption\n"
            "97151,--PJHxphWEs,130,\"Rustling occurs, and ducks quack\"\n"
            "108945,Agi5ySKb1tY,60,An audience gives applause\n"
            "97152,--PJHxphWEs,130,Ducks quack\n",
            {u"--PJHxphWEs 130000-140000 \"Rustling occurs, and ducks quack\",Ducks quack"_s,
             u"Agi5ySKb1tY 60000-70000 An audience gives applause"_s},
            true);
        row("MusicCaps: mids, and captions over several lines",
            "ytid,start_s,end_s,audioset_positive_labels,aspect_list,caption,author_id,is_balanced_subset,"
            "is_audioset_eval\n"
            "-0Gj8-vB1q4,30,40,\"/m/0140xf,/m/04rlf\",\"['low quality', 'sad']\",\"The \"\"low\"\" "
            "quality,\nover lines.\n# not a comment\",4,False,True\n"
            "-FEPOSP7ay0,260,270,/m/0395lw,\"['mono']\",Bells.,4,False,True\n",
            {u"-0Gj8-vB1q4 30000-40000 /m/0140xf,/m/04rlf"_s, u"-FEPOSP7ay0 260000-270000 /m/0395lw"_s});
        row("captions over several lines as labels",
            "youtube_id,start,caption\r\n--PJHxphWEs,30,\"people\r\nmarching\"\r\n", text, true);
        row("any order, tabs", "label\tend\tYTID\tstart\npeople marching\t40.000\t--PJHxphWEs\t30.000\n",
            text);
        row("semicolons", "YTID;start;end;label\n--PJHxphWEs;30.0;40;people marching\n", text);
        row("a duration", "video_id,onset,duration,class\n--PJHxphWEs,30,10.0,people marching\n", text);
        row("the end counts, not the duration",
            "video_id,start,duration,end,class\n--PJHxphWEs,30,99,40,people marching\n", text);
        row("CRLF, byte-order mark, blank lines, comments, trailing commas",
            "\xEF\xBB\xBF\r\n# made \"by hand\r\nytid,start_seconds,end_seconds,category,\r\n\r\n"
            "--PJHxphWEs,30,40,people marching,\r\n,,,,\r\n",
            text);
        row("quotes around everything",
            "\"ytid\",\"start\",\"end\",\"label\"\n\"--PJHxphWEs\",\"30\",\"40\",\"people marching\"\n",
            text);
        row("blanks after commas", "ytid, start, end, label\n--PJHxphWEs, 30, 40, \"/m/09x0r\"\n", one);
        row("the better id", "id,youtube_id,start,end,label\n7,--PJHxphWEs,30,40,Speech\n", one);
        row("id alone", "id,start,end,label\n--PJHxphWEs,30,40,Speech\n", one);
        row("labels before captions",
            "ytid,caption,start,end,tags\n--PJHxphWEs,Somebody talks,30,40,speech\n", one);
        row("several names of classes",
            "ytid,start,end,labels\n--PJHxphWEs,30,40,\"Speech, Bee, wasp, etc.\"\n",
            {u"--PJHxphWEs 30000-40000 /m/09x0r,/m/01h3n"_s});
        row("several labels, one quoted",
            "ytid,start,end,labels\n--PJHxphWEs,30,40,\"\"\"playing violin, fiddle\"\",people marching\"\n",
            {u"--PJHxphWEs 30000-40000 \"playing violin, fiddle\",people marching"_s});
        row("several mids under a label", "ytid,start,end,label\n--PJHxphWEs,30,40,\"/m/09x0r,/m/04rlf\"\n",
            {u"--PJHxphWEs 30000-40000 /m/09x0r,/m/04rlf"_s});
        row("a row for each label",
            "ytid,start,end,label\n--PJHxphWEs,30,40,Speech\n--PJHxphWEs,30,40,Music\n",
            {u"--PJHxphWEs 30000-40000 /m/09x0r,/m/04rlf"_s});
        row("no header, other labels than mids", "--PJHxphWEs,30,40,people marching\n", text);
        row("the official header over other labels",
            "YTID,start_seconds,end_seconds,positive_labels\n--PJHxphWEs,30,40,people marching\n", text);
        row("not ASCII", "ytid,start,end,label\n--PJHxphWEs,30,40,“children’s” Chöre\n",
            {u"--PJHxphWEs 30000-40000 “children’s” Chöre"_s});
        row("a quote that is none", "ytid,start,end,label\n--PJHxphWEs,30,40,a 5\" disc\n",
            {u"--PJHxphWEs 30000-40000 \"a 5\"\" disc\""_s});
    }
    void forms()
    {
        QFETCH(QByteArray, text);
        const auto split = readSegments(file(text));
        VERIFY_OK(split);
        QCOMPARE(split->kind, FileKind::List);
        QTEST(rowsOf(split->table), "rows");
        QCOMPARE(linesOf(split->problems), QStringList());
        QTEST(split->isUsualLength, "isUsualLength");
        for (Row row = 0; row < split->table.size(); ++row)
            QCOMPARE(split->table.find(split->table.key(row)), std::optional(row));
    }

    void problems_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("reason");
        QTest::newRow("id") << QByteArray("tooshort,0,10,x")
                            << u"the id “tooshort” is not 11 characters of A-Z, a-z, 0-9, _ and -"_s;
        QTest::newRow("start") << QByteArray("abcDEF01234,-1,10,x")
                               << u"the start “-1” is not a time in seconds, such as 30.000"_s;
        QTest::newRow("end") << QByteArray("abcDEF01234,0,,x")
                             << u"the end “” is not a time in seconds, such as 30.000"_s;
        QTest::newRow("end before start")
            << QByteArray("abcDEF01234,40,30,x") << u"the end (30 s) is not after the start (40 s)"_s;
        QTest::newRow("no label") << QByteArray("abcDEF01234,0,10,") << u"there is no label"_s;
        QTest::newRow("too few fields") << QByteArray("abcDEF01234,0,10") << u"there is no label"_s;
        QTest::newRow("text after a quote")
            << QByteArray("abcDEF01234,0,10,\"a\" b")
            << u"a quote that is opened is not closed, or is followed by more text"_s;
        QTest::newRow("a quote that is not closed")
            << QByteArray("abcDEF01234,0,10,\"a")
            << u"a quote that is opened is not closed, or is followed by more text"_s;
        QTest::newRow("the same again") << QByteArray("--PJHxphWEs,30,40,Speech")
                                        << u"nothing new: the same segment and labels as in line 2"_s;
        QTest::newRow("longer than any line")
            << QByteArray(100'000, 'x') << u"the line is longer than 65,536 bytes"_s;
    }
    void problems()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, reason);
        const auto split = readSegments(file("ytid,start,end,label\n--PJHxphWEs,30,40,Speech\n" + line +
                                             "\nAgi5ySKb1tY,23.7,33.7,\"Music\"\nBgi5ySKb1tY,0,10,Music\n"));
        VERIFY_OK(split);
        QCOMPARE(rowsOf(split->table),
                 (QStringList{u"--PJHxphWEs 30000-40000 /m/09x0r"_s, u"Agi5ySKb1tY 23700-33700 /m/04rlf"_s,
                              u"Bgi5ySKb1tY 0-10000 /m/04rlf"_s}));
        QCOMPARE(linesOf(split->problems), QStringList{u"3: "_s + reason});
    }

    void linesAfterARecordOfSeveralKeepTheirNumbers()
    {
        const auto split = readSegments(
            file("ytid,start,caption\n--PJHxphWEs,30,\"a\n\nb\"\nno\nAgi5ySKb1tY,0,\"c\n\"\nnone\n"));
        VERIFY_OK(split);
        QCOMPARE(split->table.size(), Row{2});
        QCOMPARE(split->problems.size(), std::size_t{2});
        QCOMPARE(split->problems[0].line, 5);
        QCOMPARE(split->problems[1].line, 8);
    }

    void aQuoteThatNeverClosesCostsOneLine()
    {
        QByteArray text = "ytid,start,caption\n--PJHxphWEs,30,\"oops\n";
        for (int row = 0; row < 10'000; ++row)
            text += QByteArray::number(row).rightJustified(11, '_') + ",30,dog\n";
        const auto split = readSegments(file(text));
        VERIFY_OK(split);
        QCOMPARE(split->table.size(), Row{10'000});
        QCOMPARE(split->problemCount, 1);
        QCOMPARE(split->problems[0].line, 2);
    }

    void problemsAmongNamesOfClips_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("milliseconds, as AudioSet's strong labels have them")
            << QByteArray("Agi5ySKb1tY_30000");
        QTest::newRow("later than any video ends") << QByteArray("Agi5ySKb1tY_100000");
        QTest::newRow("five digits") << QByteArray("Agi5ySKb1tY_00030");
        QTest::newRow("a fraction") << QByteArray("Agi5ySKb1tY_0030.5");
        QTest::newRow("an id that is too short") << QByteArray("gi5ySKb1tY_000030");
    }
    void problemsAmongNamesOfClips()
    {
        QFETCH(QByteArray, name);
        const auto split = readSegments(
            file("--PJHxphWEs_000030.mp4,people marching\n" + name + ",thump\nBgi5ySKb1tY_000000,thump\n"));
        VERIFY_OK(split);
        QCOMPARE(rowsOf(split->table),
                 (QStringList{u"--PJHxphWEs 30000-40000 people marching"_s, u"Bgi5ySKb1tY 0-10000 thump"_s}));
        QCOMPARE(linesOf(split->problems),
                 QStringList{u"2: “%1” is not a video's id and a start in six digits, such as "
                             "glLQrEijrKg_000300"_s.arg(QString::fromLatin1(name))});
    }

    /// WavCaps has 108,317 captions of AudioSet's clips.
    void manyDifferentCaptions()
    {
        constexpr int count = 120'000;
        const auto caption = [](int row) { return "caption " + QByteArray::number(row); };
        QByteArray text = "youtube_id,start_time,caption\n";
        for (int row = 0; row < count; ++row)
            text += QByteArray::number(row).rightJustified(11, '_') + ",30," + caption(row) + "\n";
        const auto split = readSegments(file(text));
        VERIFY_OK(split);
        QCOMPARE(split->problemCount, 0);
        QCOMPARE(split->table.size(), Row{count});
        for (int row = 0; row < count; ++row)
            QCOMPARE(split->table.midList(static_cast<Row>(row)), caption(row));
    }

    void moreDifferentLabelsThanATableHolds()
    {
        SegmentMerger gatherer(u"list.csv"_s, FileKind::List, SegmentMerger::Repeats::AreProblems, 2);
        const SegmentKey key{*YtId::parse("--PJHxphWEs"), 0, 10'000};
        gatherer.add(1, key, {"a", "b"});
        gatherer.add(2, key, {"a", "c"});
        const auto split = gatherer.finish({});
        VERIFY_OK(split);
        QCOMPARE(rowsOf(split->table), QStringList{u"--PJHxphWEs 0-10000 a,b"_s});
        QCOMPARE(linesOf(split->problems), QStringList{u"2: the file has more than 2 different labels"_s});
    }

    void headersThatLackSomething_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("says");
        QTest::newRow("start") << QByteArray("ytid,end,label") << u"call that column start_seconds"_s;
        QTest::newRow("start, and ids that name no clip")
            << QByteArray("ytid,label") << u"call that column start_seconds"_s;
        QTest::newRow("label") << QByteArray("ytid,start,end,whatever") << u"call that column labels"_s;
    }
    void headersThatLackSomething()
    {
        QFETCH(QByteArray, header);
        QFETCH(QString, says);
        const auto split = readSegments(file(header + "\n--PJHxphWEs,30,40,Speech\n"));
        COMPARE_ERROR(split, ErrorCode::BadInput);
        QVERIFY2(split.error().text.contains(says), qUtf8Printable(split.error().text));
        QVERIFY(split.error().text.contains(QString::fromLatin1(header)));
    }

    void onlyAHeader()
    {
        const auto split = readSegments(file("ytid,start,end,label\n"));
        COMPARE_ERROR(split, ErrorCode::BadInput);
        QVERIFY(split.error().text.contains(u"holds no segment"_s));
    }

private:
    QString file(const QByteArray &content)
    {
        return test::writeFile(m_folder.filePath(u"list%1.csv"_s.arg(++m_files)), content);
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestListReader)
#include "tst_listreader.moc"
