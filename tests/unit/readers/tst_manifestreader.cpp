#include "readers/segmentfile.h"
#include "support/resulttest.h"
#include "support/splittexts.h"
#include "support/testmain.h"

#include <QTemporaryDir>

using namespace earmark;
using namespace earmark::readers;
using namespace Qt::StringLiterals;
using test::linesOf;
using test::rowsOf;

class TestManifestReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("rows");
        const QStringList one{u"--PJHxphWEs 30000-40000 /m/09x0r,/t/dd00088"_s};
        QTest::newRow("ours")
            << QByteArray(
                   R"({"audio_filepath":"processed/Y--PJHxphWEs_30_40.wav","duration":10.0,"labels":["/m/09x0r","/t/dd00088"]})"
                   "\n"
                   R"({"audio_filepath":"processed/YAgi5ySKb1tY_23.7_33.7.wav","duration":9.5,"labels":["/m/04rlf"]})"
                   "\n")
            << (one + QStringList{u"Agi5ySKb1tY 23700-33700 /m/04rlf"_s});
        QTest::newRow("elsewhere, other keys, blank lines, CRLF")
            << QByteArray(
                   "\r\n"
                   R"( {"text": "", "labels": ["/m/09x0r", "/t/dd00088"], "offset": 0.0, "audio_filepath": "/data/set/Y--PJHxphWEs_30_40.flac"})"
                   "\r\n\r\n")
            << one;
        QTest::newRow("without Y, a prefix, ids beside indices")
            << QByteArray(
                   R"({"audio_filepath":"$root/--PJHxphWEs_30_40.wav","labels":[0,506],"mids":["/m/09x0r","/t/dd00088"]})")
            << one;
        QTest::newRow("Windows' folders")
            << QByteArray(
                   R"({"audio_filepath":"C:\\clips\\Y--PJHxphWEs_30_40.wav","labels":["/m/09x0r","/t/dd00088"]})")
            << one;
        QTest::newRow("an AudioFolder's metadata.jsonl")
            << QByteArray(
                   R"({"file_name":"train/Y--PJHxphWEs_30_40.wav","labels":["Speech","Gush"],"mids":["/m/09x0r","/t/dd00088"]})")
            << one;
        QTest::newRow("columns go before the file's name")
            << QByteArray(
                   R"({"audio_filepath":"one.wav","ytid":"--PJHxphWEs","start":30,"end":40,"labels":["/m/09x0r","/t/dd00088"]})"
                   "\n"
                   R"({"audio_filepath":"Yabc.wav","ytid":"Agi5ySKb1tY","start":23.7,"end":33.7,"labels":["/m/04rlf"]})")
            << (one + QStringList{u"Agi5ySKb1tY 23700-33700 /m/04rlf"_s});
        QTest::newRow("columns that are none: the file's name counts")
            << QByteArray(
                   R"({"audio_filepath":"Y--PJHxphWEs_30_40.wav","ytid":"x","start":40,"end":30,"labels":["/m/09x0r","/t/dd00088"]})")
            << one;
        QTest::newRow("texts and names as labels")
            << QByteArray("{\"audio_filepath\":\"Y--PJHxphWEs_30_40.wav\","
                          "\"labels\":[\"playing violin, fiddle\",\"a \\\"b\\\"\",\"Speech\",\"\\u00c4\"]}")
            << QStringList{
                   u"--PJHxphWEs 30000-40000 \"playing violin, fiddle\",\"a \"\"b\"\"\",/m/09x0r,Ä"_s};
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        const auto split = readSegments(file(text));
        VERIFY_OK(split);
        QCOMPARE(split->kind, FileKind::Manifest);
        QTEST(rowsOf(split->table), "rows");
        QCOMPARE(linesOf(split->problems), QStringList());
    }

    void judgements()
    {
        const auto split =
            readSegments(file(R"({"audio_filepath":"Y--PJHxphWEs_30_40.wav","labels":["/m/09x0r"],)"
                              R"("verdict":"reject","flagged":1,"doubted":["/t/dd00088","/m/09x0r"],)"
                              R"("note":" a dog "})"
                              "\n"
                              R"({"audio_filepath":"YAgi5ySKb1tY_30_40.wav","labels":["/m/09x0r"],)"
                              R"("verdict":"undecided","flagged":0,"doubted":[],"note":""})"
                              "\n"
                              R"({"audio_filepath":"YAgi5ySKb1tY_50_60.wav","labels":["/m/09x0r"],)"
                              R"("verdict":"perhaps"})"
                              "\n"));
        VERIFY_OK(split);
        QCOMPARE(split->judgements.size(), std::size_t(1));
        const auto &[key, judgement] = *split->judgements.begin();
        QCOMPARE(key.stem(), u"Y--PJHxphWEs_30_40"_s);
        QCOMPARE(judgement.verdict, Verdict::Reject);
        QVERIFY(judgement.isFlagged);
        QCOMPARE(judgement.doubted, "/m/09x0r,/t/dd00088");
        QCOMPARE(judgement.note, u"a dog"_s);
        QCOMPARE(split->table.verdict(0), Verdict::Reject);
        QCOMPARE(split->table.marks(0), ClipMarks(Flagged | Doubted | Noted));
        QCOMPARE(split->table.verdict(1), Verdict::Undecided);
    }

    void problems_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("reason");
        const QString noClip = u"“audio_filepath” is not a clip such as processed/Y--PJHxphWEs_30_40.wav"_s;
        QTest::newRow("another name")
            << QByteArray(R"({"audio_filepath":"speech/1.wav","labels":["/m/09x0r"]})") << noClip;
        QTest::newRow("no name") << QByteArray(R"({"labels":["/m/09x0r"]})") << noClip;
        QTest::newRow("a name that is a number")
            << QByteArray(R"({"audio_filepath":7,"labels":["/m/09x0r"]})") << noClip;
        QTest::newRow("no labels") << QByteArray(R"({"audio_filepath":"YabcDEF01234_30_40.wav"})")
                                   << u"there is no label"_s;
        QTest::newRow("labels that are numbers")
            << QByteArray(R"({"audio_filepath":"YabcDEF01234_30_40.wav","labels":[1]})")
            << u"“labels” is not a list of texts"_s;
        QTest::newRow("cut off") << QByteArray("{\"audio_filepath\":\"YabcDEF0")
                                 << u"this is not a JSON object"_s;
        QTest::newRow("not JSON") << QByteArray("YabcDEF01234, 30, 40, /m/09x0r")
                                  << u"this is not a JSON object"_s;
        QTest::newRow("deep") << QByteArray(50'000, '[') << u"this is not a JSON object"_s;
        QTest::newRow("the same again")
            << QByteArray(R"({"audio_filepath":"Y--PJHxphWEs_30_40.wav","labels":["/m/09x0r"]})")
            << u"nothing new: the same segment and labels as in line 1"_s;
        QTest::newRow("endless") << QByteArray(100'000, 'x') << u"the line is longer than 65,536 bytes"_s;
    }
    void problems()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, reason);
        const auto split =
            readSegments(file(R"({"audio_filepath":"processed/Y--PJHxphWEs_30_40.wav","labels":["/m/09x0r"]})"
                              "\n" +
                              line + '\n'));
        VERIFY_OK(split);
        QCOMPARE(rowsOf(split->table), QStringList{u"--PJHxphWEs 30000-40000 /m/09x0r"_s});
        QCOMPARE(linesOf(split->problems), QStringList{u"2: "_s + reason});
    }

    void somebodyElsesManifest()
    {
        const auto split =
            readSegments(file("{\"audio_filepath\":\"a.wav\",\"duration\":1,\"text\":\"hello\"}\n"));
        COMPARE_ERROR(split, ErrorCode::BadInput);
        QVERIFY2(split.error().text.contains(u"holds no segment. Line 1: “audio_filepath” is not a clip"_s),
                 qUtf8Printable(split.error().text));
    }

private:
    QString file(const QByteArray &content)
    {
        return test::writeFile(m_folder.filePath(u"manifest%1.txt"_s.arg(++m_files)), content);
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(TestManifestReader)
#include "tst_manifestreader.moc"
