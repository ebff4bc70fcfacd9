#include "readers/segmentfile.h"
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

namespace {

const QByteArray Header = "segment_id\tstart_time_seconds\tend_time_seconds\tlabel\n";
const QByteArray FramedHeader = "segment_id\tstart_time_seconds\tend_time_seconds\tlabel\tpresent\n";

} // namespace

/// AudioSet's strong labels: rows are events, segments the clips that they are in.
class TestStrongLabels final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gathersClips_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QStringList>("rows");
        const QStringList one{u"b0RFKhbpFJA 30000-40000 /m/03m9d0z,/m/05zppz"_s};
        const QByteArray events = "b0RFKhbpFJA_30000\t0.000\t10.000\t/m/03m9d0z\n"
                                  "b0RFKhbpFJA_30000\t4.753\t5.720\t/m/05zppz\n"
                                  "b0RFKhbpFJA_30000\t7.030\t7.600\t/m/03m9d0z\n";
        const auto row = [](const char *name, const QByteArray &text, const QStringList &rows,
                            const QString &format = u"strong"_s) {
            QTest::newRow(name) << text << format << rows;
        };
        row("with the header", Header + events, one);
        row("without it", events, one);
        row("CRLF and byte-order mark", "\xEF\xBB\xBF" + Header + QByteArray(events).replace('\n', "\r\n"),
            one);
        row("the last underscore parts id and start",
            "s9_-_nhuJC__0\t2.627\t7.237\t/m/053hz1\n_________-__590000\t0\t1\t/m/053hz1\n",
            {u"s9_-_nhuJC_ 0-10000 /m/053hz1"_s, u"_________-_ 590000-600000 /m/053hz1"_s});
        row("a start that is no whole second", "Agi5ySKb1tY_23700\t0\t1\t/m/04rlf\n",
            {u"Agi5ySKb1tY 23700-33700 /m/04rlf"_s});
        row("rows of a clip that are apart",
            Header + "aaaaaaaaaaa_0\t0\t1\t/m/1a\nbbbbbbbbbbb_0\t0\t1\t/m/2b\naaaaaaaaaaa_0\t2\t3\t/m/3c\n"
                     "bbbbbbbbbbb_10000\t2\t3\t/m/3c\naaaaaaaaaaa_0\t4\t5\t/m/1a\n",
            {u"aaaaaaaaaaa 0-10000 /m/1a,/m/3c"_s, u"bbbbbbbbbbb 0-10000 /m/2b"_s,
             u"bbbbbbbbbbb 10000-20000 /m/3c"_s});
        row("columns in another order",
            "label\tsegment_id\tend_time_seconds\tstart_time_seconds\n/m/1a\taaaaaaaaaaa_0\t1\t0\n",
            {u"aaaaaaaaaaa 0-10000 /m/1a"_s});
        row("framed: those that are present",
            FramedHeader + "aaaaaaaaaaa_30000\t0.000\t0.960\t/m/1a\tPRESENT\n"
                           "aaaaaaaaaaa_30000\t0.000\t0.960\t/m/2b\tNOT_PRESENT\n"
                           "aaaaaaaaaaa_30000\t0.960\t1.920\t/m/1a\tPRESENT\n"
                           "bbbbbbbbbbb_30000\t0.960\t1.920\t/m/1a\tNOT_PRESENT\n",
            {u"aaaaaaaaaaa 30000-40000 /m/1a"_s}, u"framed"_s);
        row("framed, without the header", "aaaaaaaaaaa_30000\t0.000\t0.960\t/m/1a\tPRESENT\n",
            {u"aaaaaaaaaaa 30000-40000 /m/1a"_s}, u"framed"_s);
    }
    void gathersClips()
    {
        QFETCH(QByteArray, text);
        const auto split = readSegments(file(text));
        VERIFY_OK(split);
        QTEST(QString(keyword(split->kind)), "format");
        QTEST(rowsOf(split->table), "rows");
        QCOMPARE(linesOf(split->problems), QStringList());
        QVERIFY(!split->isUsualLength); // these clips are 10 s long, nothing is assumed
    }

    void problems_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("reason");
        QTest::newRow("no start") << QByteArray("aaaaaaaaaaa\t0\t1\t/m/1a")
                                  << u"“aaaaaaaaaaa” is not a video's id and a start in milliseconds, such "
                                     "as Agi5ySKb1tY_23700"_s;
        QTest::newRow("a start in seconds")
            << QByteArray("aaaaaaaaaaa_30.5\t0\t1\t/m/1a")
            << u"“aaaaaaaaaaa_30.5” is not a video's id and a start in milliseconds, such as Agi5ySKb1tY_23700"_s;
        QTest::newRow("beyond all time")
            << QByteArray("aaaaaaaaaaa_4294967295\t0\t1\t/m/1a")
            << u"“aaaaaaaaaaa_4294967295” is not a video's id and a start in milliseconds, such as Agi5ySKb1tY_23700"_s;
        QTest::newRow("a bad time") << QByteArray("aaaaaaaaaaa_0\t0\tx\t/m/1a")
                                    << u"the end “x” is not a time in seconds, such as 30.000"_s;
        QTest::newRow("no label") << QByteArray("aaaaaaaaaaa_0\t0\t1") << u"there is no label"_s;
    }
    void problems()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, reason);
        const auto split = readSegments(file(Header + "bbbbbbbbbbb_0\t0\t1\t/m/2b\n" + line + '\n'));
        VERIFY_OK(split);
        QCOMPARE(rowsOf(split->table), QStringList{u"bbbbbbbbbbb 0-10000 /m/2b"_s});
        QCOMPARE(linesOf(split->problems), QStringList{u"3: "_s + reason});
    }

    void aFrameIsPresentOrNot()
    {
        const auto split = readSegments(file(FramedHeader + "aaaaaaaaaaa_0\t0\t0.96\t/m/1a\tPRESENT\n"
                                                            "aaaaaaaaaaa_0\t0\t0.96\t/m/2b\tperhaps\n"));
        VERIFY_OK(split);
        QCOMPARE(linesOf(split->problems), QStringList{u"3: “perhaps” is neither PRESENT nor NOT_PRESENT"_s});
    }

    /// As many rows for a clip as in the real file, which has 934,821 of 103,463 clips; a part of it, so that
    /// the checked builds stay quick.
    void aLargeFileWithProgress()
    {
        constexpr int Clips = 10'000;
        QByteArray text = Header;
        for (int row = 0; row < 9 * Clips; ++row) {
            const int clip = row % 10 == 0 ? (row * 7) % Clips : row / 9; // one in ten is elsewhere
            text += QByteArray::number(clip).rightJustified(11, '_') + "_30000\t0.000\t1.500\t/m/" +
                    QByteArray::number(row % 447) + "x\n";
        }
        const QString path = file(text);
        qint64 last = 0;
        const auto split = readSegments(path, {}, [&last](qint64 done, qint64 total) {
            QVERIFY(done > last && done <= total);
            last = done;
        });
        VERIFY_OK(split);
        QCOMPARE(last, text.size());
        QCOMPARE(split->table.size(), Row{Clips});
        QCOMPARE(split->table.labelCount(), std::size_t{447});
        QCOMPARE(split->problemCount, 0);

        std::stop_source stop;
        const auto cancelled =
            readSegments(path, stop.get_token(), [&stop](qint64, qint64) { stop.request_stop(); });
        COMPARE_ERROR(cancelled, ErrorCode::Cancelled);
    }

private:
    QString file(const QByteArray &content)
    {
        return test::writeFile(m_folder.filePath(u"events%1.csv"_s.arg(++m_files)), content);
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestStrongLabels)
#include "tst_stronglabels.moc"
