#include "classes/labelmap.h"
#include "readers/splitreader.h"
#include "support/resulttest.h"
#include "support/splittexts.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::classes;
using namespace earmark::readers;
using namespace earmark::segments;
using namespace Qt::StringLiterals;
using test::linesOf;
using test::rowsOf;

class TestSplitReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forms_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("rows");
        const QString row = u"--PJHxphWEs 30000-40000 /m/09x0r,/t/dd00088"_s;
        QTest::newRow("official") << QByteArray("# Segments csv created Sun Mar  5 10:54:31 2017\n"
                                                "# YTID, start_seconds, end_seconds, positive_labels\n"
                                                "--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/t/dd00088\"\n")
                                  << QStringList{row};
        QTest::newRow("no line end at the end")
            << QByteArray("--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/t/dd00088\"") << QStringList{row};
        QTest::newRow("CRLF") << QByteArray(
                                     "# x\r\n--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/t/dd00088\"\r\n\r\n")
                              << QStringList{row};
        QTest::newRow("byte-order mark")
            << QByteArray("\xEF\xBB\xBF--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/t/dd00088\"\n")
            << QStringList{row};
        QTest::newRow("byte-order mark before a comment")
            << QByteArray("\xEF\xBB\xBF# x\n--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/t/dd00088\"\n")
            << QStringList{row};
        QTest::newRow("header without #") << QByteArray("YTID,start_seconds,end_seconds,positive_labels\n"
                                                        "--PJHxphWEs,30,40,\"/m/09x0r,/t/dd00088\"\n")
                                          << QStringList{row};
        QTest::newRow("no blanks, whole seconds")
            << QByteArray("--PJHxphWEs,30,40,\"/m/09x0r,/t/dd00088\"\n") << QStringList{row};
        QTest::newRow("extra blanks")
            << QByteArray("  --PJHxphWEs ,\t30.0 ,  40 ,  \" /m/09x0r , /t/dd00088 \"  \n")
            << QStringList{row};
        QTest::newRow("one label, no quotes") << QByteArray("--PJHxphWEs, 30.000, 40.000, /m/09x0r\n")
                                              << QStringList{u"--PJHxphWEs 30000-40000 /m/09x0r"_s};
        QTest::newRow("labels over columns, trailing commas")
            << QByteArray("--PJHxphWEs,30,40,/m/09x0r,/t/dd00088,,,\n") << QStringList{row};
        QTest::newRow("a spreadsheet's quotes of the official form")
            << QByteArray("\"# x, y\",,\n--PJHxphWEs,30,40,\" \"\"/m/09x0r\",\"/t/dd00088\"\"\"\n,,,,\n")
            << QStringList{row};
        QTest::newRow("every field quoted")
            << QByteArray("\"--PJHxphWEs\",\"30\",\"40\",\"/m/09x0r,/t/dd00088\"\n") << QStringList{row};
        QTest::newRow("comments between and after")
            << QByteArray("# a\n--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/t/dd00088\"\n# b\nAgi5ySKb1tY, "
                          "23.700, 33.700, \"/m/04rlf\"\n# c\n")
            << QStringList{row, u"Agi5ySKb1tY 23700-33700 /m/04rlf"_s};
        QTest::newRow("a label twice counts once")
            << QByteArray("--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/m/09x0r,/t/dd00088\"\n")
            << QStringList{row};
    }
    void forms()
    {
        QFETCH(QByteArray, text);
        const auto split = readSplit(file(text));
        VERIFY_OK(split);
        QTEST(rowsOf(split->table), "rows");
        QCOMPARE(linesOf(split->problems), QStringList());
    }

    void times_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QByteArray>("end");
        for (const QByteArray time :
             {"0.000",        "0.001",      "9.999",    "30.000",    "99.990",     "123.456",
              "999.999",      "1234.567",   "9989.999", "12345.678", "123456.789", "0030.000",
              "00000030.000", "30.0000",    "30.00",    "30.",       ".500",       "30",
              "30,000",       "3:.000",     "3/.000",   "30.0:0",    "30.0/0",     "30.00 ",
              " 30.000",      "30.000.000", "-3.000",   "+3.000",    "3e1.000",    "\xb0\xb0.\xb0\xb0\xb0",
              "4294967.295",  "4294967.296"})
            QTest::addRow("%s", time.toHex().constData()) << time << QByteArray("20000.000");
        QTest::newRow("no length") << QByteArray("30.000") << QByteArray("30.000");
        QTest::newRow("end before start") << QByteArray("40.000") << QByteArray("30.000");
    }
    /// A line just as AudioSet writes it is read another way than all others: to the same end.
    void times()
    {
        QFETCH(QByteArray, start);
        QFETCH(QByteArray, end);
        const QByteArray more = QByteArray("Agi5ySKb1tY, 23.700, 33.700, \"/m/04rlf\"\n").repeated(2);
        for (int size = 0; size < 24; ++size) {
            const QByteArray rest = start + ", " + end + ", \"/m/" + QByteArray(size, 'x') + "\"\n" + more;
            const auto official = readSplit(file("--PJHxphWEs, " + rest));
            const auto other = readSplit(file("--PJHxphWEs,  " + rest));
            VERIFY_OK(official);
            VERIFY_OK(other);
            QCOMPARE(rowsOf(official->table), rowsOf(other->table));
            QCOMPARE(linesOf(official->problems), linesOf(other->problems));
        }
    }

    void problems_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("reason");
        QTest::newRow("path as id") << QByteArray("../../x, 0, 10, \"/m/09x0r\"")
                                    << u"the id “../../x” is not 11 characters of A-Z, a-z, 0-9, _ and -"_s;
        QTest::newRow("NUL in the id")
            << QByteArray("abc\0EF01234, 0, 10, \"/m/09x0r\"", 30)
            << u"the id “abc\uFFFDEF01234” is not 11 characters of A-Z, a-z, 0-9, _ and -"_s;
        QTest::newRow("too few fields")
            << QByteArray("abcDEF01234, 0, 10")
            << u"expected YTID, start_seconds, end_seconds, labels; found 3 of these 4"_s;
        QTest::newRow("start") << QByteArray("abcDEF01234, x, 10, \"/m/09x0r\"")
                               << u"the start “x” is not a time in seconds, such as 30.000"_s;
        QTest::newRow("end") << QByteArray("abcDEF01234, 0, -3, \"/m/09x0r\"")
                             << u"the end “-3” is not a time in seconds, such as 40.000"_s;
        QTest::newRow("end before start") << QByteArray("abcDEF01234, 40, 30, \"/m/09x0r\"")
                                          << u"the end (30 s) is not after the start (40 s)"_s;
        QTest::newRow("no length") << QByteArray("abcDEF01234, 30, 30, \"/m/09x0r\"")
                                   << u"the end (30 s) is not after the start (30 s)"_s;
        QTest::newRow("no label") << QByteArray("abcDEF01234, 0, 10, \"\"")
                                  << u"there is no label; expected ids such as /m/09x0r"_s;
        QTest::newRow("name as label")
            << QByteArray("abcDEF01234, 0, 10, Speech") << u"“Speech” is not a label id such as /m/09x0r"_s;
        QTest::newRow("label with a quote") << QByteArray("abcDEF01234, 0, 10, \"/m/09\"\"x0r\"")
                                            << u"“/m/09\"x0r” is not a label id such as /m/09x0r"_s;
        QTest::newRow("label with a newline")
            << QByteArray("abcDEF01234, 0, 10, \"/m/09\nx0r\"")
            << u"a quote that is opened is not closed, or is followed by more text"_s;
        QTest::newRow("official but for a newline")
            << QByteArray("abcDEF01234, 0.000, 10.000, \"/m/09\nx0r\"")
            << u"a quote that is opened is not closed, or is followed by more text"_s;
        QTest::newRow("destroyed by a spreadsheet")
            << QByteArray("#NAME?,30,40,\"/m/09x0r\"")
            << u"a spreadsheet took the id for a formula and replaced it; take this line from the original file"_s;
        QTest::newRow("longer than any line")
            << QByteArray(100'000, 'x') << u"the line is longer than 65,536 bytes"_s;
        QTest::newRow("official but for its length")
            << "abcDEF01234, 0.000, 10.000, \"/m/" + QByteArray(65'510, 'x') + '"'
            << u"the line is longer than 65,536 bytes"_s;
    }
    void problems()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, reason);
        const QByteArray good = "--PJHxphWEs, 30.000, 40.000, \"/m/09x0r\"\n";
        const auto split =
            readSplit(file("# a\n" + good + line + "\nAgi5ySKb1tY, 23.700, 33.700, \"/m/04rlf\"\n"));
        VERIFY_OK(split);
        QCOMPARE(split->table.size(), Row{2});
        QVERIFY(split->problemCount >= 1);
        QCOMPARE(linesOf(split->problems).constFirst(), u"3: "_s + reason);
    }

    void theSameSegmentTwice()
    {
        const auto split = readSplit(file("bbbbbbbbbbb, 0, 10, \"/m/1\"\naaaaaaaaaaa, 0, 10, \"/m/1\"\n"
                                          "bbbbbbbbbbb, 0, 10, \"/m/2\"\nbbbbbbbbbbb, 5, 15, \"/m/2\"\n"));
        VERIFY_OK(split);
        QCOMPARE(rowsOf(split->table),
                 (QStringList{u"bbbbbbbbbbb 0-10000 /m/1"_s, u"aaaaaaaaaaa 0-10000 /m/1"_s,
                              u"bbbbbbbbbbb 5000-15000 /m/2"_s}));
        QCOMPARE(linesOf(split->problems), QStringList{u"3: the same segment as in line 1"_s});
        for (Row row = 0; row < split->table.size(); ++row)
            QCOMPARE(split->table.find(split->table.key(row)), std::optional(row));
        QVERIFY(!split->table.find({*YtId::parse("bbbbbbbbbbb"), 0, 9'000}));
    }

    void manyProblemsAreCounted()
    {
        const QByteArray text =
            "--PJHxphWEs, 30.000, 40.000, \"/m/09x0r\"\n" + QByteArray("no\n").repeated(20'000);
        const auto split = readSplit(file(text));
        VERIFY_OK(split);
        QCOMPARE(split->problemCount, 20'000);
        QCOMPARE(split->problems.size(), Split::MostProblems);
    }

    /// Beyond the size from which a second thread reads.
    void manyLabels()
    {
        constexpr int count = 120'000;
        const auto split = readSplit(file(labelled(count)));
        VERIFY_OK(split);
        QCOMPARE(split->problemCount, 0);
        QCOMPARE(split->table.size(), Row{count});
        for (int row = 0; row < count; ++row)
            QCOMPARE(split->table.midList(static_cast<Row>(row)), "/m/" + QByteArray::number(row));
    }

    void tooManyLabels()
    {
        constexpr std::size_t most = 65'535;
        const auto split = readSplit(file(labelled(65'600)), {}, {}, most);
        VERIFY_OK(split);
        QCOMPARE(split->table.size(), Row{most});
        QCOMPARE(split->problemCount, 65);
        QCOMPARE(split->problems[0].reason, u"the file has more than 65,535 different labels"_s);
        QCOMPARE(split->problems[0].line, 65'536);
    }

    void unreadable_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("code");
        QTest::newRow("missing") << m_folder.filePath(u"nothing.csv"_s)
                                 << static_cast<int>(ErrorCode::NotFound);
        QTest::newRow("folder") << m_folder.path() << static_cast<int>(ErrorCode::Unreadable);
        QTest::newRow("empty") << file("") << static_cast<int>(ErrorCode::BadInput);
        QTest::newRow("only comments") << file("# a\n# b\n") << static_cast<int>(ErrorCode::BadInput);
        QTest::newRow("binary") << file(QByteArray("\x7f"
                                                   "ELF\0\0\1\2\n\0\3",
                                                   11)
                                            .repeated(1'000))
                                << static_cast<int>(ErrorCode::BadInput);
        QTest::newRow("another kind of text")
            << file("<html>\n<body>\n") << static_cast<int>(ErrorCode::BadInput);
        QTest::newRow("one endless line")
            << file(QByteArray(5'000'000, 'x')) << static_cast<int>(ErrorCode::BadInput);
    }
    void unreadable()
    {
        QFETCH(QString, path);
        QFETCH(int, code);
        const auto split = readSplit(path);
        COMPARE_ERROR(split, static_cast<ErrorCode>(code));
        QVERIFY2(split.error().text.contains(path), qUtf8Printable(split.error().text));
    }

    void reportsProgressAndCanBeCancelled()
    {
        const QString path = file(QByteArray("--PJHxphWEs, 30.000, 40.000, \"/m/09x0r\"\n") +
                                  QByteArray("# filling\n").repeated(400'000));
        qint64 last = 0;
        const auto whole = readSplit(path, {}, [&last](qint64 done, qint64 total) {
            QVERIFY(done > last && done <= total);
            last = done;
        });
        VERIFY_OK(whole);
        QCOMPARE(last, QFileInfo(path).size());

        std::stop_source stop;
        const auto cancelled =
            readSplit(path, stop.get_token(), [&stop](qint64, qint64) { stop.request_stop(); });
        COMPARE_ERROR(cancelled, ErrorCode::Cancelled);
    }

    void twoThreads_data()
    {
        QTest::addColumn<QByteArray>("lineEnd");
        QTest::addColumn<int>("shift"); // of the middle of the file within a line
        for (int shift = 0; shift < 340; shift += 31) {
            QTest::addRow("LF, %d", shift) << QByteArray("\n") << shift;
            QTest::addRow("CRLF, %d", shift) << QByteArray("\r\n") << shift;
        }
    }
    /// The same as one thread would read, wherever the file is cut in two.
    void twoThreads()
    {
        QFETCH(QByteArray, lineEnd);
        QFETCH(int, shift);
        constexpr int count = 13'000; // of 170 bytes: two million bytes and more
        QByteArray text = "#" + QByteArray(shift, 'x') + lineEnd;
        for (int row = 0; row < count; ++row)
            text += (row % 4'000 == 3'999 ? QByteArray("no") : lineOf(row)) + lineEnd;
        QVERIFY(text.size() > 2 * 1024 * 1024);
        const auto split = readSplit(file(text));
        VERIFY_OK(split);
        QCOMPARE(
            linesOf(split->problems),
            (QStringList{u"4001: expected YTID, start_seconds, end_seconds, labels; found 1 of these 4"_s,
                         u"8001: expected YTID, start_seconds, end_seconds, labels; found 1 of these 4"_s,
                         u"12001: expected YTID, start_seconds, end_seconds, labels; found 1 of these 4"_s}));
        QCOMPARE(split->table.size(), Row{count - 3});
        QCOMPARE(split->table.setCount(), std::size_t{7});
        Row at = 0;
        for (int row = 0; row < count; ++row) {
            if (row % 4'000 == 3'999)
                continue;
            QCOMPARE(split->table.key(at).ytid.toString(), QString::number(10'000'000'000 + row));
            QCOMPARE(split->table.midList(at), labelsOf(row));
            ++at;
        }
    }

    void aroundTheSizeThatTakesTwoThreads_data()
    {
        QTest::addColumn<int>("size");
        for (const int more : {-1, 0, 1})
            QTest::addRow("%d", more) << 2 * 1024 * 1024 + more;
    }
    void aroundTheSizeThatTakesTwoThreads()
    {
        QFETCH(int, size);
        QByteArray text = lineOf(1) + '\n';
        const QByteArray last = '\n' + lineOf(2); // without a line end
        text += "#" + QByteArray(size - text.size() - last.size() - 1, 'x').replace(500, 1, "\n") + last;
        QCOMPARE(text.size(), size);
        const auto split = readSplit(file(text));
        VERIFY_OK(split);
        QCOMPARE(split->table.size(), Row{2});
        QCOMPARE(split->problemCount, 1); // the long one that follows the comment
    }

    void aLineLongerThanAPart()
    {
        const QByteArray endless(3'000'000, 'x');
        const auto split =
            readSplit(file(lineOf(1) + '\n' + endless + '\n' + lineOf(2) + '\n' + lineOf(2) + '\n'));
        VERIFY_OK(split);
        QCOMPARE(split->table.size(), Row{2});
        QCOMPARE(linesOf(split->problems), (QStringList{u"2: the line is longer than 65,536 bytes"_s,
                                                        u"4: the same segment as in line 3"_s}));
    }

    void theSameSegmentInBothHalves()
    {
        QByteArray text = lineOf(1) + "\n\n";
        for (int row = 100; row < 13'100; ++row)
            text += lineOf(row) + '\n';
        const auto split = readSplit(file(text + lineOf(1) + '\n'));
        VERIFY_OK(split);
        QCOMPARE(linesOf(split->problems), QStringList{u"13003: the same segment as in line 1"_s});
        QCOMPARE(split->table.find(split->table.key(13'000)), std::optional(Row{13'000}));
    }

    void aFileThatIsCutOffWhileItIsRead()
    {
        QByteArray text;
        for (int row = 0; row < 40'000; ++row)
            text += lineOf(row) + '\n';
        const QString path = file(text);
        bool isCut = false;
        const auto split = readSplit(path, {}, [&](qint64, qint64) {
            if (!isCut)
                isCut = QFile::resize(path, 300'000);
        });
        QVERIFY(isCut);
        VERIFY_OK(split);
        QVERIFY(split->table.size() > 0 && split->table.size() <= 40'000);
    }

    void isCancelledBeforeItBegins()
    {
        std::stop_source stop;
        stop.request_stop();
        COMPARE_ERROR(readSplit(file(QByteArray("# filling\n").repeated(400'000)), stop.get_token()),
                      ErrorCode::Cancelled);
    }

    void theSample()
    {
        const auto split = readSampleSplit();
        VERIFY_OK(split);
        QCOMPARE(split->problemCount, 0);
        QCOMPARE(split->table.size(), Row{60});
        bool hasFraction = false;
        bool hasShort = false;
        for (Row row = 0; row < split->table.size(); ++row) {
            const SegmentKey key = split->table.key(row);
            hasFraction = hasFraction || key.startMs % 1000 != 0;
            hasShort = hasShort || key.durationMs() < 10'000;
            for (const LabelNumber label : split->table.labels(row))
                QVERIFY(LabelMap::builtIn().find(split->table.mid(label)));
        }
        QVERIFY(hasFraction);
        QVERIFY(hasShort);
    }

    void theBalancedSplit()
    {
        const QString path = test::sharedData(u"balanced_train_segments.csv"_s);
        if (path.isEmpty())
            return; // the forms above hold without it
        const auto split = readSplit(path);
        VERIFY_OK(split);
        QCOMPARE(split->table.size(), Row{22'160});
        QCOMPARE(split->problemCount, 0);
        QCOMPARE(split->table.labelCount(), std::size_t{527});
        for (std::size_t label = 0; label < split->table.labelCount(); ++label)
            QVERIFY(LabelMap::builtIn().find(split->table.mid(static_cast<LabelNumber>(label))));
    }

private:
    /// Lines with a label of its own each.
    static QByteArray labelled(int lines)
    {
        QByteArray text;
        for (int line = 0; line < lines; ++line)
            text += "aaaaa" + QByteArray::number(line).rightJustified(6, '0') + ", 0, 10, \"/m/" +
                    QByteArray::number(line) + "\"\n";
        return text;
    }
    static QByteArray labelsOf(int row)
    {
        QByteArray labels;
        for (int label = 0; label < 15; ++label)
            labels += (label == 0 ? "/m/" : ",/m/") + QByteArray::number(10'000 + label + row % 7);
        return labels;
    }
    static QByteArray lineOf(int row)
    {
        return QByteArray::number(10'000'000'000 + row) + ", 30.000, 40.000, \"" + labelsOf(row) + '"';
    }
    QString file(const QByteArray &content)
    {
        return test::writeFile(m_folder.filePath(u"split%1.csv"_s.arg(++m_files)), content);
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestSplitReader)
#include "tst_splitreader.moc"
