#include "readers/officialrow.h"
#include "readers/segmentfile.h"
#include "support/resulttest.h"
#include "support/splittexts.h"
#include "support/testmain.h"

#include <QTemporaryDir>

#include <thread>

#include <sys/stat.h>

using namespace earmark;
using namespace earmark::readers;
using namespace earmark::segments;
using namespace Qt::StringLiterals;
using test::linesOf;
using test::rowsOf;

/// What a file is, told by what stands in it.
class TestSegmentFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char *name, const QByteArray &text, const QString &kind) {
            QTest::newRow(name) << text << kind;
        };
        row("a split",
            "# Segments csv created Sun Mar  5 10:54:31 2017\n# num_ytids=1, num_segs=1\n"
            "# YTID, start_seconds, end_seconds, positive_labels\n"
            "--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/t/dd00088\"\n",
            u"split"_s);
        row("a split whose header is no comment",
            "YTID,start_seconds,end_seconds,positive_labels\n--PJHxphWEs,30,40,\"/m/09x0r,/t/dd00088\"\n",
            u"split"_s);
        row("a split out of a spreadsheet",
            "\"# x, y\",,\n\"# YTID, start_seconds\",,\n--PJHxphWEs,30,40,\" "
            "\"\"/m/09x0r\",\"/t/dd00088\"\"\"\n",
            u"split"_s);
        row("a split whose first line is broken",
            "#NAME?,30,40,\"/m/09x0r\"\n../../x, 0, 10, \"/m/1\"\n--PJHxphWEs, 30, 40, /m/09x0r\n",
            u"split"_s);
        row("the official header under other separators",
            "YTID;start_seconds;end_seconds;positive_labels\n--PJHxphWEs;30;40;/m/09x0r,/t/dd00088\n",
            u"list"_s);
        row("strong labels", "--PJHxphWEs_30000\t0.0\t1.5\t/m/09x0r\n", u"strong"_s);
        row("framed labels", "segment_id\tstart_time_seconds\tend_time_seconds\tlabel\tpresent\n",
            u"framed"_s);
        row("VGGSound", "--PJHxphWEs,1,people marching,test\n", u"list"_s);
        row("our list, its first labels mids",
            "ytid,start_seconds,end_seconds,labels\n--PJHxphWEs,30,40,\"/m/09x0r\"\n", u"list"_s);
        row("a manifest", "{\"audio_filepath\": \"a.wav\"}\n", u"manifest"_s);
        row("a label file", "index,mid,display_name\n0,/m/09x0r,\"Speech\"\n", u"labels"_s);
        row("a label file without header",
            "0,/m/09x0r,\"Speech\"\n1,/m/05zppz,\"Male speech, man speaking\"\n", u"labels"_s);
        row("the strong labels' names", "/m/09x0r\tSpeech\n/m/05zppz\tMale speech, man speaking\n",
            u"labels"_s);
        row("the ontology", "[\n  {\n    \"id\": \"/m/0dgw9r\",\n    \"child_ids\": [\"/m/09l8g\"]\n  }\n]\n",
            u"ontology"_s);
        row("quality ratings", "label,num_rated,num_true\n/m/09x0r,100,97\n", u"quality"_s);
        row("quality ratings without header", "/m/09x0r,100,97\n", u"quality"_s);
        // Nothing that is known: the split reader says what is wrong.
        row("nothing", "", u"split"_s);
        row("other JSON", "[1, 2]\n", u"split"_s);
        row("a web page", "<!DOCTYPE html>\n<html>\n", u"split"_s);
        row("an open quote", "\"a\nb,c\n", u"split"_s);
        row("NUL", QByteArray("\0\0\0\n", 4), u"split"_s);
    }
    void kinds()
    {
        QFETCH(QByteArray, text);
        const auto form = detectFileFormat(file(text));
        VERIFY_OK(form);
        QTEST(QString(keyword(form->kind)), "kind");
        QVERIFY(!description(form->kind).isEmpty());
    }

    void realFiles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("kind");
        QTest::newRow("balanced") << u"balanced_train_segments.csv"_s << u"split"_s;
        QTest::newRow("AudioSet's labels") << u"class_labels_indices.csv"_s << u"labels"_s;
        QTest::newRow("YAMNet's labels") << u"yamnet_class_map.csv"_s << u"labels"_s;
        QTest::newRow("ontology") << u"ontology.json"_s << u"ontology"_s;
    }
    void realFiles()
    {
        QFETCH(QString, name);
        const QString path = test::sharedData(name);
        if (path.isEmpty())
            return; // the forms above hold without it
        const auto form = detectFileFormat(path);
        VERIFY_OK(form);
        QTEST(QString(keyword(form->kind)), "kind");
    }

    void namesWhatHoldsNoSegment_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("labels") << QByteArray("0,/m/09x0r,\"Speech\"\n") << u"Open label file"_s;
        QTest::newRow("names") << QByteArray("/m/09x0r\tSpeech\n") << u"Open label file"_s;
        QTest::newRow("ontology") << QByteArray("[{\"id\":\"/m/1\",\"child_ids\":[]}]") << u"--ontology"_s;
        QTest::newRow("quality") << QByteArray("/m/09x0r,100,97\n") << u"--quality"_s;
    }
    void namesWhatHoldsNoSegment()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const QString path = file(text);
        const auto split = readSegments(path);
        COMPARE_ERROR(split, ErrorCode::BadInput);
        QVERIFY2(split.error().text.contains(says) && split.error().text.contains(path),
                 qUtf8Printable(split.error().text));
    }

    void unreadable()
    {
        COMPARE_ERROR(readSegments(m_folder.filePath(u"nothing.csv"_s)), ErrorCode::NotFound);
        COMPARE_ERROR(readSegments(m_folder.path()), ErrorCode::Unreadable);
        COMPARE_ERROR(readSegments(file("")), ErrorCode::BadInput);
    }

    void aPipeIsReadToItsEnd_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("rows"); // 0: refused
        const QByteArray line = "--PJHxphWEs, 30.000, 40.000, \"/m/09x0r\"\n";
        QTest::newRow("a split") << line << 1;
        QTest::newRow("a manifest")
            << QByteArray(
                   R"({"audio_filepath":"processed/Y-0RWZT-miFs_30_40.wav","duration":10.0,"labels":["/m/09x0r"]})")
            << 1;
        QTest::newRow("a list") << QByteArray("label;end;YTID;start\nSpeech;40.5;-0RWZT-miFs;30.25\n") << 1;
        QByteArray large; // more than a pipe holds, and than one thread reads
        for (int second = 0; second < 60'000; ++second)
            large += "--PJHxphWEs, " + QByteArray::number(second) + ".000, " +
                     QByteArray::number(second + 1) + ".000, \"/m/09x0r\"\n";
        QTest::newRow("large") << large << 60'000;
        QTest::newRow("empty") << QByteArray() << 0;
        QTest::newRow("not a list") << QByteArray("broken\n") << 0;
    }
    void aPipeIsReadToItsEnd()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, rows);
        const QString path = m_folder.filePath(u"fifo"_s);
        QFile::remove(path);
        QVERIFY(::mkfifo(QFile::encodeName(path).constData(), 0600) == 0);
        const std::jthread writer([&] {
            QFile fifo(path);
            if (fifo.open(QIODevice::WriteOnly))
                fifo.write(text);
        });
        const auto split = readSegments(path);
        if (rows > 0) {
            VERIFY_OK(split);
            QCOMPARE(split->table.size(), static_cast<Row>(rows));
            QCOMPARE(split->path, path);
        } else {
            COMPARE_ERROR(split, ErrorCode::BadInput);
            QVERIFY2(split.error().text.startsWith(path), qUtf8Printable(split.error().text));
        }
    }

    void splitsAreReadAsEver()
    {
        const auto split =
            readSegments(file("# x\n--PJHxphWEs, 30.000, 40.000, \"/m/09x0r,/t/dd00088\"\nno\n"));
        VERIFY_OK(split);
        QCOMPARE(split->kind, FileKind::Split);
        QCOMPARE(rowsOf(split->table), QStringList{u"--PJHxphWEs 30000-40000 /m/09x0r,/t/dd00088"_s});
        QCOMPARE(split->problemCount, 1);
    }

    void whatIsWrittenIsReadBack_data()
    {
        QTest::addColumn<QList<QByteArrayList>>("labels");
        QTest::addColumn<bool>("isOfficial");
        QTest::newRow("mids") << QList<QByteArrayList>{{"/m/09x0r", "/t/dd00088"}, {"/g/122z_qxw"}} << true;
        QTest::newRow("texts") << QList<QByteArrayList>{{"people marching"},
                                                        {"playing violin, fiddle", "people marching"},
                                                        {"“Chöre”", "a \"good\" one", "5\" disc"},
                                                        {"/m/09x0r", "a,b,c"}}
                               << false;
        QTest::newRow("mids first") << QList<QByteArrayList>{{"/m/09x0r"}, {"people marching"}} << false;
    }
    void whatIsWrittenIsReadBack()
    {
        QFETCH(QList<QByteArrayList>, labels);
        QFETCH(bool, isOfficial);
        SegmentTable table;
        for (const QByteArrayList &row : labels) {
            std::vector<std::string_view> views;
            for (const QByteArray &label : row)
                views.emplace_back(label.constData(), static_cast<std::size_t>(label.size()));
            const std::uint32_t start = 23'700 + 1'000 * table.size();
            QVERIFY(table.append({*YtId::parse("--PJHxphWEs"), start, start + 10'000}, views));
        }
        QCOMPARE(hasOnlyMids(table), isOfficial);
        QString list = listHeader() + u'\n';
        QString split;
        for (Row row = 0; row < table.size(); ++row) {
            list += listLine(table, row) + u'\n';
            split += splitLine(table, row) + u'\n';
        }
        const QStringList written = isOfficial ? QStringList{list, split} : QStringList{list};
        for (const QString &text : written) {
            const auto back = readSegments(file(text.toUtf8()));
            VERIFY_OK(back);
            QCOMPARE(linesOf(back->problems), QStringList());
            QCOMPARE(rowsOf(back->table), rowsOf(table));
        }
    }

private:
    QString file(const QByteArray &content)
    {
        // The name says nothing.
        return test::writeFile(m_folder.filePath(u"file%1"_s.arg(++m_files)), content);
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestSegmentFile)
#include "tst_segmentfile.moc"
