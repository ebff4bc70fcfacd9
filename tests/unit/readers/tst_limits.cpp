#include "classes/labelmap.h"
#include "classes/ontology.h"
#include "classes/qualityratings.h"
#include "readers/segmentfile.h"
#include "segments/sampling.h"
#include "support/resulttest.h"
#include "support/testmain.h"

#include <QTemporaryDir>

#include <functional>
#include <numeric>

using namespace earmark;
using namespace earmark::classes;
using namespace earmark::readers;
using namespace earmark::segments;
using namespace Qt::StringLiterals;

using Reader = std::function<Result<void>(const QString &path, const std::stop_token &stop)>;
Q_DECLARE_METATYPE(Reader)

namespace {

template <class T>
Result<void> outcomeOf(const Result<T> &result)
{
    return result ? Result<void>() : Result<void>(tl::unexpected(result.error()));
}

const Reader Segments = [](const QString &path, const std::stop_token &stop) {
    return outcomeOf(readSegments(path, stop));
};
const Reader Labels = [](const QString &path, const std::stop_token &stop) {
    return outcomeOf(LabelMap::read(path, stop));
};
const Reader Ratings = [](const QString &path, const std::stop_token &stop) {
    return outcomeOf(QualityRatings::read(path, stop));
};
const Reader Tree = [](const QString &path, const std::stop_token &) {
    return outcomeOf(Ontology::read(path));
};

QByteArray labelsOf(int count)
{
    QByteArrayList labels;
    for (int label = 0; label < count; ++label)
        labels.append("/m/x" + QByteArray::number(label));
    return labels.join(',');
}

/// Classes of an ontology, each with these children.
QByteArray ontology(int count, const std::function<QList<int>(int)> &childrenOf)
{
    QByteArrayList classes;
    for (int number = 0; number < count; ++number) {
        QByteArrayList children;
        for (const int child : childrenOf(number))
            children.append("\"/m/x" + QByteArray::number(child) + '"');
        const QByteArray name = QByteArray::number(number);
        classes.append("{\"id\":\"/m/x" + name + "\",\"name\":\"N" + name + "\",\"child_ids\":[" +
                       children.join(',') + "]}");
    }
    return '[' + classes.join(",\n") + ']';
}

/// The lines of `line`, a number in the place of each '#'.
QByteArray numbered(const QByteArray &line, int count)
{
    QByteArray text;
    for (int number = 0; number < count; ++number)
        text += QByteArray(line).replace('#', QByteArray::number(number));
    return text;
}

} // namespace

/// Files that are made to fill the memory, the stack or a day.
class TestLimits final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<Reader>("read");
        QTest::addColumn<QString>("reason"); // a part of the error's sentence
        QTest::newRow("ontology: a chain of 200,000 classes")
            << QByteArray('[' + numbered("{\"id\":\"/m/#\",\"name\":\"#\",\"child_ids\":[]},", 200'000) +
                          "{}]")
            << Tree << u"larger than 4.0 MB"_s;
        const auto chain = [](int number) { return number == 0 ? QList<int>() : QList<int>{number - 1}; };
        QTest::newRow("ontology: a chain of 10,000 classes")
            << ontology(10'000, chain) << Tree << u"below more than 99 others"_s;
        QTest::newRow("ontology: 10,001 classes")
            << ontology(10'001, [](int) { return QList<int>(); }) << Tree << u"the limit is 10,000"_s;
        QTest::newRow("ontology: 2^50 places") << ontology(102, [](int number) {
            const int below = (number / 2 + 1) * 2;
            return below < 102 ? QList<int>{below, below + 1} : QList<int>();
        }) << Tree << u"more than 100,000 places"_s;
        QTest::newRow("ontology: a circle") << ontology(5, [](int number) {
            return number == 0 ? QList<int>{1} : number < 3 ? QList<int>{number + 1} : QList<int>{1};
        }) << Tree << u"is below itself"_s;
        QTest::newRow("ontology: nested a million times")
            << QByteArray(1'000'000, '[') << Tree << u"is not JSON"_s;
        QTest::newRow("manifest: nested")
            << QByteArray("{\"audio_filepath\":" + QByteArray(60'000, '[') + '\n') << Segments
            << u"Line 1: this is not a JSON object"_s;
        QTest::newRow("manifest: a long line")
            << QByteArray("{" + QByteArray(70'000, ' ') + "}\n") << Segments
            << u"Line 1: the line is longer than 65,536 bytes"_s;
        QTest::newRow("list: a long line")
            << QByteArray("ytid,start,end,label\n" + QByteArray(70'000, 'x') + '\n') << Segments
            << u"Line 2: the line is longer than 65,536 bytes"_s;
        QTest::newRow("labels: a long line")
            << QByteArray("0,/m/09x0r,Speech\n1,/m/x,\"" + QByteArray(70'000, 'x') + "\"\n") << Labels
            << u"line 2: the line is longer than 65,536 bytes"_s;
        QTest::newRow("labels: too many")
            << numbered("#,/m/#,N#\n", 65'536) << Labels << u"line 65536: more than 65,535 classes"_s;
        QTest::newRow("labels: an id that is not UTF-8")
            << QByteArray("0,/m/09x0r,Speech\n1,/m/\xff\xfe,Dog\n") << Labels << u"line 2: the class /m/"_s;
        QTest::newRow("labels: an id with a control character")
            << QByteArray("0,/m/\x1b]0;x\x07,Speech\n") << Labels << u"holds control characters"_s;
        QTest::newRow("labels: a name with a control character")
            << QByteArray("0,/m/09x0r,\"Spe\x1b[2Jech\"\n") << Labels << u"holds control characters"_s;
        QTest::newRow("ratings: too many")
            << numbered("/m/#,10,5\n", 65'536) << Ratings << u"line 65536: more than 65,535 classes"_s;
        QTest::newRow("ratings: a long line")
            << QByteArray("/m/09x0r,10,5\n/" + QByteArray(70'000, 'x')) << Ratings << u"line 2: expected"_s;
    }
    void refuses()
    {
        QFETCH(QByteArray, content);
        QFETCH(Reader, read);
        QFETCH(QString, reason);
        const QString path = file(content);
        const auto outcome = read(path, {});
        COMPARE_ERROR(outcome, ErrorCode::BadInput);
        QVERIFY2(outcome.error().text.contains(reason), qPrintable(outcome.error().text));
        QVERIFY2(outcome.error().text.contains(path), qPrintable(outcome.error().text));
        for (const QChar character : outcome.error().text)
            QVERIFY2(character.isPrint(), qPrintable(outcome.error().text));
    }

    /// Of a segment, beyond which each further label would cost more than the one before.
    void labelsOfASegment_data()
    {
        QTest::addColumn<QByteArray>("content");
        const QByteArray more = labelsOf(300);
        QTest::newRow("split") << QByteArray("--PJHxphWEs, 30.000, 40.000, \"" + more + "\"\n" +
                                             "-0RWZT-miFs, 30.000, 40.000, \"" + labelsOf(256) + "\"\n");
        QTest::newRow("list") << QByteArray("ytid,start,end,labels\n--PJHxphWEs,30,40,\"" + labelsOf(256) +
                                            "\"\n--PJHxphWEs,30,40,one more\n");
        QTest::newRow("manifest") << QByteArray(
            "{\"audio_filepath\":\"Y--PJHxphWEs_30_40.wav\",\"labels\":[\"" +
            QByteArray(more).replace(',', "\",\"") + "\"]}\n");
    }
    void labelsOfASegment()
    {
        QFETCH(QByteArray, content);
        const auto split = readSegments(file(content));
        VERIFY_OK(split);
        QCOMPARE(split->problemCount, 1);
        QVERIFY2(split->problems[0].reason.contains(u"more than 256 labels"_s),
                 qPrintable(split->problems[0].reason));
        QCOMPARE(split->table.size(), Row(1));
        QCOMPARE(split->table.labels(0).size(), std::size_t(256));
    }

    void isCancelled_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<Reader>("read");
        QTest::newRow("split") << numbered("--PJHxphWEs, 30.000, 40.000, \"/m/09x0r\"\n", 1) << Segments;
        QTest::newRow("list") << QByteArray("ytid,start,end,label\n--PJHxphWEs,30,40,x\n") << Segments;
        QTest::newRow("manifest") << QByteArray("{\"audio_filepath\":\"Y--PJHxphWEs_30_40.wav\"}")
                                  << Segments;
        QTest::newRow("strong labels") << QByteArray("--PJHxphWEs_30000\t0\t1\t/m/09x0r\n") << Segments;
        QTest::newRow("labels") << QByteArray("0,/m/09x0r,Speech\n") << Labels;
        QTest::newRow("ratings") << QByteArray("/m/09x0r,10,5\n") << Ratings;
    }
    void isCancelled()
    {
        QFETCH(QByteArray, content);
        QFETCH(Reader, read);
        std::stop_source stop;
        stop.request_stop();
        COMPARE_ERROR(read(file(content), stop.get_token()), ErrorCode::Cancelled);
    }

    /// Between reading the last line and the table there is work, too.
    void isCancelledAfterTheLastLine_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("split, all repeated")
            << QByteArray("--PJHxphWEs, 30.000, 40.000, \"/m/09x0r\"\n").repeated(100);
        QTest::newRow("list") << QByteArray("ytid,start,end,label\n--PJHxphWEs,30,40,x\n");
        QTest::newRow("manifest") << QByteArray(
            "{\"audio_filepath\":\"Y--PJHxphWEs_30_40.wav\",\"labels\":[\"x\"]}"
            "\n");
    }
    void isCancelledAfterTheLastLine()
    {
        QFETCH(QByteArray, content);
        std::stop_source stop;
        const auto split = readSegments(file(content), stop.get_token(), [&](qint64 done, qint64 total) {
            if (done == total)
                stop.request_stop();
        });
        COMPARE_ERROR(split, ErrorCode::Cancelled);
    }

    void samplingIsCancelled()
    {
        const auto split = readSampleSplit();
        VERIFY_OK(split);
        std::vector<Row> all(split->table.size());
        std::iota(all.begin(), all.end(), Row{0});
        std::stop_source stop;
        const std::vector<QByteArray> classes{"/m/09x0r"};
        QVERIFY(!samplePerClass(split->table, all, classes, 5, 1, stop.get_token()).rows.empty());
        QVERIFY(!sampleAtRandom(split->table, all, 5, 1, stop.get_token()).empty());
        stop.request_stop();
        QVERIFY(samplePerClass(split->table, all, classes, 5, 1, stop.get_token()).rows.empty());
        QVERIFY(sampleAtRandom(split->table, all, 5, 1, stop.get_token()).empty());
    }

private:
    QString file(const QByteArray &content) { return test::writeFile(m_folder.filePath(u"file"_s), content); }

    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(TestLimits)
#include "tst_limits.moc"
